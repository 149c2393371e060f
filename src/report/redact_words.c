#include "report/redact_words.h"

#include <stdlib.h>

#include "base/hash.h"
#include "report/redact_fold.h"
#include "report/say.h"

enum { TEXT_MOST = 1024 * 1024, FIRST_SLOTS = 4096 };

/* What people call accounts, machines and folders when they call them nothing, names of vendors
 * that stand in the names of their devices, and words of Windows that no rule happens to hold. */
static const char common[] =
    "admin administrator root user users usr test tester testing demo guest owner default public "
    "pc computer server client host laptop notebook desktop workstation machine vm virtual office "
    "home work school temp tmp local remote support help helpdesk service services install "
    "installer setup update updates build builder dev develop developer debug release lab sandbox "
    "backup data share shares files file folder folders media video audio music photo photos "
    "windows win microsoft system system32 syswow64 sysnative winsxs drivers driver driverstore "
    "filerepository inf inbox cbs dism panther logs log servicing packages package sessions "
    "softwaredistribution catroot catroot2 config temp registry currentcontrolset control enum "
    "root oem sources wim image boot efi recovery old new bad good case cases customer corpus "
    "fixtures sample samples example examples bundle archive mnt media srv var opt usr etc tmp "
    "home documents downloads volume disk drive cdrom dvd usb pci acpi hid scsi ide sata nvme raid "
    "cpu gpu bios uefi tpm ram rom net network lan wan wifi wlan wireless bluetooth ethernet "
    "adapter display monitor graphics camera sensor printer scanner keyboard mouse touch battery "
    "storage controller bridge bus port hub generic standard composite device devices processor "
    "intel amd nvidia realtek qualcomm broadcom mediatek marvell dell hp lenovo asus acer msi "
    "gigabyte toshiba fujitsu sony samsung apple google oracle vmware citrix cisco logitech "
    "synaptics conexant via ati sis canon epson brother kingston sandisk seagate western digital "
    "x86 x64 amd64 ia64 arm arm64 wow64 msil neutral none null true false yes no error failed "
    "success info warning www ftp mail web wsus dc sql exchange proxy gateway router switch dns "
    "dhcp internet intranet workgroup domain com org net edu gov example local lan corp internal "
    "de en us uk fr cn jp kr xml encoding utf testsuites testsuite testcase classname tests name "
    "failure failures errors skipped message type schema version totals inputs unknown";

void cw_redact_words_done(struct cw_redact_words *words)
{
    free(words->slots);
    *words = (struct cw_redact_words){0};
}

static size_t find_slot(const uint64_t *slots, size_t count, uint64_t hash)
{
    size_t slot = (size_t)(hash & (count - 1));
    while (slots[slot] && slots[slot] != hash)
        slot = (slot + 1) & (count - 1);
    return slot;
}

static uint64_t word_hash(struct cw_str folded)
{
    return cw_hash(CW_HASH_INIT, folded) | 1;
}

static bool has_hash(const struct cw_redact_words *words, uint64_t hash)
{
    return words->slot_count && words->slots[find_slot(words->slots, words->slot_count, hash)];
}

static bool grow(struct cw_redact_words *words)
{
    size_t count = words->slot_count ? 2 * words->slot_count : FIRST_SLOTS;
    uint64_t *slots = calloc(count, sizeof(*slots));
    if (!slots)
        return false;
    for (size_t i = 0; i < words->slot_count; i++) {
        if (words->slots[i])
            slots[find_slot(slots, count, words->slots[i])] = words->slots[i];
    }
    free(words->slots);
    words->slots = slots;
    words->slot_count = count;
    return true;
}

static bool add_hash(struct cw_redact_words *words, uint64_t hash)
{
    if (2 * words->count >= words->slot_count && !grow(words))
        return false;
    size_t slot = find_slot(words->slots, words->slot_count, hash);
    words->count += words->slots[slot] == 0;
    words->slots[slot] = hash;
    return true;
}

bool cw_redact_words_add(struct cw_redact_words *words, struct cw_str text)
{
    struct cw_buf folded;
    cw_buf_init(&folded, TEXT_MOST);
    bool done = cw_redact_fold(&folded, cw_str_head(text, TEXT_MOST));
    struct cw_str rest = cw_buf_str(&folded);
    for (size_t at = cw_redact_word_begin(rest, 0); done && at < rest.len;) {
        size_t end = cw_redact_word_end(rest, at);
        done = add_hash(words, word_hash((struct cw_str){rest.ptr + at, end - at}));
        at = cw_redact_word_begin(rest, end);
    }
    cw_buf_done(&folded);
    return done;
}

/* A value in the rules is nobody's. Its hash has the kind, so that it is none of a word. */
static uint64_t exempt_hash(enum cw_identifier kind, struct cw_str value)
{
    uint64_t hash = cw_hash_number(CW_HASH_INIT, (uint64_t)kind + 1);
    for (size_t i = 0; i < value.len; i++)
        hash = cw_hash_number(hash, (unsigned char)cw_to_lower(value.ptr[i]));
    return hash | 1;
}

struct exempting {
    struct cw_redact_words *words;
    struct cw_str text;
};

static int on_exempt(void *context, const struct cw_identifier_span *span)
{
    const struct exempting *exempting = context;
    struct cw_str value = {exempting->text.ptr + span->begin, span->end - span->begin};
    return add_hash(exempting->words, exempt_hash(span->kind, value)) ? CW_OK : CW_ERR_NOMEM;
}

static bool add_text(struct cw_redact_words *words, struct cw_str text)
{
    struct exempting exempting = {words, text};
    const struct cw_identifier_sink sink = {on_exempt, NULL, &exempting};
    return cw_redact_words_add(words, text) && cw_identifier_find(text, &sink) == CW_OK;
}

static bool add_strings(struct cw_redact_words *words, const struct cw_strings *strings)
{
    bool done = true;
    for (size_t i = 0; i < strings->count && done; i++)
        done = add_text(words, strings->items[i]);
    return done;
}

static bool add_actions(struct cw_redact_words *words, const struct cw_action *actions,
                        size_t count)
{
    bool done = true;
    for (size_t i = 0; i < count && done; i++)
        done = add_text(words, actions[i].text) && add_strings(words, &actions[i].commands);
    return done;
}

static bool add_cause(struct cw_redact_words *words, const struct cw_cause *cause)
{
    const struct cw_allowlist *allowlist = &cause->allowlist;
    bool done = add_text(words, cause->id) && add_text(words, cause->title) &&
                add_text(words, cause->explanation) && add_text(words, cause->confidence_reason) &&
                add_strings(words, &allowlist->process) &&
                add_strings(words, &allowlist->registry_key) &&
                add_strings(words, &allowlist->file) && add_strings(words, &cause->references) &&
                add_actions(words, cause->actions, cause->action_count);
    for (size_t i = 0; i < cause->hypothesis_count && done; i++) {
        const struct cw_hypothesis *hypothesis = &cause->hypotheses[i];
        done = add_text(words, hypothesis->statement) && add_text(words, hypothesis->reason) &&
               add_actions(words, hypothesis->settle, hypothesis->settle_count);
    }
    return done;
}

static bool add_signal(struct cw_redact_words *words, const struct cw_signal *signal)
{
    return add_text(words, signal->id) && add_text(words, signal->pattern) &&
           add_strings(words, &signal->literals) && add_strings(words, &signal->component) &&
           add_strings(words, &signal->operation) && add_strings(words, &signal->within) &&
           add_strings(words, &signal->section);
}

/* Names of classes, and the steps that settle who refused a write. */
static bool add_interference(struct cw_redact_words *words, const struct cw_rules *rules)
{
    const struct cw_interference_steps *steps = &rules->interference;
    bool done = add_actions(words, steps->named, steps->named_count) &&
                add_actions(words, steps->unnamed, steps->unnamed_count) &&
                add_actions(words, steps->offline, steps->offline_count);
    for (size_t i = 0; i < rules->class_count && done; i++)
        done = add_text(words, rules->classes[i].name) && add_text(words, rules->classes[i].guid);
    return done;
}

static bool add_rules(struct cw_redact_words *words, const struct cw_rules *rules)
{
    bool done = true;
    for (size_t i = 0; i < rules->signal_count && done; i++)
        done = add_signal(words, &rules->signals[i]);
    for (size_t i = 0; i < rules->cause_count && done; i++)
        done = add_cause(words, &rules->causes[i]);
    for (size_t i = 0; i < rules->inf_count && done; i++)
        done = add_text(words, rules->infs[i].inf) &&
               add_strings(words, &rules->infs[i].services) &&
               add_strings(words, &rules->infs[i].files);
    return done && add_interference(words, rules);
}

static bool add_phrases(struct cw_redact_words *words, const struct cw_phrase_table *table)
{
    bool done = true;
    for (size_t i = 0; i < table->count && done; i++)
        done = cw_redact_words_add(words, cw_str_c(table->rows[i].english));
    return done;
}

bool cw_redact_words_add_common(struct cw_redact_words *words, const struct cw_rules *rules)
{
    return cw_redact_words_add(words, cw_str_c(common)) && add_phrases(words, &cw_phrases) &&
           add_phrases(words, &cw_sentences) && add_rules(words, rules);
}

bool cw_redact_words_is_exempt(const struct cw_redact_words *words, enum cw_identifier kind,
                               struct cw_str value)
{
    return has_hash(words, exempt_hash(kind, value));
}

static bool is_number(struct cw_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!cw_is_digit(word.ptr[i]))
            return false;
    }
    return true;
}

bool cw_redact_words_has_all(const struct cw_redact_words *words, struct cw_str folded)
{
    for (size_t at = cw_redact_word_begin(folded, 0); at < folded.len;) {
        size_t end = cw_redact_word_end(folded, at);
        struct cw_str word = {folded.ptr + at, end - at};
        uint64_t hash = cw_hash(CW_HASH_INIT, word) | 1;
        bool known =
            words->slot_count && words->slots[find_slot(words->slots, words->slot_count, hash)];
        if (!known && !is_number(word))
            return false;
        at = cw_redact_word_begin(folded, end);
    }
    return true;
}
