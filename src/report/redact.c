#include "report/redact.h"

#include <stdlib.h>

#include "base/limits.h"
#include "report/redact_strings.h"

enum {
    TEXT_MOST = 1024 * 1024,
    /* What the report shows may show more: CORP\x, once CORP is known. */
    ROUNDS = 3
};

int cw_redaction_new(struct cw_redaction **ret_redaction, struct cw_error *error)
{
    struct cw_redaction *redaction = calloc(1, sizeof(*redaction));
    if (!redaction)
        return cw_fail_nomem(error);
    if (cw_redact_values_init(&redaction->values) < 0 ||
        cw_redact_finder_init(&redaction->finder, &redaction->values, &redaction->common,
                              &redaction->entities) < 0) {
        cw_redaction_free(redaction);
        return cw_fail_nomem(error);
    }
    *ret_redaction = redaction;
    return CW_OK;
}

void cw_redaction_free(struct cw_redaction *redaction)
{
    if (!redaction)
        return;
    cw_redact_finder_done(&redaction->finder);
    cw_redact_words_done(&redaction->entities);
    cw_redact_words_done(&redaction->common);
    cw_redact_values_done(&redaction->values);
    free(redaction);
}

static int fail(int status, struct cw_error *error)
{
    if (status == CW_ERR_LIMIT)
        return cw_fail(error, status, "there are more names and numbers than can be replaced (%d)",
                       (int)CW_LIMIT_IDENTIFIERS);
    return status < 0 ? cw_fail_nomem(error) : CW_OK;
}

int cw_redaction_add_word(struct cw_redaction *redaction, const char *word, struct cw_error *error)
{
    struct cw_str text = cw_str_trim(cw_str_c(word));
    if (text.len == 0 || !cw_text_is_utf8(text))
        return cw_fail(error, CW_ERR_INVALID, "a word to replace is empty or not UTF-8");
    return fail(cw_redact_values_add(&redaction->values, CW_IDENTIFIER_WORD, text, NULL), error);
}

int cw_redaction_begin(struct cw_redaction *redaction, const struct cw_rules *rules,
                       struct cw_error *error)
{
    if (!redaction->knows_rules && !cw_redact_words_add_common(&redaction->common, rules))
        return cw_fail_nomem(error);
    redaction->knows_rules = true;
    return CW_OK;
}

static int on_value(void *context, enum cw_identifier kind, struct cw_str value)
{
    struct cw_redaction *redaction = context;
    uint32_t index;
    if (cw_redact_words_is_exempt(&redaction->common, kind, value))
        return CW_OK;
    int status = cw_redact_values_add(&redaction->values, kind, value, &index);
    if (status == CW_OK && index != CW_REDACT_NONE)
        redaction->values.items[index].weak = false;
    return status;
}

static int on_token(void *context, enum cw_identifier kind, uint64_t number)
{
    struct cw_redaction *redaction = context;
    cw_redact_values_avoid(&redaction->values, kind, number);
    return CW_OK;
}

struct cw_harvest_sink cw_redaction_sink(struct cw_redaction *redaction)
{
    return (struct cw_harvest_sink){on_value, on_token, redaction};
}

/* The string under way. */
struct rewriting {
    struct cw_redaction *redaction;
    struct cw_redact_spans spans;
    struct cw_buf text;
    struct cw_arena *arena;
};

static int learn(void *context, enum cw_redact_field field, struct cw_str *text)
{
    struct rewriting *rewriting = context;
    return cw_redact_learn(&rewriting->redaction->finder, *text, field);
}

static int mark(void *context, enum cw_redact_field field, struct cw_str *text)
{
    struct rewriting *rewriting = context;
    struct cw_redact_values *values = &rewriting->redaction->values;
    int status = cw_redact_find(&rewriting->redaction->finder, *text, field, &rewriting->spans);
    for (size_t i = 0; i < rewriting->spans.count && status == CW_OK; i++) {
        uint32_t index = rewriting->spans.items[i].value;
        values->items[index].in_use = true;
        cw_redact_values_owner(values, index)->in_use = true;
    }
    return status;
}

/* The text of the rewriting becomes `text` with tokens. */
static int put_tokens(struct rewriting *rewriting, struct cw_str text)
{
    struct cw_redact_values *values = &rewriting->redaction->values;
    size_t done = 0;
    cw_buf_clear(&rewriting->text);
    for (size_t i = 0; i < rewriting->spans.count; i++) {
        const struct cw_redact_span *span = &rewriting->spans.items[i];
        cw_buf_append(&rewriting->text, (struct cw_str){text.ptr + done, span->begin - done});
        cw_redact_values_token(&rewriting->text, cw_redact_values_owner(values, span->value));
        done = span->end;
    }
    cw_buf_append(&rewriting->text, cw_str_from(text, done));
    return rewriting->text.failed ? CW_ERR_NOMEM : CW_OK;
}

static int rewrite(void *context, enum cw_redact_field field, struct cw_str *text)
{
    struct rewriting *rewriting = context;
    int status = cw_redact_find(&rewriting->redaction->finder, *text, field, &rewriting->spans);
    if (status < 0 || rewriting->spans.count == 0)
        return status;
    status = put_tokens(rewriting, *text);
    bool kept =
        status == CW_OK && cw_arena_str(rewriting->arena, cw_buf_str(&rewriting->text), text);
    return kept ? CW_OK : CW_ERR_NOMEM;
}

/* What a failure is about keeps its name even if a user has the same: the last part of it, and that
 * without its extension. */
static bool add_entities(struct cw_redact_words *words, const struct cw_entities *entities)
{
    static const enum cw_entity kinds[] = {CW_ENTITY_KB,        CW_ENTITY_PACKAGE,
                                           CW_ENTITY_INF,       CW_ENTITY_SERVICE,
                                           CW_ENTITY_COMPONENT, CW_ENTITY_INSTALLER};
    bool done = true;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const struct cw_strings *strings = &entities->of[kinds[i]];
        for (size_t k = 0; k < strings->count && done; k++)
            done = cw_redact_words_add(words, cw_str_basename(strings->items[k]));
    }
    return done;
}

/* So do the packages that it may be due to. */
static bool add_suspects(struct cw_redact_words *words, const struct cw_interference *interference)
{
    bool done = true;
    for (size_t i = 0; i < interference->suspect_count && done; i++) {
        const struct cw_suspect *suspect = &interference->suspects[i];
        done = cw_redact_words_add(words, suspect->inf) &&
               cw_redact_words_add(words, suspect->published) &&
               cw_redact_words_add(words, suspect->provider);
        for (size_t k = 0; k < suspect->services.count && done; k++)
            done = cw_redact_words_add(words, suspect->services.items[k]);
    }
    return done;
}

static int learn_entities(struct cw_redaction *redaction, const struct cw_report *report)
{
    bool done = true;
    cw_redact_words_done(&redaction->entities);
    for (size_t i = 0; i < report->finding_count && done; i++)
        done = add_entities(&redaction->entities, &report->findings[i].entities) &&
               add_suspects(&redaction->entities, &report->findings[i].interference);
    return done ? CW_OK : CW_ERR_NOMEM;
}

/* One walk over the report, whose copy goes to `arena`. */
static int walk(struct rewriting *rewriting, const struct cw_report *report,
                int (*visit)(void *context, enum cw_redact_field field, struct cw_str *text),
                struct cw_arena *arena, struct cw_report *ret_report)
{
    const struct cw_redact_visitor visitor = {visit, rewriting, arena};
    rewriting->arena = arena;
    return cw_redact_strings(report, &visitor, ret_report);
}

/* Everything but the rewriting: afterwards every value in the report has its number. */
static int learn_report(struct rewriting *rewriting, const struct cw_report *report)
{
    struct cw_redaction *redaction = rewriting->redaction;
    struct cw_arena scratch;
    struct cw_report copy;
    size_t before = SIZE_MAX;
    cw_arena_init(&scratch, 0);
    for (size_t i = 0; i < redaction->values.count; i++)
        redaction->values.items[i].in_use = false;
    int status = learn_entities(redaction, report);
    for (int round = 0; round < ROUNDS && status == CW_OK; round++) {
        before = redaction->values.count;
        status = cw_redact_finder_prepare(&redaction->finder);
        if (status == CW_OK)
            status = walk(rewriting, report, learn, &scratch, &copy);
        cw_arena_done(&scratch);
        if (redaction->values.count == before)
            break;
    }
    if (status == CW_OK)
        status = cw_redact_finder_prepare(&redaction->finder);
    if (status == CW_OK)
        status = walk(rewriting, report, mark, &scratch, &copy);
    if (status == CW_OK)
        status = cw_redact_values_number(&redaction->values);
    cw_arena_done(&scratch);
    return status;
}

static void count_values(struct cw_redaction *redaction)
{
    struct cw_redacted redacted = {.done = true};
    for (size_t i = 0; i < redaction->values.count; i++) {
        const struct cw_redact_value *value = &redaction->values.items[i];
        bool counts = value->in_use && value->same_as == CW_REDACT_NONE;
        bool named = value->kind == CW_IDENTIFIER_USER || value->kind == CW_IDENTIFIER_HOST ||
                     value->kind == CW_IDENTIFIER_DOMAIN;
        redacted.values[value->kind] += counts;
        redacted.by_place += counts && named && value->by_place;
    }
    redaction->redacted = redacted;
}

bool cw_redacted_put(struct cw_buf *buf, const struct cw_redacted *redacted)
{
    bool first = true;
    for (size_t kind = 0; kind < CW_IDENTIFIERS; kind++) {
        if (redacted->values[kind] == 0)
            continue;
        cw_buf_printf(buf, "%s%.*s %zu", first ? "" : ", ",
                      CW_STR_ARG(cw_identifier_stem((enum cw_identifier)kind)),
                      redacted->values[kind]);
        first = false;
    }
    return !buf->failed;
}

static bool add_remark(struct cw_report *report, struct cw_arena *arena, struct cw_str text)
{
    struct cw_diagnostic remark = {.kind = CW_STR("redacted"), .count = 1};
    size_t count = report->diagnostic_count;
    struct cw_diagnostic *remarks = cw_arena_array(arena, count + 1, sizeof(*remarks));
    if (!remarks || !cw_arena_str(arena, text, &remark.text))
        return false;
    if (count)
        memcpy(remarks, report->diagnostics, count * sizeof(*remarks));
    remarks[count] = remark;
    report->diagnostics = remarks;
    report->diagnostic_count++;
    return true;
}

/* The numbers of four parts that the report still shows. */
struct undecided {
    struct cw_redact_values values;
    struct cw_str text; /* under way */
};

static int on_undecided(void *context, const struct cw_identifier_span *span)
{
    struct undecided *undecided = context;
    struct cw_str number = {undecided->text.ptr + span->begin, span->end - span->begin};
    int status = cw_redact_values_add(&undecided->values, span->kind, number, NULL);
    return status == CW_ERR_LIMIT ? CW_OK : status;
}

static int find_undecided(void *context, enum cw_redact_field field, struct cw_str *text)
{
    struct undecided *undecided = context;
    const struct cw_identifier_sink sink = {on_undecided, NULL, undecided};
    undecided->text = *text;
    return field == CW_REDACT_FILE ? CW_OK : cw_identifier_find_undecided(*text, &sink);
}

/* Those that differ. CW_ERR_NOMEM or 0. */
static int count_undecided(const struct cw_report *report, size_t *ret_count)
{
    struct undecided undecided;
    struct cw_arena scratch;
    struct cw_report copy;
    const struct cw_redact_visitor visitor = {find_undecided, &undecided, &scratch};
    int status = cw_redact_values_init(&undecided.values);
    cw_arena_init(&scratch, 0);
    if (status == CW_OK)
        status = cw_redact_strings(report, &visitor, &copy);
    *ret_count = undecided.values.count;
    cw_redact_values_done(&undecided.values);
    cw_arena_done(&scratch);
    return status;
}

/* The report says what it does not say. */
static int add_remarks(const struct cw_redaction *redaction, struct cw_arena *arena,
                       struct cw_report *report)
{
    const struct cw_redacted *redacted = &redaction->redacted;
    struct cw_buf text;
    size_t undecided;
    if (count_undecided(report, &undecided) < 0)
        return CW_ERR_NOMEM;
    cw_buf_init(&text, TEXT_MOST);
    cw_buf_append(&text, CW_STR("what identifies people and machines was replaced by tokens: "));
    size_t prefix = text.len;
    cw_redacted_put(&text, redacted);
    cw_buf_append(&text, text.len == prefix ? CW_STR("nothing was found") : CW_STR(""));
    bool done = !text.failed && add_remark(report, arena, cw_buf_str(&text));
    cw_buf_clear(&text);
    cw_buf_printf(&text,
                  "names that are short or common words were replaced only where their place shows "
                  "what they are: %zu",
                  redacted->by_place);
    if (redacted->by_place)
        done = done && !text.failed && add_remark(report, arena, cw_buf_str(&text));
    cw_buf_clear(&text);
    cw_buf_printf(
        &text,
        "numbers of four parts were left, for they may be versions; --redact-word replaces "
        "one: %zu",
        undecided);
    if (undecided)
        done = done && !text.failed && add_remark(report, arena, cw_buf_str(&text));
    cw_buf_done(&text);
    report->redacted = *redacted;
    return done ? CW_OK : CW_ERR_NOMEM;
}

int cw_redaction_report(struct cw_redaction *redaction, const struct cw_report *report,
                        struct cw_arena *arena, struct cw_report *ret_report,
                        struct cw_error *error)
{
    struct rewriting rewriting = {.redaction = redaction};
    struct cw_report copy = {0};
    cw_buf_init(&rewriting.text, TEXT_MOST);
    int status = learn_report(&rewriting, report);
    if (status == CW_OK)
        status = walk(&rewriting, report, rewrite, arena, &copy);
    cw_redact_spans_done(&rewriting.spans);
    cw_buf_done(&rewriting.text);
    count_values(redaction);
    if (status == CW_OK)
        status = add_remarks(redaction, arena, &copy);
    if (status == CW_OK)
        *ret_report = copy;
    return fail(status, error);
}

int cw_redaction_put(struct cw_redaction *redaction, struct cw_str text, enum cw_redact_field field,
                     struct cw_buf *buf)
{
    struct rewriting rewriting = {.redaction = redaction};
    size_t before = redaction->values.count;
    cw_buf_init(&rewriting.text, TEXT_MOST);
    int status = learn(&rewriting, field, &text);
    if (status == CW_OK && redaction->values.count > before)
        status = cw_redact_finder_prepare(&redaction->finder);
    if (status == CW_OK)
        status = mark(&rewriting, field, &text);
    if (status == CW_OK)
        status = cw_redact_values_number(&redaction->values);
    if (status == CW_OK)
        status = put_tokens(&rewriting, text);
    if (status == CW_OK && !cw_buf_append(buf, cw_buf_str(&rewriting.text)))
        status = CW_ERR_NOMEM;
    cw_redact_spans_done(&rewriting.spans);
    cw_buf_done(&rewriting.text);
    return status;
}

static int write(const struct cw_output *output, struct cw_buf *text, int status,
                 struct cw_error *error)
{
    if (status == CW_OK && text->failed)
        status = CW_ERR_NOMEM;
    if (status == CW_OK && output->write(output->context, text->data, text->len) < 0)
        status = cw_fail(error, CW_ERR_IO, "the text could not be written");
    else
        status = fail(status, error);
    cw_buf_done(text);
    return status;
}

int cw_redaction_write(struct cw_redaction *redaction, const char *text,
                       const struct cw_output *output, struct cw_error *error)
{
    struct cw_buf safe;
    cw_buf_init(&safe, TEXT_MOST);
    return write(output, &safe,
                 cw_redaction_put(redaction, cw_str_c(text), CW_REDACT_REMARK, &safe), error);
}

int cw_redaction_write_summary(const struct cw_redaction *redaction, const struct cw_output *output,
                               struct cw_error *error)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    cw_redacted_put(&text, &redaction->redacted);
    if (text.len == 0)
        cw_buf_append(&text, CW_STR("nothing"));
    return write(output, &text, CW_OK, error);
}
