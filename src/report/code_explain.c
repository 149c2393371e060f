/* `cbswhy code`: everything the tables and the rules know about one error code.
 *
 * The JSON form is one object a line:
 *   spelling, code, symbol, message, remark, is_failure, family {id, title, raised_by},
 *   spellings {hresult, signed, unsigned, win32, setupapi, ntstatus},
 *   names [{symbol, number, family, source}], device_readings [the same], causes [{id, title}]
 * with null for what does not exist. A title is the pattern of the pack, as `rules list` shows it:
 * what stands for ${file} only logs can say.
 */
#include <inttypes.h>

#include "base/error.h"
#include "cbswhy/analysis.h"
#include "codes/code.h"
#include "codes/code_spelling.h"
#include "codes/code_table.h"
#include "report/json_writer.h"
#include "report/text_layout.h"
#include "rules/rule.h"

enum {
    NAMES_MAX = 8,
    LOW_BITS = 0xffff,
    WIN32 = 0x8007, /* upper halves */
    NT_WIN32 = 0xc007,
    SPAPI = 0x800f,
    SETUPAPI = 0xe000,
    FIRST_CBS = 0x800, /* from here on facility SPAPI belongs to CBS, and has no raw form */
    LABEL_INDENT = 2,
    LABEL_HANG = 16
};

struct explanation {
    struct cw_str spelling;
    uint32_t code;
    struct cw_code_entry names[NAMES_MAX]; /* the preferred one first */
    size_t name_count;
    struct cw_code_entry devices[NAMES_MAX]; /* what else a small number may be */
    size_t device_count;
    struct cw_code_note note;
    const struct cw_rules *rules; /* not NULL */
};

/* The same code in the other numberings; 0 = has no such form. */
struct forms {
    uint32_t hresult, win32, setupapi, ntstatus;
};

static uint32_t join(unsigned upper, uint32_t lower)
{
    return (uint32_t)upper << 16 | (lower & LOW_BITS);
}

static struct forms forms_of(uint32_t code)
{
    uint32_t low = code & LOW_BITS;
    switch (code >> 16) {
    case 0: /* success, or no error code at all */
        return (struct forms){0};
    case WIN32:
        return (struct forms){code, low, low, join(NT_WIN32, low)};
    case SETUPAPI:
        return (struct forms){.hresult = join(SPAPI, low), .setupapi = code};
    case SPAPI:
        return (struct forms){.hresult = code,
                              .setupapi =
                                  low < FIRST_CBS || low >= 0x1000 ? join(SETUPAPI, low) : 0};
    default:
        break;
    }
    if (code >> 28 == 0xc)
        return (struct forms){.hresult = code | 0x10000000, .ntstatus = code};
    return (struct forms){.hresult = code};
}

/* "10" or "0x0a": a number that a person may have read off a device's properties. */
static bool is_small_number(struct cw_str spelling, uint32_t *ret_number)
{
    uint32_t number;
    if (spelling.len > 6 ||
        (!cw_spelling_hex(spelling, &number) && !cw_spelling_decimal(spelling, &number)))
        return false;
    *ret_number = number;
    return number != 0;
}

static bool gather(struct cw_str spelling, struct explanation *ret_explanation)
{
    struct explanation found = {.spelling = spelling};
    struct cw_code_entry entry;
    uint32_t number;
    if (cw_code_entry_of_symbol(spelling, &entry) && entry.code != CW_CODE_NONE &&
        entry.code <= LOW_BITS) {
        /* A device's number: what else has that number is something else. */
        found.code = entry.code;
        found.names[found.name_count++] = entry;
        found.note = cw_code_note_of_symbol(entry.symbol);
        *ret_explanation = found;
        return true;
    }
    if (!cw_code_parse(spelling, &found.code) && !cw_code_find(spelling, &found.code, NULL))
        return false;
    found.name_count = cw_code_entries(found.code, NAMES_MAX, found.names);
    if (is_small_number(spelling, &number))
        found.device_count = cw_code_device_entries(number, NAMES_MAX, found.devices);
    found.note = cw_code_note(found.code);
    *ret_explanation = found;
    return true;
}

static bool is_device(const struct explanation *explanation)
{
    return explanation->name_count > 0 && cw_code_is_device_family(explanation->names[0].family);
}

static bool is_failure(const struct explanation *explanation)
{
    return is_device(explanation) || !cw_code_is_success(explanation->code);
}

static struct cw_str main_symbol(const struct explanation *explanation)
{
    return explanation->name_count > 0 ? explanation->names[0].symbol : CW_STR_NONE;
}

/* E_ACCESSDENIED is 0x80070005 by name; by number it is a Win32 error. */
static const struct cw_code_family *main_family(const struct explanation *explanation)
{
    if (explanation->name_count == 0)
        return NULL;
    const struct cw_code_entry *entry = &explanation->names[0];
    if (explanation->code >> 16 == WIN32)
        entry = &explanation->names[explanation->name_count - 1];
    return cw_code_family(entry->family);
}

/* The first cause from `*next` on that the code belongs to; NULL when there is none. `*next` goes
 * behind it. */
static const struct cw_cause *next_cause(const struct explanation *explanation, size_t *next)
{
    while (*next < explanation->rules->cause_count) {
        const struct cw_cause *cause = &explanation->rules->causes[(*next)++];
        if (!is_device(explanation) && cw_cause_has_code(cause, explanation->code))
            return cause;
    }
    return NULL;
}

/* --- JSON --- */

static void json_hex(struct cw_json *json, const char *key, uint32_t number)
{
    char text[CW_CODE_TEXT];
    cw_json_member_str_or_null(json, key,
                               number ? cw_str_c(cw_code_text(number, text)) : CW_STR_NONE);
}

static void json_names(struct cw_json *json, const char *key, const struct cw_code_entry *names,
                       size_t count)
{
    cw_json_key(json, key);
    cw_json_array(json);
    for (size_t i = 0; i < count; i++) {
        cw_json_object(json);
        cw_json_member_str(json, "symbol", names[i].symbol);
        cw_json_member_uint(json, "number", names[i].number);
        cw_json_member_str(json, "family", names[i].family);
        cw_json_member_str(json, "source", names[i].source);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static void json_family(struct cw_json *json, const struct cw_code_family *family)
{
    cw_json_key(json, "family");
    if (!family) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_member_str(json, "id", cw_str_c(family->id));
    cw_json_member_str(json, "title", cw_str_c(family->title));
    cw_json_member_str(json, "raised_by", cw_str_c(family->layer));
    cw_json_object_end(json);
}

static void json_spellings(struct cw_json *json, uint32_t code)
{
    struct forms forms = forms_of(code);
    cw_json_key(json, "spellings");
    cw_json_object(json);
    json_hex(json, "hresult", forms.hresult);
    cw_json_key(json, "signed");
    cw_json_int(json, code > INT32_MAX ? (int64_t)code - INT64_C(0x100000000) : (int64_t)code);
    cw_json_member_uint(json, "unsigned", code);
    cw_json_key(json, "win32");
    if (forms.win32)
        cw_json_uint(json, forms.win32);
    else
        cw_json_null(json);
    json_hex(json, "setupapi", forms.setupapi);
    json_hex(json, "ntstatus", forms.ntstatus);
    cw_json_object_end(json);
}

static void json_causes(struct cw_json *json, const struct explanation *explanation)
{
    const struct cw_cause *cause;
    size_t next = 0;
    cw_json_key(json, "causes");
    cw_json_array(json);
    while ((cause = next_cause(explanation, &next))) {
        cw_json_object(json);
        cw_json_member_str(json, "id", cause->id);
        cw_json_member_str(json, "title", cause->title);
        cw_json_object_end(json);
    }
    cw_json_array_end(json);
}

static int write_json(const struct explanation *explanation, const struct cw_output *output)
{
    struct cw_json json;
    char text[CW_CODE_TEXT];
    cw_json_begin(&json, output, 0);
    cw_json_object(&json);
    cw_json_member_str(&json, "spelling", explanation->spelling);
    cw_json_member_str(&json, "code", cw_str_c(cw_code_text(explanation->code, text)));
    cw_json_member_str_or_null(&json, "symbol", main_symbol(explanation));
    cw_json_member_str_or_null(&json, "message", explanation->note.message);
    cw_json_member_str_or_null(&json, "remark", explanation->note.remark);
    cw_json_member_bool(&json, "is_failure", is_failure(explanation));
    json_family(&json, main_family(explanation));
    json_spellings(&json, explanation->code);
    json_names(&json, "names", explanation->names, explanation->name_count);
    json_names(&json, "device_readings", explanation->devices, explanation->device_count);
    json_causes(&json, explanation);
    cw_json_object_end(&json);
    return cw_json_end(&json);
}

/* --- text --- */

static void labelled(struct cw_text *text, const char *label, struct cw_str body)
{
    struct cw_paragraph paragraph = {.indent = LABEL_INDENT,
                                     .hang = LABEL_HANG,
                                     .label = cw_str_c(label),
                                     .label_tone = CW_TONE_FAINT};
    if (body.len > 0)
        cw_text_paragraph(text, &paragraph, body);
}

static void text_heading(struct cw_text *text, const struct explanation *explanation)
{
    struct cw_buf *draft = cw_text_draft(text);
    char hex[CW_CODE_TEXT];
    if (is_device(explanation))
        cw_buf_printf(draft, "%" PRIu32, explanation->code);
    else
        cw_buf_append(draft, cw_str_c(cw_code_text(explanation->code, hex)));
    struct cw_str symbol = main_symbol(explanation);
    cw_buf_append(draft, CW_STR("  "));
    cw_buf_append(draft, symbol.len ? symbol : CW_STR("(no name known)"));
    cw_text_paragraph(text, &(struct cw_paragraph){.tone = CW_TONE_STRONG}, cw_buf_str(draft));
    if (explanation->note.message.len)
        cw_text_paragraph(text, &(struct cw_paragraph){0}, explanation->note.message);
}

/* What the bits of an HRESULT say when nobody has given the code a name. */
static void text_anatomy(struct cw_text *text, uint32_t code)
{
    static const struct {
        unsigned facility;
        const char *name;
    } facilities[] = {
        {7, "Win32"},           {9, "security"},
        {11, "certificates"},   {15, "SetupAPI and servicing"},
        {25, "HTTP"},           {32, "background transfer"},
        {36, "Windows Update"},
    };
    unsigned facility = code >> 16 & 0x1fff;
    const char *name = "unknown";
    for (size_t i = 0; i < sizeof(facilities) / sizeof(facilities[0]); i++) {
        if (facilities[i].facility == facility && code >> 29 == 4)
            name = facilities[i].name;
    }
    struct cw_buf *draft = cw_text_draft(text);
    cw_buf_printf(draft, "%s, facility %u (%s), number %" PRIu32,
                  cw_code_is_success(code) ? "success" : "failure", facility, name,
                  code & LOW_BITS);
    labelled(text, "Bits", cw_buf_str(draft));
}

static void text_spellings(struct cw_text *text, uint32_t code)
{
    struct forms forms = forms_of(code);
    struct cw_buf *draft = cw_text_draft(text);
    if (forms.win32)
        cw_buf_printf(draft, "%" PRIu32 " (Win32), HRESULT_FROM_WIN32(%" PRIu32 "), ", forms.win32,
                      forms.win32);
    if (forms.setupapi && forms.setupapi != code)
        cw_buf_printf(draft, "0x%08" PRIx32 " (SetupAPI), ", forms.setupapi);
    if (forms.hresult && forms.hresult != code)
        cw_buf_printf(draft, "0x%08" PRIx32 " (HRESULT), ", forms.hresult);
    if (forms.ntstatus && forms.ntstatus != code)
        cw_buf_printf(draft, "0x%08" PRIx32 " (NTSTATUS), ", forms.ntstatus);
    if (code > INT32_MAX)
        cw_buf_printf(draft, "-%" PRIu32 ", ", ~code + 1);
    cw_buf_printf(draft, "%" PRIu32, code);
    labelled(text, "Also written", cw_buf_str(draft));
}

static void text_device_spellings(struct cw_text *text, uint32_t number)
{
    struct cw_buf *draft = cw_text_draft(text);
    cw_buf_printf(draft, "code %" PRIu32 " (Device Manager), 0x%02" PRIx32 " (SetupAPI)", number,
                  number);
    labelled(text, "Also written", cw_buf_str(draft));
}

/* Another name with its message, unless that is `said` already. */
static void text_other_name(struct cw_text *text, const char *label,
                            const struct cw_code_entry *entry, struct cw_str said)
{
    const struct cw_code_family *family = cw_code_family(entry->family);
    struct cw_str message = cw_code_note_of_symbol(entry->symbol).message;
    struct cw_buf *draft = cw_text_draft(text);
    cw_buf_append(draft, entry->symbol);
    cw_buf_printf(draft, " (%s)", family ? family->title : "unknown family");
    if (message.len && !cw_str_eq(message, said)) {
        cw_buf_append(draft, CW_STR(": "));
        cw_buf_append(draft, message);
    }
    labelled(text, label, cw_buf_str(draft));
}

static void text_facts(struct cw_text *text, const struct explanation *explanation)
{
    const struct cw_code_family *family = main_family(explanation);
    if (family) {
        labelled(text, "Kind", cw_str_c(family->title));
        labelled(text, "Raised by", cw_str_c(family->layer));
    } else {
        text_anatomy(text, explanation->code);
    }
    if (!is_failure(explanation))
        labelled(text, "Outcome", CW_STR("not a failure"));
    if (is_device(explanation))
        text_device_spellings(text, explanation->code);
    else
        text_spellings(text, explanation->code);
}

static void text_causes(struct cw_text *text, const struct explanation *explanation)
{
    const struct cw_cause *cause;
    size_t next = 0;
    while ((cause = next_cause(explanation, &next))) {
        struct cw_buf *draft = cw_text_draft(text);
        cw_buf_append(draft, cause->id);
        cw_buf_append(draft, CW_STR(": "));
        cw_buf_append(draft, cause->title);
        labelled(text, "Known cause", cw_buf_str(draft));
    }
}

static int write_text(const struct explanation *explanation, const struct cw_style *style,
                      const struct cw_output *output)
{
    struct cw_text text;
    cw_text_begin(&text, style, output);
    text_heading(&text, explanation);
    text_facts(&text, explanation);
    for (size_t i = 1; i < explanation->name_count; i++)
        text_other_name(&text, "Other name", &explanation->names[i], explanation->note.message);
    for (size_t i = 0; i < explanation->device_count; i++)
        text_other_name(&text, "Same number", &explanation->devices[i], CW_STR_NONE);
    labelled(&text, "Remark", explanation->note.remark);
    text_causes(&text, explanation);
    if (explanation->name_count > 0)
        labelled(&text, "Name from", explanation->names[0].source);
    return cw_text_end(&text);
}

int cw_code_explain(const struct cw_rules *rules, const char *spelling,
                    enum cw_report_format format, const struct cw_style *style,
                    const struct cw_output *output, struct cw_error *error)
{
    struct explanation explanation;
    struct cw_str trimmed = cw_str_trim(cw_str_c(spelling));
    if (format != CW_FORMAT_TEXT && format != CW_FORMAT_JSON)
        return cw_fail(error, CW_ERR_UNSUPPORTED, "a code is explained as text or json, not as %s",
                       cw_format_name(format));
    if (!gather(trimmed, &explanation))
        return cw_fail(error, CW_ERR_NOT_FOUND, "no error code: \"%.*s\"", CW_STR_ARG(trimmed));
    explanation.rules = rules;
    int status = format == CW_FORMAT_JSON ? write_json(&explanation, output)
                                          : write_text(&explanation, style, output);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    return status < 0 ? cw_fail(error, status, "the explanation could not be written") : CW_OK;
}
