/* Events against signals. */
#ifndef CW_RULES_MATCH_H
#define CW_RULES_MATCH_H

#include "rules/rule.h"

enum { CW_CAPTURES_MAX = 12 };

struct cw_capture {
    struct cw_str name;
    struct cw_str value; /* into the event's text */
};

struct cw_match {
    const struct cw_signal *signal;
    uint32_t code; /* canonical; CW_CODE_NONE when the signal carries none */
    struct cw_str code_written;
    struct cw_capture captures[CW_CAPTURES_MAX]; /* named captures that took part */
    size_t capture_count;
};

/* One per analysis. */
struct cw_matcher;

int cw_matcher_new(const struct cw_rules *rules, struct cw_matcher **ret_matcher,
                   struct cw_error *error);
void cw_matcher_free(struct cw_matcher *matcher);

/* Does `signal` recognise `event`? 1 and the match, 0 no, negative on failure of the engine
 * (CW_ERR_LIMIT: the pattern ran into a limit on this event; CW_ERR_INVALID: it does not compile).
 * The fields (log, component, level, kind, operation ...) are tested first, then the pattern. */
int cw_matcher_test(struct cw_matcher *matcher, const struct cw_signal *signal,
                    const struct cw_event *event, struct cw_match *ret_match,
                    struct cw_error *error);

/* What of a signal does not fit an event. */
enum cw_misfit {
    CW_MISFIT_LEVEL = 1,
    CW_MISFIT_KIND = 2,
    CW_MISFIT_COMPONENT = 4,
    CW_MISFIT_OPERATION = 8,
    CW_MISFIT_WITHIN = 16,
    CW_MISFIT_SECTION = 32,
    CW_MISFIT_PATTERN = 64
};

/* The same in detail, for an event of the signal's log: bits of cw_misfit, 0 = it recognises the
 * event. Negative as above. */
int cw_matcher_misfits(struct cw_matcher *matcher, const struct cw_signal *signal,
                       const struct cw_event *event, unsigned *ret_misfits, struct cw_error *error);

/* Compiles the pattern now; for `rules check`. `ret_offset` is where in the pattern it fails. */
int cw_signal_compile(const struct cw_signal *signal, size_t *ret_offset, struct cw_error *error);

#endif
