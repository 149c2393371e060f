#include "report/redact_guard.h"

#include <stdlib.h>

enum { REPORT_MOST = 512 * 1024 * 1024 };

static int hold(void *context, const char *bytes, size_t size)
{
    struct cw_redact_guard *guard = context;
    if (!guard->redaction)
        return guard->target->write(guard->target->context, bytes, size);
    return cw_buf_append(&guard->held, (struct cw_str){bytes, size}) ? CW_OK : CW_ERR_NOMEM;
}

void cw_redact_guard_open(struct cw_redact_guard *guard, struct cw_redaction *redaction,
                          const struct cw_output *target)
{
    *guard = (struct cw_redact_guard){.redaction = redaction, .target = target};
    guard->output = (struct cw_output){hold, guard};
    cw_buf_init(&guard->held, REPORT_MOST);
}

/* Entities of HTML and XML for single characters. */
static const struct {
    const char *entity;
    char character;
} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

static size_t entity_at(struct cw_str text, char *ret_character)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
        struct cw_str entity = cw_str_c(entities[i].entity);
        if (!cw_str_starts(text, entity))
            continue;
        *ret_character = entities[i].character;
        return entity.len;
    }
    return 0;
}

/* What a reader of the format sees: without backslashes that escape, and without entities. */
static bool unescape(struct cw_str text, struct cw_buf *plain)
{
    bool done = true;
    for (size_t at = 0; at < text.len && done;) {
        char character;
        size_t entity = entity_at(cw_str_from(text, at), &character);
        bool escape = text.ptr[at] == '\\' && at + 1 < text.len;
        done = cw_buf_char(plain, entity ? character : text.ptr[escape ? at + 1 : at]);
        at += entity ? entity : escape ? 2 : 1;
    }
    return done;
}

/* Adds `step` for each value in the text. */
static int count_values(struct cw_redaction *redaction, struct cw_str text, int step, int *counts)
{
    struct cw_redact_spans spans = {0};
    int status = cw_redact_find_bare(&redaction->finder, text, &spans);
    for (size_t i = 0; i < spans.count && status == CW_OK; i++)
        counts[spans.items[i].value] += step;
    cw_redact_spans_done(&spans);
    return status;
}

/* As it is written and as it is read: a value may hold a backslash itself. */
static int count_both(struct cw_redaction *redaction, const struct cw_buf *text, int step,
                      int *counts, int *plain_counts)
{
    struct cw_buf plain;
    cw_buf_init(&plain, REPORT_MOST);
    int status = unescape(cw_buf_str(text), &plain) ? CW_OK : CW_ERR_NOMEM;
    if (status == CW_OK)
        status = count_values(redaction, cw_buf_str(text), step, counts);
    if (status == CW_OK)
        status = count_values(redaction, cw_buf_str(&plain), step, plain_counts);
    cw_buf_done(&plain);
    return status;
}

int cw_redact_guard_suspects(struct cw_redact_guard *guard, const struct cw_buf *own,
                             enum cw_identifier *ret_kind)
{
    size_t count = guard->redaction->values.count;
    int *counts = calloc(2 * count + 1, sizeof(*counts));
    int found = counts ? CW_OK : CW_ERR_NOMEM;
    if (found == CW_OK)
        found = count_both(guard->redaction, &guard->held, 1, counts, counts + count);
    if (found == CW_OK && own)
        found = count_both(guard->redaction, own, -1, counts, counts + count);
    for (size_t i = 0; i < 2 * count && found == CW_OK; i++) {
        if (counts[i] <= 0)
            continue;
        *ret_kind = guard->redaction->values.items[i % count].kind;
        found = 1;
    }
    free(counts);
    return found;
}

int cw_redact_guard_close(struct cw_redact_guard *guard, int status)
{
    if (status == CW_OK && guard->held.len)
        status = guard->target->write(guard->target->context, guard->held.data, guard->held.len);
    cw_buf_done(&guard->held);
    return status;
}

int cw_redact_guard_fail(enum cw_identifier kind, struct cw_error *error)
{
    return cw_fail(error, CW_ERR_INVALID,
                   "the report would have shown what is to be hidden, of the kind '%s'; it was not "
                   "written",
                   cw_identifier_name(kind).ptr);
}
