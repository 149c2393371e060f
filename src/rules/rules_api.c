/* The public face of the rule pack: opening and checking. */
#include "cbswhy/rules.h"

#include <limits.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/os.h"
#include "rules/check.h"

/* Problems as lines of text. */
struct problem_writer {
    const struct cw_output *output;
    int status; /* the first failure; nothing is written after it */
};

static void write_problem(void *context, const struct cw_place *place, bool is_error,
                          const char *text)
{
    struct problem_writer *writer = context;
    struct cw_buf line;
    if (writer->status < 0)
        return;
    cw_buf_init(&line, CW_LIMIT_RULE_FILE);
    (void)cw_buf_printf(&line, "%.*s:%u:%u: %s: %s\n", CW_STR_ARG(place->file), place->line,
                        place->column, is_error ? "error" : "warning", text);
    writer->status = line.failed
                         ? CW_ERR_NOMEM
                         : writer->output->write(writer->output->context, line.data, line.len);
    cw_buf_done(&line);
}

static int read_files(const char *const *paths, size_t count, struct cw_arena *arena,
                      struct cw_rule_file **ret_files, struct cw_error *error)
{
    struct cw_rule_file *files = cw_arena_array(arena, count, sizeof(*files));
    if (!files)
        return cw_fail_nomem(error);
    for (size_t i = 0; i < count; i++) {
        files[i].name = cw_str_c(paths[i]);
        int status = cw_os_read_file(paths[i], CW_LIMIT_RULE_FILE, arena, &files[i].bytes, error);
        if (status < 0)
            return status;
    }
    *ret_files = files;
    return CW_OK;
}

static const char *join_path(struct cw_arena *arena, const char *folder, struct cw_str name)
{
    struct cw_str base = cw_str_c(folder);
    bool slash = cw_str_ends(base, CW_STR("/"));
    char *path = cw_arena_alloc(arena, base.len + name.len + 2);
    if (!path)
        return NULL;
    memcpy(path, base.ptr, base.len);
    if (!slash)
        path[base.len++] = '/';
    memcpy(path + base.len, name.ptr, name.len);
    return path;
}

/* The paths of the *.json of a folder, in order of name. */
static int list_rule_files(const char *folder, struct cw_arena *arena, const char ***ret_paths,
                           size_t *ret_count, struct cw_error *error)
{
    struct cw_str *names = NULL;
    size_t name_count = 0;
    int status = cw_os_list_folder(folder, arena, &names, &name_count, error);
    if (status < 0)
        return status;
    const char **paths = cw_arena_array(arena, name_count, sizeof(*paths));
    if (!paths)
        return cw_fail_nomem(error);
    size_t count = 0;
    for (size_t i = 0; i < name_count; i++) {
        if (!cw_str_ends(names[i], CW_STR(".json")))
            continue;
        paths[count] = join_path(arena, folder, names[i]);
        if (!paths[count++])
            return cw_fail_nomem(error);
    }
    if (count == 0)
        return cw_fail(error, CW_ERR_NOT_FOUND, "%s: no *.json in this folder", folder);
    *ret_paths = paths;
    *ret_count = count;
    return CW_OK;
}

static int load_paths(const char *const *paths, size_t count,
                      const struct cw_problem_sink *problems, struct cw_rules **ret_rules,
                      size_t *ret_errors, struct cw_error *error)
{
    struct cw_arena scratch = {0};
    struct cw_rule_file *files = NULL;
    int status = read_files(paths, count, &scratch, &files, error);
    if (status >= 0)
        status = cw_rules_load(files, count, problems, ret_rules, ret_errors, error);
    cw_arena_done(&scratch);
    return status;
}

static int load_folder(const char *folder, const struct cw_problem_sink *problems,
                       struct cw_rules **ret_rules, size_t *ret_errors, struct cw_error *error)
{
    struct cw_arena scratch = {0};
    const char **paths = NULL;
    size_t count = 0;
    int status = list_rule_files(folder, &scratch, &paths, &count, error);
    if (status >= 0)
        status = load_paths(paths, count, problems, ret_rules, ret_errors, error);
    cw_arena_done(&scratch);
    return status;
}

/* When the problems could not be written, the pack is of no use to the caller. */
static int finish_open(const struct problem_writer *writer, struct cw_rules *rules,
                       struct cw_rules **ret_rules, struct cw_error *error)
{
    if (writer->status < 0) {
        cw_rules_free(rules);
        return cw_fail(error, writer->status, "the problems of the rules could not be written");
    }
    *ret_rules = rules;
    return CW_OK;
}

int cw_rules_open_folder(const char *folder, const struct cw_output *problems,
                         struct cw_rules **ret_rules, size_t *ret_errors, struct cw_error *error)
{
    struct problem_writer writer = {.output = problems};
    struct cw_problem_sink sink = {write_problem, &writer};
    struct cw_rules *rules = NULL;
    size_t errors = 0;
    int status = load_folder(folder, problems ? &sink : NULL, &rules, &errors, error);
    if (status < 0)
        return status;
    status = finish_open(&writer, rules, ret_rules, error);
    if (status >= 0 && ret_errors)
        *ret_errors = errors;
    return status;
}

int cw_rules_open_builtin(struct cw_rules **ret_rules, struct cw_error *error)
{
    struct cw_rules *rules = NULL;
    size_t errors = 0;
    int status = cw_rules_load_builtin(NULL, &rules, &errors, error);
    if (status < 0)
        return status;
    if (errors) {
        cw_rules_free(rules);
        return cw_fail(error, CW_ERR_INVALID, "the built-in rules have errors: %zu", errors);
    }
    *ret_rules = rules;
    return CW_OK;
}

const char *cw_rules_version(const struct cw_rules *rules)
{
    return rules->version.ptr;
}

int cw_rules_check(const char *const *files, size_t count, const struct cw_output *output,
                   struct cw_error *error)
{
    struct problem_writer writer = {.output = output};
    struct cw_problem_sink sink = {write_problem, &writer};
    struct cw_rules *rules = NULL;
    size_t load_errors = 0;
    size_t pack_errors = 0;
    int status = files ? load_paths(files, count, &sink, &rules, &load_errors, error)
                       : cw_rules_load_builtin(&sink, &rules, &load_errors, error);
    if (status < 0)
        return status;
    status = cw_rules_check_pack(rules, &sink, &pack_errors, error);
    cw_rules_free(rules);
    if (status < 0)
        return status;
    if (writer.status < 0)
        return cw_fail(error, writer.status, "the problems of the rules could not be written");
    size_t errors = load_errors + pack_errors;
    return errors < INT_MAX ? (int)errors : INT_MAX;
}
