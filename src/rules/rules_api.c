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

/* A list of files that lives in an arena. */
struct file_list {
    struct cw_arena arena;
    struct cw_rule_file *items;
    size_t count, cap;
};

static int add_file(struct file_list *list, const char *path, bool is_added, struct cw_error *error)
{
    void *items = list->items;
    struct cw_rule_file file = {.name = cw_str_c(path), .is_added = is_added};
    if (!cw_arena_grow(&list->arena, &items, &list->cap, list->count, sizeof(file),
                       SIZE_MAX / sizeof(file)))
        return cw_fail_nomem(error);
    list->items = items;
    int status = cw_os_read_file(path, CW_LIMIT_RULE_FILE, &list->arena, &file.bytes, error);
    if (status >= 0)
        list->items[list->count++] = file;
    return status;
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

/* The *.json of a folder, in order of name. */
static int add_folder(struct file_list *list, const char *folder, bool is_added,
                      struct cw_error *error)
{
    struct cw_str *names = NULL;
    size_t name_count = 0;
    size_t before = list->count;
    int status = cw_os_list_folder(folder, &list->arena, &names, &name_count, error);
    for (size_t i = 0; i < name_count && status >= 0; i++) {
        if (!cw_str_ends(names[i], CW_STR(".json")))
            continue;
        const char *path = join_path(&list->arena, folder, names[i]);
        status = path ? add_file(list, path, is_added, error) : cw_fail_nomem(error);
    }
    if (status >= 0 && list->count == before)
        status = cw_fail(error, CW_ERR_NOT_FOUND, "%s: no *.json in this folder", folder);
    return status;
}

static int add_builtin(struct file_list *list, struct cw_error *error)
{
    int status = cw_rules_builtin_files(&list->arena, &list->items, &list->count, error);
    list->cap = list->count;
    return status;
}

static int list_places(const struct cw_rules_places *places, struct file_list *list,
                       struct cw_error *error)
{
    int status =
        places->folder ? add_folder(list, places->folder, false, error) : add_builtin(list, error);
    return status >= 0 && places->added ? add_folder(list, places->added, true, error) : status;
}

static int load_places(const struct cw_rules_places *places, const struct cw_problem_sink *problems,
                       struct cw_rules **ret_rules, size_t *ret_errors, struct cw_error *error)
{
    struct file_list list = {0};
    int status = list_places(places, &list, error);
    if (status >= 0)
        status = cw_rules_load(list.items, list.count, problems, ret_rules, ret_errors, error);
    cw_arena_done(&list.arena);
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

int cw_rules_open(const struct cw_rules_places *places, const struct cw_output *problems,
                  struct cw_rules **ret_rules, size_t *ret_errors, struct cw_error *error)
{
    struct problem_writer writer = {.output = problems};
    struct cw_problem_sink sink = {write_problem, &writer};
    struct cw_rules *rules = NULL;
    size_t errors = 0;
    int status = load_places(places, problems ? &sink : NULL, &rules, &errors, error);
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

/* The names of the files that were added; all when none was. */
static int name_checked(struct file_list *list, struct cw_strings *ret_names,
                        struct cw_error *error)
{
    struct cw_strings names = {0};
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].is_added && !cw_strings_add(&names, &list->arena, list->items[i].name))
            return cw_fail_nomem(error);
    }
    for (size_t i = 0; i < list->count && names.count == 0; i++) {
        if (!cw_strings_add(ret_names, &list->arena, list->items[i].name))
            return cw_fail_nomem(error);
    }
    if (names.count)
        *ret_names = names;
    return CW_OK;
}

static int check_list(struct file_list *list, const struct cw_problem_sink *problems,
                      size_t *ret_errors, struct cw_error *error)
{
    struct cw_rules *rules = NULL;
    struct cw_strings checked = {0};
    size_t load_errors = 0;
    size_t pack_errors = 0;
    int status = name_checked(list, &checked, error);
    if (status >= 0)
        status = cw_rules_load(list->items, list->count, problems, &rules, &load_errors, error);
    if (status >= 0)
        status = cw_rules_check_pack(rules, &checked, problems, &pack_errors, error);
    cw_rules_free(rules);
    *ret_errors = load_errors + pack_errors;
    return status;
}

int cw_rules_check(const struct cw_rules_places *places, const char *const *files, size_t count,
                   const struct cw_output *output, struct cw_error *error)
{
    struct problem_writer writer = {.output = output};
    struct cw_problem_sink sink = {write_problem, &writer};
    struct file_list list = {0};
    size_t errors = 0;
    int status = list_places(places, &list, error);
    for (size_t i = 0; i < count && status >= 0; i++)
        status = add_file(&list, files[i], true, error);
    if (status >= 0)
        status = check_list(&list, &sink, &errors, error);
    cw_arena_done(&list.arena);
    if (status < 0)
        return status;
    if (writer.status < 0)
        return cw_fail(error, writer.status, "the problems of the rules could not be written");
    return errors < INT_MAX ? (int)errors : INT_MAX;
}
