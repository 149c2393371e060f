/* Any bytes as the text of a log, redacted: the first half is read before, as another log. Nothing
 * that has a token may be found in what comes out. */
#include <stdint.h>
#include <stdlib.h>

#include "report/redact.h"
#include "rules/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { TEXT_MOST = 4 * 1024 * 1024 };

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* The pack is loaded once: it is the same for every input. */
static const struct cw_rules *rules(void)
{
    static struct cw_rules *builtin;
    if (!builtin)
        demand(cw_rules_load_builtin(NULL, &builtin, NULL, NULL) == 0);
    return builtin;
}

static void put(struct cw_redaction *redaction, struct cw_str text, struct cw_buf *safe)
{
    cw_buf_init(safe, TEXT_MOST);
    demand(cw_redaction_put(redaction, text, CW_REDACT_TEXT, safe) == 0);
}

static void check_nothing_left(struct cw_redaction *redaction, struct cw_str text)
{
    struct cw_redact_spans spans = {0};
    demand(cw_redact_find_bare(&redaction->finder, text, &spans) == 0);
    demand(spans.count == 0);
    cw_redact_spans_done(&spans);
}

static void redact(struct cw_redaction *redaction, struct cw_str text)
{
    struct cw_buf once;
    put(redaction, text, &once);
    check_nothing_left(redaction, cw_buf_str(&once));
    cw_buf_done(&once);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cw_redaction *redaction = NULL;
    struct cw_str text = {(const char *)bytes, size};
    struct cw_buf before;
    if (size > TEXT_MOST / 64)
        return 0;
    demand(cw_redaction_new(&redaction, NULL) == 0);
    demand(cw_redaction_begin(redaction, rules(), NULL) == 0);
    put(redaction, cw_str_head(text, size / 2), &before);
    cw_buf_done(&before);
    redact(redaction, text);
    cw_redaction_free(redaction);
    return 0;
}
