#include "support/rule_files.h"

enum { PROBLEMS_MOST = 100000, TEXTS_MOST = 4 };

struct told {
    struct cw_buf *problems;
    size_t errors;
};

static void note_problem(void *context, const struct cw_place *place, bool is_error,
                         const char *text)
{
    struct told *told = context;
    told->errors += is_error;
    (void)cw_buf_printf(told->problems, "%.*s:%u:%u: %s: %s\n", CW_STR_ARG(place->file),
                        place->line, place->column, is_error ? "error" : "warning", text);
}

struct cw_rules *load_rule_files(const struct cw_rule_file *files, size_t count,
                                 struct cw_buf *problems)
{
    struct told told = {problems, 0};
    struct cw_problem_sink sink = {note_problem, &told};
    struct cw_rules *rules = NULL;
    struct cw_error error = {0};
    size_t errors = 0;
    cw_buf_init(problems, PROBLEMS_MOST);
    assert_int_equal(cw_rules_load(files, count, &sink, &rules, &errors, &error), CW_OK);
    assert_int_equal(errors, told.errors);
    return rules;
}

struct cw_rules *load_rule_texts(const char *const *texts, size_t count, struct cw_buf *problems)
{
    static const char *const names[TEXTS_MOST] = {"a.json", "b.json", "c.json", "d.json"};
    struct cw_rule_file files[TEXTS_MOST];
    assert_true(count <= TEXTS_MOST);
    for (size_t i = 0; i < count; i++)
        files[i] = (struct cw_rule_file){.name = cw_str_c(names[i]), .bytes = cw_str_c(texts[i])};
    return load_rule_files(files, count, problems);
}
