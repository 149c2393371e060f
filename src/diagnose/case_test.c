/* Cases of the rule pack: a folder of logs and a file `cause` that names the finding that must come
 * first, or "none". */
#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/os.h"
#include "cbswhy/rules.h"
#include "diagnose/diagnosis.h"
#include "rules/sample.h"

enum { CAUSE_MOST = 4096 };

/* Files of a case that are no logs. */
static const char *const not_logs[] = {"args", "cause", "stdout", "stderr", "status"};

struct case_run {
    const struct cw_rules *rules;
    const struct cw_output *output;
    struct cw_arena arena;
    size_t passed, failed;
};

static int print(const struct case_run *run, const char *name, const char *text,
                 struct cw_str detail)
{
    struct cw_buf line;
    cw_buf_init(&line, 64 * 1024);
    (void)cw_buf_printf(&line, "case %s: %s%.*s\n", name, text, CW_STR_ARG(detail));
    int status =
        line.failed ? CW_ERR_NOMEM : run->output->write(run->output->context, line.data, line.len);
    cw_buf_done(&line);
    return status;
}

static bool is_log_name(struct cw_str name)
{
    for (size_t i = 0; i < sizeof(not_logs) / sizeof(not_logs[0]); i++) {
        if (cw_str_eq(name, cw_str_c(not_logs[i])))
            return false;
    }
    return true;
}

/* "folder/name" in the arena; NULL when memory is exhausted. */
static char *join(struct cw_arena *arena, const char *folder, struct cw_str name)
{
    struct cw_buf path;
    cw_buf_init(&path, 32 * 1024);
    char *joined = cw_buf_append(&path, cw_str_c(folder)) && cw_buf_char(&path, '/') &&
                           cw_buf_append(&path, name)
                       ? cw_arena_cstr(arena, cw_buf_str(&path))
                       : NULL;
    cw_buf_done(&path);
    return joined;
}

static int add_logs(struct case_run *run, const char *folder, struct cw_diagnosis *diagnosis,
                    struct cw_error *error)
{
    struct cw_str *names;
    size_t count;
    int status = cw_os_list_folder(folder, &run->arena, &names, &count, error);
    for (size_t i = 0; status == CW_OK && i < count; i++) {
        char *path = join(&run->arena, folder, names[i]);
        if (!path)
            return cw_fail_nomem(error);
        if (is_log_name(names[i]))
            status = cw_diagnosis_add(diagnosis, path, error);
    }
    return status;
}

/* The first finding of what is still failing, or "none". */
static struct cw_str first_finding(const struct cw_report *report)
{
    if (report->finding_count == 0 || report->findings[0].role == CW_ROLE_RECOVERED)
        return CW_STR("none");
    return report->findings[0].id;
}

static int judge(struct case_run *run, const char *name, struct cw_str wanted, struct cw_str got)
{
    if (cw_str_eq(wanted, got)) {
        run->passed++;
        return CW_OK;
    }
    run->failed++;
    struct cw_buf text;
    cw_buf_init(&text, CAUSE_MOST * 2);
    (void)cw_buf_printf(&text, "%.*s, wanted %.*s", CW_STR_ARG(got), CW_STR_ARG(wanted));
    int status =
        text.failed ? CW_ERR_NOMEM : print(run, name, "the first finding is ", cw_buf_str(&text));
    cw_buf_done(&text);
    return status;
}

static int run_case(struct case_run *run, const char *name, const char *folder,
                    struct cw_str wanted, struct cw_error *error)
{
    struct cw_diagnosis *diagnosis;
    int status = cw_diagnosis_new(run->rules, &diagnosis, error);
    if (status < 0)
        return status;
    status = add_logs(run, folder, diagnosis, error);
    if (status == CW_OK)
        status = cw_diagnosis_finish(diagnosis, error);
    if (status == CW_OK)
        status = judge(run, name, wanted, first_finding(cw_diagnosis_report(diagnosis)));
    cw_diagnosis_free(diagnosis);
    return status;
}

static int run_cases(struct case_run *run, const char *cases, struct cw_error *error)
{
    struct cw_str *names;
    size_t count;
    int status = cw_os_list_folder(cases, &run->arena, &names, &count, error);
    for (size_t i = 0; status == CW_OK && i < count; i++) {
        char *folder = join(&run->arena, cases, names[i]);
        char *cause = folder ? join(&run->arena, folder, CW_STR("cause")) : NULL;
        struct cw_os_info info;
        struct cw_str wanted;
        if (!cause)
            return cw_fail_nomem(error);
        if (cw_os_stat(cause, &info, NULL) < 0)
            continue;
        status = cw_os_read_file(cause, CAUSE_MOST, &run->arena, &wanted, error);
        if (status == CW_OK)
            status = run_case(run, names[i].ptr, folder, cw_str_trim(wanted), error);
    }
    return status;
}

static int print_total(const struct case_run *run)
{
    char line[96];
    int len = snprintf(line, sizeof(line), "%zu passed, %zu failed\n", run->passed, run->failed);
    return len < 0 ? CW_ERR_IO : run->output->write(run->output->context, line, (size_t)len);
}

int cw_rules_test(const struct cw_rules *rules, const char *cases, const struct cw_output *output,
                  struct cw_error *error)
{
    struct case_run run = {.rules = rules, .output = output};
    int status = cw_rules_test_samples(rules, output, &run.passed, &run.failed, error);
    size_t samples = run.passed + run.failed;
    if (status >= 0 && samples == 0)
        status = cw_fail(error, CW_ERR_NOT_FOUND, "the rule pack has no samples");
    if (status >= 0 && cases)
        status = run_cases(&run, cases, error);
    if (status >= 0 && cases && run.passed + run.failed == samples)
        status = cw_fail(error, CW_ERR_NOT_FOUND, "'%s' holds no case", cases);
    if (status >= 0)
        status = print_total(&run);
    cw_arena_done(&run.arena);
    return status < 0 ? status : (int)(run.failed < INT32_MAX ? run.failed : INT32_MAX);
}
