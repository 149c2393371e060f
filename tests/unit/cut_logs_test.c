/* Logs are cut: rotated, pasted in part, copied while they are written. Whatever is left of them
 * may say less, but nothing else. */
#include "support/test.h"

#include "support/diagnosing.h"

#define CASE "cases/driver-service-write-denied/"

enum { CUTS = 200 };

struct whole {
    struct cw_rules *rules;
    struct cw_buf cbs, setupapi;
    struct diagnosed diagnosed;
};

static int open_whole(void **state)
{
    static struct whole whole;
    void *rules = NULL;
    if (load_builtin_rules(&rules) < 0)
        return -1;
    whole.rules = rules;
    whole.cbs = read_fixture_file(CASE "CBS.log");
    whole.setupapi = read_fixture_file(CASE "setupapi.dev.log");
    whole.diagnosed =
        diagnose_bytes(whole.rules, cw_buf_str(&whole.cbs), cw_buf_str(&whole.setupapi));
    *state = &whole;
    return 0;
}

static int close_whole(void **state)
{
    struct whole *whole = *state;
    free_diagnosed(&whole->diagnosed);
    cw_buf_done(&whole->cbs);
    cw_buf_done(&whole->setupapi);
    cw_rules_free(whole->rules);
    return 0;
}

static bool has_finding(const struct cw_report *report, struct cw_str id)
{
    for (size_t i = 0; i < report->finding_count; i++)
        if (cw_str_eq(report->findings[i].id, id))
            return true;
    return false;
}

/* What is left when the detail is cut away. */
static bool is_general(struct cw_str id)
{
    static const char *const general[] = {"unexplained", "driver.operation-denied",
                                          "driver.operation-failed", "driver.queue-failed",
                                          "driver.reflect-failed"};
    for (size_t i = 0; i < sizeof(general) / sizeof(general[0]); i++)
        if (cw_str_eq(id, cw_str_c(general[i])))
            return true;
    return cw_str_starts(id, CW_STR("run."));
}

static void assert_says_nothing_else(const struct whole *whole, struct cw_str cbs,
                                     struct cw_str setupapi)
{
    struct diagnosed cut = diagnose_bytes(whole->rules, cbs, setupapi);
    for (size_t i = 0; i < cut.report->finding_count; i++) {
        struct cw_str id = cut.report->findings[i].id;
        if (!has_finding(whole->diagnosed.report, id) && !is_general(id))
            fail_msg("with %d and %d bytes: %.*s", (int)cbs.len, (int)setupapi.len, CW_STR_ARG(id));
    }
    free_diagnosed(&cut);
}

/* Both halves of each log, with the other log whole. */
static void cut_at(const struct whole *whole, bool cbs_is_cut, size_t at)
{
    struct cw_str cbs = cw_buf_str(&whole->cbs);
    struct cw_str setupapi = cw_buf_str(&whole->setupapi);
    struct cw_str *log = cbs_is_cut ? &cbs : &setupapi;
    struct cw_str all = *log;
    *log = cw_str_head(all, at);
    assert_says_nothing_else(whole, cbs, setupapi);
    *log = cw_str_from(all, at);
    assert_says_nothing_else(whole, cbs, setupapi);
}

static void the_whole_is_explained(void **state)
{
    const struct whole *whole = *state;
    assert_findings(&whole->diagnosed, "failure: driver.service-write-denied root_cause");
}

static void a_log_cut_at_any_line_says_nothing_else(void **state)
{
    const struct whole *whole = *state;
    for (int log = 0; log < 2; log++) {
        struct cw_str bytes = cw_buf_str(log ? &whole->cbs : &whole->setupapi);
        for (size_t at = 0; at < bytes.len; at++)
            if (bytes.ptr[at] == '\n')
                cut_at(whole, log, at + 1);
    }
}

static void a_log_cut_at_any_byte_says_nothing_else(void **state)
{
    const struct whole *whole = *state;
    for (int log = 0; log < 2; log++) {
        size_t len = log ? whole->cbs.len : whole->setupapi.len;
        for (size_t i = 0; i < CUTS; i++)
            cut_at(whole, log, i * len / CUTS);
    }
}

static void a_log_with_a_line_lost_says_nothing_else(void **state)
{
    const struct whole *whole = *state;
    for (int log = 0; log < 2; log++) {
        struct cw_str bytes = cw_buf_str(log ? &whole->cbs : &whole->setupapi);
        for (size_t at = 0; at < bytes.len;) {
            size_t next = at + cw_str_find_char(cw_str_from(bytes, at), '\n') + 1;
            struct cw_buf rest;
            cw_buf_init(&rest, bytes.len);
            assert_true(cw_buf_append(&rest, cw_str_head(bytes, at)) &&
                        cw_buf_append(&rest, cw_str_from(bytes, next)));
            assert_says_nothing_else(whole, log ? cw_buf_str(&rest) : cw_buf_str(&whole->cbs),
                                     log ? cw_buf_str(&whole->setupapi) : cw_buf_str(&rest));
            cw_buf_done(&rest);
            at = next;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_is_explained),
        cmocka_unit_test(a_log_cut_at_any_line_says_nothing_else),
        cmocka_unit_test(a_log_cut_at_any_byte_says_nothing_else),
        cmocka_unit_test(a_log_with_a_line_lost_says_nothing_else),
    };
    return cmocka_run_group_tests(tests, open_whole, close_whole);
}
