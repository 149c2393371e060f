/* Cases of the rule pack: a folder of logs and a file `cause` that names the finding that must come
 * first, or "none". */
#include "base/buf.h"
#include "base/limits.h"
#include "base/os.h"
#include "cbswhy/rules.h"
#include "diagnose/diagnosis.h"
#include "diagnose/infer.h"
#include "rules/sample.h"

enum { CAUSE_MOST = 4096, LINE_MOST = 64 * 1024, MATRIX_MOST = 16 * 1024 * 1024 };

/* Files of a case that are no logs. */
static const char *const not_logs[] = {"args", "cause", "stdout", "stderr", "status"};

struct case_run {
    const struct cw_rules *rules;
    const struct cw_rules_test *test;
    struct cw_arena arena;
    struct cw_test_results results;
    struct cw_buf matrix;
    size_t cases;
};

/* A case under way. */
struct one_case {
    const char *name;
    struct cw_str wanted; /* what its file `cause` holds */
    const struct cw_diagnosis *diagnosis;
};

static int note_result(struct case_run *run, const char *suite, const struct one_case *one,
                       const struct cw_buf *complaint)
{
    const struct cw_test_result result = {cw_str_c(suite), cw_str_c(one->name),
                                          cw_buf_str(complaint)};
    bool done = !complaint->failed && cw_test_results_add(&run->results, &result);
    return done ? CW_OK : CW_ERR_NOMEM;
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

static struct cw_str first_line(struct cw_str text)
{
    return cw_str_trim(cw_str_head(text, cw_str_find_char(text, '\n')));
}

static int judge(struct case_run *run, const struct one_case *one)
{
    struct cw_buf complaint;
    struct cw_str wanted = first_line(one->wanted);
    struct cw_str got = first_finding(cw_diagnosis_report(one->diagnosis));
    cw_buf_init(&complaint, CAUSE_MOST * 2);
    if (!cw_str_eq(wanted, got))
        (void)cw_buf_printf(&complaint, "case %s: the first finding is %.*s, wanted %.*s",
                            one->name, CW_STR_ARG(got), CW_STR_ARG(wanted));
    int status = note_result(run, "cases", one, &complaint);
    cw_buf_done(&complaint);
    return status;
}

/* Is it one of the lines of the case's file? */
static bool is_named(struct cw_str wanted, struct cw_str id)
{
    while (wanted.len > 0) {
        size_t end = cw_str_find_char(wanted, '\n');
        if (cw_str_eq(cw_str_trim(cw_str_head(wanted, end)), id))
            return true;
        wanted = end == SIZE_MAX ? CW_STR_NONE : cw_str_from(wanted, end + 1);
    }
    return false;
}

/* The cells of a case in the matrix. */
struct cells {
    struct cw_strings explained, off;
};

static int fill_cells(struct case_run *run, const struct one_case *one,
                      const struct cw_incident *incident, struct cells *cells)
{
    struct cw_inference inference;
    if (!cw_infer(run->rules, incident, &run->arena, &inference))
        return CW_ERR_NOMEM;
    for (size_t i = 0; i < inference.held_count; i++) {
        const struct cw_held_cause *held = &inference.held[i];
        bool apart = !held->explained && held->cause->role == CW_CAUSE_CAUSE;
        if (is_named(one->wanted, held->cause->id))
            continue;
        if (!cw_strings_add(apart ? &cells->off : &cells->explained, &run->arena, held->cause->id))
            return CW_ERR_NOMEM;
    }
    return CW_OK;
}

static void put_ids(struct cw_buf *out, const struct cw_strings *ids)
{
    for (size_t i = 0; i < ids->count; i++)
        (void)cw_buf_printf(out, "%s%.*s", i ? ", " : "", CW_STR_ARG(ids->items[i]));
    if (ids->count == 0)
        (void)cw_buf_char(out, '-');
}

/* "case<TAB>first finding<TAB>what it explains, and signs of it<TAB>off the diagonal" */
static int add_to_matrix(struct case_run *run, const struct one_case *one)
{
    const struct cw_incidents *incidents = cw_diagnosis_incidents(one->diagnosis);
    struct cells cells = {0};
    int status = CW_OK;
    for (size_t i = 0; i < incidents->count && status == CW_OK; i++) {
        bool overcome = incidents->items[i].outcome == CW_OUTCOME_RECOVERED;
        status = overcome ? CW_OK : fill_cells(run, one, &incidents->items[i], &cells);
    }
    if (status < 0)
        return status;
    struct cw_str first = first_finding(cw_diagnosis_report(one->diagnosis));
    (void)cw_buf_printf(&run->matrix, "%s\t%.*s\t", one->name, CW_STR_ARG(first));
    put_ids(&run->matrix, &cells.explained);
    (void)cw_buf_char(&run->matrix, '\t');
    put_ids(&run->matrix, &cells.off);
    (void)cw_buf_char(&run->matrix, '\n');
    struct cw_buf complaint;
    cw_buf_init(&complaint, LINE_MOST);
    if (cells.off.count) {
        (void)cw_buf_printf(&complaint,
                            "case %s: nothing explains what holds beside it: ", one->name);
        put_ids(&complaint, &cells.off);
    }
    status = note_result(run, "matrix", one, &complaint);
    cw_buf_done(&complaint);
    return status;
}

static int run_case(struct case_run *run, const char *folder, struct one_case *one,
                    struct cw_error *error)
{
    struct cw_diagnosis *diagnosis;
    int status = cw_diagnosis_new(run->rules, &diagnosis, error);
    if (status < 0)
        return status;
    one->diagnosis = diagnosis;
    status = add_logs(run, folder, diagnosis, error);
    if (status == CW_OK)
        status = cw_diagnosis_finish(diagnosis, error);
    if (status == CW_OK && judge(run, one) < 0)
        status = cw_fail_nomem(error);
    if (status == CW_OK && run->test->matrix && add_to_matrix(run, one) < 0)
        status = cw_fail_nomem(error);
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
        struct one_case one = {.name = names[i].ptr};
        if (!cause)
            return cw_fail_nomem(error);
        if (cw_os_stat(cause, &info, NULL) < 0)
            continue;
        run->cases++;
        status = cw_os_read_file(cause, CAUSE_MOST, &run->arena, &one.wanted, error);
        if (status == CW_OK)
            status = run_case(run, folder, &one, error);
    }
    return status;
}

static int write_results(struct case_run *run, const struct cw_output *output,
                         struct cw_error *error)
{
    const struct cw_output *junit = run->test->junit;
    int status = run->matrix.failed ? CW_ERR_NOMEM : CW_OK;
    if (status == CW_OK && run->matrix.len)
        status = output->write(output->context, run->matrix.data, run->matrix.len);
    if (status == CW_OK)
        status = cw_test_results_write(&run->results, output);
    if (status == CW_OK && junit)
        status = cw_test_results_write_junit(&run->results, junit);
    return status < 0 ? cw_fail(error, status, "the results could not be written") : CW_OK;
}

int cw_rules_test(const struct cw_rules *rules, const struct cw_rules_test *test,
                  const struct cw_output *output, struct cw_error *error)
{
    struct case_run run = {.rules = rules, .test = test};
    cw_buf_init(&run.matrix, MATRIX_MOST);
    int status = cw_rules_test_samples(rules, &run.results, error);
    if (status >= 0 && run.results.count == 0)
        status = cw_fail(error, CW_ERR_NOT_FOUND, "the rule pack has no samples");
    if (status >= 0 && test->cases)
        status = run_cases(&run, test->cases, error);
    if (status >= 0 && test->cases && run.cases == 0)
        status = cw_fail(error, CW_ERR_NOT_FOUND, "'%s' holds no case", test->cases);
    if (status >= 0)
        status = write_results(&run, output, error);
    size_t failed = run.results.failed;
    cw_test_results_done(&run.results);
    cw_buf_done(&run.matrix);
    cw_arena_done(&run.arena);
    return status < 0 ? status : (int)(failed < INT32_MAX ? failed : INT32_MAX);
}
