#include "diagnose/diagnosis.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/os.h"
#include "diagnose/assemble.h"
#include "diagnose/bundle.h"
#include "diagnose/copies.h"
#include "diagnose/gaps.h"
#include "diagnose/remarks.h"
#include "diagnose/section_join.h"
#include "input/archive_head.h"
#include "input/walk.h"
#include "model/history.h"
#include "model/local_time.h"
#include "rules/nearest.h"

/* A file to read. */
struct input {
    struct cw_str path;
    size_t argument; /* which of the paths given it comes from */
    bool in_memory;
    struct cw_str bytes;
    size_t piece;
    uint64_t device, inode; /* 0 = not known */
};

struct cw_diagnosis {
    const struct cw_rules *rules;
    struct cw_arena arena; /* of the report */
    struct cw_case c;
    struct cw_reading *reading;
    struct input *inputs;
    size_t input_count, input_cap;
    struct cw_str *arguments; /* the paths as given */
    size_t argument_count, argument_cap;
    struct cw_not_read *not_read;
    size_t not_read_count, not_read_cap;
    bool partial;
    struct cw_watch watch;
    struct cw_report report;
    struct cw_incidents incidents;
    struct cw_trial *trial; /* or NULL */
};

int cw_diagnosis_new(const struct cw_rules *rules, struct cw_diagnosis **ret_diagnosis,
                     struct cw_error *error)
{
    struct cw_diagnosis *diagnosis = calloc(1, sizeof(*diagnosis));
    if (!diagnosis)
        return cw_fail_nomem(error);
    diagnosis->rules = rules;
    cw_arena_init(&diagnosis->arena, CW_LIMIT_CASE_BYTES);
    cw_case_init(&diagnosis->c);
    int status = cw_reading_new(rules, &diagnosis->c, &diagnosis->reading, error);
    if (status < 0) {
        cw_diagnosis_free(diagnosis);
        return status;
    }
    *ret_diagnosis = diagnosis;
    return CW_OK;
}

void cw_diagnosis_encoding(struct cw_diagnosis *diagnosis, enum cw_encoding encoding)
{
    diagnosis->c.encoding = encoding;
}

void cw_diagnosis_watch(struct cw_diagnosis *diagnosis, const struct cw_progress_sink *sink)
{
    cw_watch_init(&diagnosis->watch, sink);
    diagnosis->c.watch = sink->step ? &diagnosis->watch : NULL;
}

void cw_diagnosis_harvest(struct cw_diagnosis *diagnosis, struct cw_harvest *harvest)
{
    cw_reading_harvest(diagnosis->reading, harvest);
}

int cw_diagnosis_try(struct cw_diagnosis *diagnosis, struct cw_str cause, struct cw_error *error)
{
    const struct cw_cause *found = cw_rules_cause(diagnosis->rules, cause);
    if (!found)
        return cw_rules_no_id(diagnosis->rules, cause, error);
    diagnosis->trial = cw_trial_new(found, &diagnosis->arena);
    if (!diagnosis->trial)
        return cw_fail_nomem(error);
    cw_reading_try(diagnosis->reading, diagnosis->trial, &diagnosis->arena);
    return CW_OK;
}

const struct cw_rules *cw_diagnosis_rules(const struct cw_diagnosis *diagnosis)
{
    return diagnosis->rules;
}

const struct cw_trial *cw_diagnosis_trial(const struct cw_diagnosis *diagnosis)
{
    return diagnosis->trial;
}

void cw_diagnosis_free(struct cw_diagnosis *diagnosis)
{
    if (!diagnosis)
        return;
    cw_reading_free(diagnosis->reading);
    cw_case_done(&diagnosis->c);
    cw_arena_done(&diagnosis->arena);
    free(diagnosis);
}

static int add_not_read(struct cw_diagnosis *diagnosis, const char *path, const char *reason)
{
    struct cw_not_read entry;
    void *items = diagnosis->not_read;
    /* Past the limit they are only counted by the exit status: a folder of a million pictures. */
    if (diagnosis->not_read_count == CW_LIMIT_SOURCES)
        return CW_OK;
    if (!cw_arena_str(&diagnosis->arena, cw_str_c(path), &entry.path) ||
        !cw_arena_str(&diagnosis->arena, cw_str_c(reason), &entry.reason) ||
        !cw_arena_grow(&diagnosis->arena, &items, &diagnosis->not_read_cap,
                       diagnosis->not_read_count, sizeof(entry), CW_LIMIT_SOURCES))
        return CW_ERR_NOMEM;
    diagnosis->not_read = items;
    diagnosis->not_read[diagnosis->not_read_count++] = entry;
    return CW_OK;
}

static int add_input(struct cw_diagnosis *diagnosis, struct input input, const char *path)
{
    void *items = diagnosis->inputs;
    if (diagnosis->input_count == CW_LIMIT_SOURCES) {
        diagnosis->partial = true;
        return add_not_read(diagnosis, path, "there are more files than are read at once");
    }
    input.argument = diagnosis->argument_count;
    if (!cw_arena_str(&diagnosis->arena, cw_str_c(path), &input.path) ||
        !cw_arena_grow(&diagnosis->arena, &items, &diagnosis->input_cap, diagnosis->input_count,
                       sizeof(input), CW_LIMIT_SOURCES))
        return CW_ERR_NOMEM;
    diagnosis->inputs = items;
    diagnosis->inputs[diagnosis->input_count++] = input;
    return CW_OK;
}

/* "./CBS.log" is "CBS.log": the form of an argument is not to show in the report. */
static const char *plain_path(const char *path)
{
    const char *plain = path;
    while (plain[0] == '.' && plain[1] == '/') {
        plain += 2;
        plain += strspn(plain, "/");
    }
    /* A file of the name "-" is not standard input. */
    return plain[0] == '\0' || strcmp(plain, "-") == 0 ? path : plain;
}

static int on_file(void *context, const char *path, struct cw_error *error)
{
    struct cw_diagnosis *diagnosis = context;
    path = plain_path(path);
    struct input input = {0};
    struct cw_os_info info;
    if (strcmp(path, "-") != 0 && cw_os_stat(path, &info, NULL) == CW_OK) {
        input.device = info.device;
        input.inode = info.inode;
    }
    return add_input(diagnosis, input, path) < 0 ? cw_fail_nomem(error) : CW_OK;
}

static int on_skipped(void *context, const char *path, const char *reason)
{
    struct cw_diagnosis *diagnosis = context;
    diagnosis->partial = true;
    return add_not_read(diagnosis, path, reason);
}

/* What was left out on purpose is no missing input. */
static int on_windows(void *context, const struct cw_walk_windows *windows, struct cw_error *error)
{
    struct cw_diagnosis *diagnosis = context;
    struct cw_buf text;
    cw_buf_init(&text, CW_LIMIT_RECORD);
    (void)cw_buf_append(&text, windows->is_whole
                                   ? CW_STR("a Windows was recognised: only the places where it "
                                            "keeps its logs were read")
                                   : CW_STR("a part of a Windows was recognised; every file was "
                                            "looked at"));
    (void)cw_buf_printf(&text, ". There: %.*s", CW_STR_ARG(windows->have));
    if (windows->have.len == 0)
        (void)cw_buf_append(&text, CW_STR("nothing"));
    if (windows->lack.len)
        (void)cw_buf_printf(&text, ". Not there: %.*s", CW_STR_ARG(windows->lack));
    struct cw_remark remark = {.kind = CW_STR("windows_root"),
                               .path = cw_str_c(plain_path(windows->path)),
                               .count = 1,
                               .text = cw_buf_str(&text)};
    bool room = diagnosis->c.remark_count < CW_LIMIT_SOURCES;
    bool done = !text.failed && (!room || cw_case_remark(&diagnosis->c, &remark));
    cw_buf_done(&text);
    return done ? CW_OK : cw_fail_nomem(error);
}

/* The number of the argument is that of its files, so it is counted behind them. */
static bool count_argument(struct cw_diagnosis *diagnosis, const char *path)
{
    void *items = diagnosis->arguments;
    struct cw_str copy;
    if (!cw_arena_str(&diagnosis->arena, cw_str_c(path), &copy) ||
        !cw_arena_grow(&diagnosis->arena, &items, &diagnosis->argument_cap,
                       diagnosis->argument_count, sizeof(copy), SIZE_MAX / sizeof(copy)))
        return false;
    diagnosis->arguments = items;
    diagnosis->arguments[diagnosis->argument_count++] = copy;
    return true;
}

int cw_diagnosis_add(struct cw_diagnosis *diagnosis, const char *path, struct cw_error *error)
{
    struct cw_walk_sink sink = {on_file, on_skipped, on_windows, diagnosis};
    struct cw_error local = {0};
    int status = cw_walk(path, &sink, &local);
    if (!count_argument(diagnosis, path))
        return cw_fail_nomem(error);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    if (status < 0) {
        diagnosis->partial = true;
        if (add_not_read(diagnosis, path, local.text) < 0)
            return cw_fail_nomem(error);
        return cw_fail(error, status, "%s", local.text);
    }
    return CW_OK;
}

int cw_diagnosis_add_memory(struct cw_diagnosis *diagnosis, const char *name, struct cw_str bytes,
                            size_t piece, struct cw_error *error)
{
    struct input input = {.in_memory = true, .bytes = bytes, .piece = piece};
    int status = add_input(diagnosis, input, name);
    return status < 0 || !count_argument(diagnosis, name) ? cw_fail_nomem(error) : CW_OK;
}

static int compare_inputs(const void *a, const void *b)
{
    return cw_str_compare(((const struct input *)a)->path, ((const struct input *)b)->path);
}

/* The same file under another name, or named twice, counts once. */
static bool is_duplicate(const struct cw_diagnosis *diagnosis, size_t index)
{
    const struct input *input = &diagnosis->inputs[index];
    for (size_t i = 0; i < index; i++) {
        const struct input *other = &diagnosis->inputs[i];
        if (input->in_memory || other->in_memory)
            continue;
        if (cw_str_eq(input->path, other->path) ||
            (input->inode && input->inode == other->inode && input->device == other->device))
            return true;
    }
    return false;
}

static int on_member_not_read(void *context, const char *path, const char *reason, bool is_failure)
{
    struct cw_diagnosis *diagnosis = context;
    diagnosis->partial |= is_failure;
    return add_not_read(diagnosis, path, reason);
}

/* A log, or an archive of logs. */
static int read_source(struct cw_diagnosis *diagnosis, struct cw_source *source, const char *file,
                       struct cw_error *error)
{
    struct cw_bundle_sink sink = {on_member_not_read, diagnosis};
    struct cw_str head;
    int status = cw_source_peek(source, CW_SOURCE_PEEK, &head, error);
    if (status == CW_OK && cw_archive_nature(head) == CW_ARCHIVE_NONE)
        return cw_reading_source(diagnosis->reading, source, file, error);
    if (status == CW_OK)
        status = cw_bundle_read(diagnosis->reading, &diagnosis->c, source, file, &sink, error);
    return status;
}

static int read_input(struct cw_diagnosis *diagnosis, const struct input *input,
                      struct cw_error *error)
{
    struct cw_error local = {0};
    struct cw_source *source = NULL;
    const char *path = input->path.ptr;
    int status = input->in_memory
                     ? cw_source_memory(path, input->bytes, input->piece, &source, &local)
                     : cw_source_open(path, &source, &local);
    size_t first = diagnosis->c.source_count;
    if (status == CW_OK)
        status = read_source(diagnosis, source, path, &local);
    if (source && cw_remark_on_file(&diagnosis->c, first, source) < 0)
        status = CW_ERR_NOMEM;
    cw_source_close(source);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    if (status < 0) {
        diagnosis->partial = true;
        status = add_not_read(diagnosis, path, local.text);
    }
    return status < 0 ? cw_fail_nomem(error) : CW_OK;
}

/* Files that are no logs leave the list of sources and join those that were not read. */
static int move_unrecognised(struct cw_diagnosis *diagnosis, struct cw_error *error)
{
    struct cw_case *c = &diagnosis->c;
    size_t kept = 0;
    for (size_t i = 0; i < c->remark_count; i++) {
        struct cw_remark *remark = &c->remarks[i];
        if (!cw_str_eq(remark->kind, CW_STR("not_a_log"))) {
            c->remarks[kept++] = *remark;
            continue;
        }
        if (add_not_read(diagnosis, remark->path.ptr, remark->text.ptr) < 0)
            return cw_fail_nomem(error);
    }
    c->remark_count = kept;
    return CW_OK;
}

/* A path that was named and holds no log at all is a missing input; a line that was cut and a rule
 * that was stopped make the rest of it partial. */
static int check_argument(struct cw_diagnosis *diagnosis, size_t argument)
{
    const struct cw_case *c = &diagnosis->c;
    bool found = false;
    bool any = false;
    for (size_t i = 0; i < diagnosis->input_count; i++) {
        const struct input *input = &diagnosis->inputs[i];
        any |= input->argument == argument;
        for (size_t k = 0; k < c->source_count && input->argument == argument; k++)
            found |= cw_str_eq(c->sources[k].file, input->path) || is_duplicate(diagnosis, i);
    }
    diagnosis->partial |= !found;
    struct cw_os_info info;
    const char *path = diagnosis->arguments[argument].ptr;
    bool empty_folder = !any && cw_os_stat(path, &info, NULL) == CW_OK && info.kind == CW_OS_FOLDER;
    return empty_folder ? add_not_read(diagnosis, path, "the folder holds no file") : CW_OK;
}

static int check_arguments(struct cw_diagnosis *diagnosis)
{
    const struct cw_case *c = &diagnosis->c;
    for (size_t argument = 0; argument < diagnosis->argument_count; argument++) {
        int status = check_argument(diagnosis, argument);
        if (status < 0)
            return status;
    }
    for (size_t i = 0; i < c->remark_count; i++)
        diagnosis->partial |= cw_str_eq(c->remarks[i].kind, CW_STR("long_line")) ||
                              cw_str_eq(c->remarks[i].kind, CW_STR("shrank")) ||
                              cw_str_eq(c->remarks[i].kind, CW_STR("rule_stopped"));
    return CW_OK;
}

static int compare_not_read(const void *a, const void *b)
{
    return cw_str_compare(((const struct cw_not_read *)a)->path,
                          ((const struct cw_not_read *)b)->path);
}

static int bring_to_local(struct cw_case *c)
{
    int status = CW_OK;
    for (size_t i = 0; i < c->source_count && status == CW_OK; i++) {
        bool is_copy = c->sources[i].copy_of != CW_SOURCE_NONE;
        if (c->sources[i].stats.in_utc && !is_copy && !cw_source_to_local(c, i))
            status = cw_remark_on_utc(c, i);
    }
    return status;
}

int cw_diagnosis_finish(struct cw_diagnosis *diagnosis, struct cw_error *error)
{
    if (diagnosis->input_count)
        qsort(diagnosis->inputs, diagnosis->input_count, sizeof(*diagnosis->inputs),
              compare_inputs);
    for (size_t i = 0; i < diagnosis->input_count; i++) {
        int status = is_duplicate(diagnosis, i)
                         ? CW_OK
                         : read_input(diagnosis, &diagnosis->inputs[i], error);
        if (status < 0)
            return status;
    }
    int status = move_unrecognised(diagnosis, error);
    if (status < 0)
        return status;
    if (check_arguments(diagnosis) < 0)
        return cw_fail_nomem(error);
    struct cw_case *c = &diagnosis->c;
    if (cw_copies_find(c) < 0 || bring_to_local(c) < 0 || !cw_history_order(c) ||
        cw_gaps_find(c) < 0 || cw_sections_join(diagnosis->reading, c) < 0 ||
        cw_history_join(c) < 0)
        return cw_fail_nomem(error);
    if (!cw_report_assemble(diagnosis->rules, &diagnosis->c, &diagnosis->arena, &diagnosis->report,
                            &diagnosis->incidents))
        return cw_fail_nomem(error);
    if (diagnosis->not_read_count)
        qsort(diagnosis->not_read, diagnosis->not_read_count, sizeof(*diagnosis->not_read),
              compare_not_read);
    diagnosis->report.not_read = diagnosis->not_read;
    diagnosis->report.not_read_count = diagnosis->not_read_count;
    return CW_OK;
}

const struct cw_report *cw_diagnosis_report(const struct cw_diagnosis *diagnosis)
{
    return &diagnosis->report;
}

const struct cw_incidents *cw_diagnosis_incidents(const struct cw_diagnosis *diagnosis)
{
    return &diagnosis->incidents;
}

bool cw_diagnosis_is_partial(const struct cw_diagnosis *diagnosis)
{
    return diagnosis->partial;
}
