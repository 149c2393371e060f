/* The manual pages against the tables of the program and the schema of its report, both ways. */
#include "support/test.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "cli/options.h"

enum { TEXT_SIZE = 16384, LINE_SIZE = 256, PATHS_MOST = 300 };

/* A file of the source tree as text; freed with the arena. */
static const char *read_source(const char *name, struct cw_arena *arena)
{
    char path[1024];
    struct cw_str bytes = CW_STR_NONE;
    struct cw_error error = {0};
    (void)snprintf(path, sizeof(path), "%s/../src/%s", CW_FIXTURES, name);
    if (cw_os_read_file(path, 1 << 20, arena, &bytes, &error) != CW_OK)
        fail_msg("%s", error.text);
    const char *text = cw_arena_cstr(arena, bytes);
    assert_non_null(text);
    return text;
}

static void append(char *text, const char *more)
{
    size_t used = strlen(text);
    assert_in_range(used + strlen(more), 0, TEXT_SIZE - 1);
    memcpy(text + used, more, strlen(more) + 1);
}

/* The next line of the page, without its end; false after the last. */
static bool next_line(const char **rest, char *ret_line)
{
    size_t size = strcspn(*rest, "\n");
    if (**rest == '\0')
        return false;
    assert_in_range(size, 0, LINE_SIZE - 1);
    memcpy(ret_line, *rest, size);
    ret_line[size] = '\0';
    *rest += size + ((*rest)[size] == '\n');
    return true;
}

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* Of a section of cbswhy(1): the tags of its list, and options that are named in it as "-NAME". */
static void collect_section(const char *page, const char *heading, char *ret_text)
{
    char line[LINE_SIZE];
    bool inside = false;
    ret_text[0] = '\0';
    while (next_line(&page, line)) {
        if (starts(line, ".Sh "))
            inside = strcmp(line + 4, heading) == 0;
        if (inside && starts(line, ".Fl "))
            line[4 + strcspn(line + 4, " ")] = '\0';
        if (inside &&
            (starts(line, ".It Fl ") || starts(line, ".It Cm ") || starts(line, ".Fl "))) {
            append(ret_text, line);
            append(ret_text, "\n");
        }
    }
}

/* "[PATH...]" as " Op Ar PATH ...". */
static void append_operands(char *text, const char *operands)
{
    if (*operands)
        append(text, *operands == '[' ? " Op Ar " : " Ar ");
    for (; *operands; operands++) {
        const char letter[] = {*operands, '\0'};
        if (starts(operands, "...")) {
            append(text, " ...");
            operands += 2;
        } else if (*operands != '[' && *operands != ']') {
            append(text, letter);
        }
    }
}

static bool is_for_every_command(const struct cw_option *option)
{
    bool every = true;
    for (size_t i = 0; i < cw_command_count; i++)
        every &= !cw_commands[i].run || option->commands & (1U << cw_commands[i].id);
    return every;
}

/* The options of one command, or those of all of them. */
static void append_options(char *text, const struct cw_command *command)
{
    for (size_t i = 0; i < CW_OPTION_COUNT; i++) {
        const struct cw_option *option = &cw_options_table[i];
        bool every = is_for_every_command(option);
        if (command ? every || !(option->commands & (1U << command->id)) : !every)
            continue;
        append(text, ".Fl -");
        append(text, option->name);
        append(text, "\n");
    }
}

static void every_command_is_in_the_manual_with_its_options(void **state)
{
    char expected[TEXT_SIZE] = "", found[TEXT_SIZE];
    struct cw_arena arena = {0};
    (void)state;
    append_options(expected, NULL);
    for (size_t i = 0; i < cw_command_count; i++) {
        if (!cw_commands[i].run)
            continue;
        append(expected, ".It Cm ");
        append(expected, cw_commands[i].name);
        append_operands(expected, cw_commands[i].operands);
        append(expected, "\n");
        append_options(expected, &cw_commands[i]);
    }
    collect_section(read_source("cli/cbswhy.1", &arena), "COMMANDS", found);
    assert_string_equal(found, expected);
    cw_arena_done(&arena);
}

/* "a|b[=FILE]" as " Ns = Ns Cm a|b Ns Op = Ns Ar FILE". */
static void append_argument(char *text, const char *argument)
{
    char words[LINE_SIZE];
    const char *file = strstr(argument, "[=");
    (void)snprintf(words, sizeof(words), " Ns = Ns %s %.*s", strchr(argument, '|') ? "Cm" : "Ar",
                   (int)strcspn(argument, "["), argument);
    append(text, words);
    if (!file)
        return;
    (void)snprintf(words, sizeof(words), " Ns Op = Ns Ar %.*s", (int)strcspn(file + 2, "]"),
                   file + 2);
    append(text, words);
}

static void append_tag(char *text, const struct cw_option *option)
{
    char letter[LINE_SIZE];
    append(text, ".It Fl ");
    if (option->letter) {
        (void)snprintf(letter, sizeof(letter), "%c%s%s , Fl ", option->letter,
                       option->argument ? " Ar " : "", option->argument ? option->argument : "");
        append(text, letter);
    }
    append(text, "-");
    append(text, option->name);
    if (option->argument)
        append_argument(text, option->argument);
    append(text, "\n");
}

static void every_option_is_in_the_manual_as_it_is_written(void **state)
{
    char all[TEXT_SIZE], found[TEXT_SIZE] = "", expected[TEXT_SIZE] = "", line[LINE_SIZE];
    struct cw_arena arena = {0};
    const char *rest = all;
    (void)state;
    for (size_t i = 0; i < CW_OPTION_COUNT; i++)
        append_tag(expected, &cw_options_table[i]);
    collect_section(read_source("cli/cbswhy.1", &arena), "OPTIONS", all);
    while (next_line(&rest, line)) {
        if (!starts(line, ".It Fl "))
            continue;
        append(found, line);
        append(found, "\n");
    }
    assert_string_equal(found, expected);
    cw_arena_done(&arena);
}

/* Paths of fields as jq writes them: "findings[].error.code". */
struct paths {
    char of[PATHS_MOST][LINE_SIZE];
    size_t count;
};

static const char *add_path(struct paths *paths, const char *prefix, const char *name,
                            const char *suffix)
{
    assert_in_range(paths->count, 0, PATHS_MOST - 1);
    char *path = paths->of[paths->count++];
    int size = snprintf(path, LINE_SIZE, "%s%s%s%s", prefix, *prefix ? "." : "", name, suffix);
    assert_in_range(size, 1, LINE_SIZE - 1);
    return path;
}

/* What stands behind "$ref", or the first that "anyOf" allows. */
static const cJSON *resolve(const cJSON *schema, const cJSON *node)
{
    static const char prefix[] = "#/definitions/";
    const cJSON *any = cJSON_GetObjectItem(node, "anyOf");
    const cJSON *ref = cJSON_GetObjectItem(any ? any->child : node, "$ref");
    if (!ref)
        return any ? any->child : node;
    assert_true(starts(ref->valuestring, prefix));
    node = cJSON_GetObjectItem(cJSON_GetObjectItem(schema, "definitions"),
                               ref->valuestring + strlen(prefix));
    assert_non_null(node);
    return node;
}

static void add_fields(const cJSON *schema, const cJSON *object, const char *prefix,
                       struct paths *paths)
{
    const cJSON *field = NULL;
    cJSON_ArrayForEach(field, cJSON_GetObjectItem(object, "properties"))
    {
        const cJSON *value = resolve(schema, field);
        const cJSON *items = resolve(schema, cJSON_GetObjectItem(value, "items"));
        bool is_list = cJSON_GetObjectItem(items, "properties") != NULL;
        const char *path = add_path(paths, prefix, field->string, is_list ? "[]" : "");
        add_fields(schema, is_list ? items : value, path, paths);
    }
}

static cJSON *read_schema(void)
{
    struct cw_arena arena = {0};
    cJSON *schema = cJSON_Parse(read_source("report/report.schema.json", &arena));
    assert_non_null(schema);
    cw_arena_done(&arena);
    return schema;
}

/* The field of a tag: under a heading such as "coverage" or "a[] and b[]", a field of these. */
static void add_described(const char *heading, const char *name, struct paths *paths)
{
    static const char between[] = " and ";
    char prefix[LINE_SIZE];
    const char *next = heading;
    while (next) {
        heading = next;
        next = strstr(heading, between);
        size_t size = next ? (size_t)(next - heading) : strlen(heading);
        (void)snprintf(prefix, sizeof(prefix), "%.*s", (int)size, heading);
        (void)add_path(paths, prefix, name, "");
        next = next ? next + strlen(between) : NULL;
    }
}

static void add_all_described(const char *page, struct paths *paths)
{
    char line[LINE_SIZE], heading[LINE_SIZE] = "";
    while (next_line(&page, line)) {
        if (starts(line, ".Ss The report"))
            heading[0] = '\0';
        else if (starts(line, ".Ss "))
            (void)snprintf(heading, sizeof(heading), "%.*s", (int)strcspn(line + 4, "\\"),
                           line + 4);
        else if (starts(line, ".It Va "))
            add_described(heading, line + strlen(".It Va "), paths);
    }
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* Every path once, a line each. */
static void join(struct paths *paths, char *ret_text)
{
    ret_text[0] = '\0';
    qsort(paths->of, paths->count, sizeof(paths->of[0]), compare_paths);
    for (size_t i = 0; i < paths->count; i++) {
        if (i > 0 && strcmp(paths->of[i], paths->of[i - 1]) == 0)
            continue;
        append(ret_text, paths->of[i]);
        append(ret_text, "\n");
    }
}

static void every_field_of_the_report_is_in_the_manual(void **state)
{
    static struct paths fields, described;
    char expected[TEXT_SIZE], found[TEXT_SIZE];
    struct cw_arena arena = {0};
    cJSON *schema = read_schema();
    (void)state;
    add_fields(schema, schema, "", &fields);
    add_fields(schema,
               cJSON_GetObjectItem(cJSON_GetObjectItem(schema, "definitions"), "totals_line"), "",
               &fields);
    join(&fields, expected);
    add_all_described(read_source("report/cbswhy-report.5", &arena), &described);
    join(&described, found);
    assert_string_equal(found, expected);
    cJSON_Delete(schema);
    cw_arena_done(&arena);
}

static void assert_says_words(const cJSON *node, const char *page)
{
    const cJSON *child = NULL;
    cJSON_ArrayForEach(child, node)
    {
        const cJSON *word = NULL;
        if (child->string && strcmp(child->string, "enum") == 0) {
            cJSON_ArrayForEach(word, child)
            {
                if (!strstr(page, word->valuestring))
                    fail_msg("cbswhy-report(5) does not say '%s'", word->valuestring);
            }
        }
        assert_says_words(child, page);
    }
}

static void every_word_that_a_field_may_be_is_in_the_manual(void **state)
{
    struct cw_arena arena = {0};
    cJSON *schema = read_schema();
    (void)state;
    assert_says_words(schema, read_source("report/cbswhy-report.5", &arena));
    cJSON_Delete(schema);
    cw_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_is_in_the_manual_with_its_options),
        cmocka_unit_test(every_option_is_in_the_manual_as_it_is_written),
        cmocka_unit_test(every_field_of_the_report_is_in_the_manual),
        cmocka_unit_test(every_word_that_a_field_may_be_is_in_the_manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
