#include "support/test.h"

#include <stdio.h>

#include "cbswhy/output.h"
#include "cli/options.h"
#include "cli/suggest.h"

enum { WORDS_MOST = 8 };

/* Parses a command line given as words; the program's name is put in front. */
static int parse(const char *const *words, struct cw_options *ret_options, struct cw_error *error)
{
    static char storage[WORDS_MOST + 1][64];
    static char *argv[WORDS_MOST + 2];
    int argc = 1;
    argv[0] = storage[0];
    for (; argc <= WORDS_MOST && words[argc - 1]; argc++) {
        (void)snprintf(storage[argc], sizeof(storage[argc]), "%s", words[argc - 1]);
        argv[argc] = storage[argc];
    }
    argv[argc] = NULL;
    return cw_options_parse(argc, argv, ret_options, error);
}

static void understands_every_spelling_of_an_option(void **state)
{
    static const char *const spellings[][WORDS_MOST] = {
        {"analyze", "-o", "out.txt", "a.log"},       {"analyze", "-oout.txt", "a.log"},
        {"analyze", "--output", "out.txt", "a.log"}, {"analyze", "--output=out.txt", "a.log"},
        {"analyze", "a.log", "--output=out.txt"},    {"--output=out.txt", "analyze", "a.log"},
        {"-o", "out.txt", "analyze", "--", "a.log"}, {"-o", "no", "analyze", "a.log", "-oout.txt"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        struct cw_options options;
        struct cw_error error = {0};
        assert_int_equal(parse(spellings[i], &options, &error), CW_OK);
        assert_int_equal(options.command->id, CW_COMMAND_ANALYZE);
        assert_true(options.given[CW_OPTION_OUTPUT]);
        assert_string_equal(options.value[CW_OPTION_OUTPUT], "out.txt");
        assert_int_equal(options.operand_count, 1);
        assert_string_equal(options.operands[0], "a.log");
    }
}

static void a_word_of_a_list_becomes_its_index(void **state)
{
    static const char *const words[] = {"analyze", "--fail-on=root_cause", "--format", "json",
                                        NULL};
    struct cw_options options;
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(parse(words, &options, &error), CW_OK);
    assert_int_equal(options.choice[CW_OPTION_FAIL_ON], CW_FAIL_ON_ROOT_CAUSE);
    assert_int_equal(options.choice[CW_OPTION_FORMAT], 1);
    assert_int_equal(options.choice[CW_OPTION_COLOUR], CW_COLOUR_AUTO);
}

static void numbers_dashes_and_what_follows_two_dashes_are_operands(void **state)
{
    static const char *const words[] = {"code", "-2147024891", "-", "--", "--help", NULL};
    struct cw_options options;
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(parse(words, &options, &error), CW_OK);
    assert_int_equal(options.operand_count, 3);
    assert_string_equal(options.operands[0], "-2147024891");
    assert_string_equal(options.operands[1], "-");
    assert_string_equal(options.operands[2], "--help");
    assert_false(options.given[CW_OPTION_HELP]);
}

static void a_command_may_have_two_words(void **state)
{
    static const char *const words[] = {"rules", "show", "a.rule", NULL};
    struct cw_options options;
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(parse(words, &options, &error), CW_OK);
    assert_int_equal(options.command->id, CW_COMMAND_RULES_SHOW);
    assert_int_equal(options.operand_count, 1);
    assert_string_equal(options.operands[0], "a.rule");
}

static void what_is_wrong_is_said_and_the_result_left_alone(void **state)
{
    static const struct {
        const char *words[WORDS_MOST];
        const char *text;
    } cases[] = {
        {{"analyze", "--formt=json"}, "unknown option '--formt'; did you mean '--format'?"},
        {{"analyze", "--form"}, "unknown option '--form'; did you mean '--format'?"},
        {{"analyze", "--zebra"}, "unknown option '--zebra'"},
        {{"analyze", "-x"}, "unknown option '-x'"},
        {{"analyze", "--output"}, "option '--output' needs an argument"},
        {{"analyze", "--output="}, "option '--output' needs an argument that is not empty"},
        {{"analyze", "--help=no"}, "option '--help' takes no argument"},
        {{"analyze", "--format=xml"},
         "option '--format' takes one of text|json|ndjson|markdown|case|html|sarif|junit[=FILE]"},
        {{"analyze", "--format=json="}, "option '--format' needs a file behind the '='"},
        {{"analyze", "--fail-on=any=x"}, "option '--fail-on' takes one of never|any|root_cause"},
        {{"analyze", "--format", "text|json"},
         "option '--format' takes one of text|json|ndjson|markdown|case|html|sarif|junit[=FILE]"},
        {{"events", "--format=json"}, "option '--format' does not belong to 'events'"},
        {{"analyse", "a.log"}, "unknown command 'analyse'; did you mean 'analyze'?"},
        {{"rules", "lst"}, "unknown command 'rules lst'; did you mean 'rules list'?"},
        {{"rules"}, "command 'rules' needs a second word"},
        {{"a.log"}, "unknown command 'a.log'"},
        {{"code"}, "command 'code' needs CODE..."},
        {{"rules", "show"}, "command 'rules show' needs ID"},
        {{"rules", "list", "x"}, "unexpected argument 'x'"},
        {{"compare", "a", "b"}, "command 'compare' is not available in this version"},
        {{"rules", "explain"}, "command 'rules explain' needs ID PATH..."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_options options = {.operand_count = 99};
        struct cw_error error = {0};
        assert_int_equal(parse(cases[i].words, &options, &error), CW_ERR_INVALID);
        assert_string_equal(error.text, cases[i].text);
        assert_int_equal(options.operand_count, 99);
    }
}

static void help_forgives_everything_else(void **state)
{
    static const char *const lines[][WORDS_MOST] = {
        {"--help"}, {"rules", "-h"}, {"code", "--help"}, {"compare", "--help"}, {"zebra", "-h"}};
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct cw_options options;
        struct cw_error error = {0};
        assert_int_equal(parse(lines[i], &options, &error), CW_OK);
        assert_true(options.given[CW_OPTION_HELP]);
    }
}

static void very_long_words_are_refused_and_harm_nothing(void **state)
{
    char word[4096];
    char *argv[] = {word, word, NULL};
    struct cw_options options;
    struct cw_error error = {0};
    (void)state;
    memset(word, '-', sizeof(word));
    memset(word + 2, 'a', sizeof(word) - 3);
    word[sizeof(word) - 1] = '\0';
    assert_int_equal(cw_options_parse(2, argv, &options, &error), CW_ERR_INVALID);
    memset(word, 'a', 2);
    assert_int_equal(cw_options_parse(2, argv, &options, &error), CW_ERR_INVALID);
}

static void every_option_stands_at_its_own_index(void **state)
{
    (void)state;
    for (size_t i = 0; i < CW_OPTION_COUNT; i++)
        assert_int_equal(cw_options_table[i].id, i);
}

static void every_format_of_the_library_has_its_word_at_its_index(void **state)
{
    const char *words = cw_options_table[CW_OPTION_FORMAT].argument;
    (void)state;
    for (int format = 0; format < CW_FORMATS; format++) {
        const char *name = cw_format_name((enum cw_report_format)format);
        size_t size = strcspn(words, "|[");
        assert_int_equal(strlen(name), size);
        assert_memory_equal(words, name, size);
        words += size + (words[size] == '|');
    }
    assert_string_equal(words, "[=FILE]");
}

static void each_format_is_a_target(void **state)
{
    static const char *const words[] = {"analyze", "--format=json=a=b", "--format", "text", NULL};
    struct cw_options options;
    struct cw_error error = {0};
    (void)state;
    assert_int_equal(parse(words, &options, &error), CW_OK);
    assert_int_equal(options.target_count, 2);
    assert_int_equal(options.targets[0].format, CW_FORMAT_JSON);
    assert_string_equal(options.targets[0].path, "a=b");
    assert_int_equal(options.targets[1].format, CW_FORMAT_TEXT);
    assert_null(options.targets[1].path);
}

static void edit_distance_counts_insertions_deletions_and_replacements(void **state)
{
    (void)state;
    assert_int_equal(cw_edit_distance("", ""), 0);
    assert_int_equal(cw_edit_distance("", "abc"), 3);
    assert_int_equal(cw_edit_distance("format", "format"), 0);
    assert_int_equal(cw_edit_distance("formt", "format"), 1);
    assert_int_equal(cw_edit_distance("analyse", "analyze"), 1);
    assert_int_equal(cw_edit_distance("kitten", "sitting"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(understands_every_spelling_of_an_option),
        cmocka_unit_test(a_word_of_a_list_becomes_its_index),
        cmocka_unit_test(numbers_dashes_and_what_follows_two_dashes_are_operands),
        cmocka_unit_test(a_command_may_have_two_words),
        cmocka_unit_test(what_is_wrong_is_said_and_the_result_left_alone),
        cmocka_unit_test(help_forgives_everything_else),
        cmocka_unit_test(very_long_words_are_refused_and_harm_nothing),
        cmocka_unit_test(every_option_stands_at_its_own_index),
        cmocka_unit_test(every_format_of_the_library_has_its_word_at_its_index),
        cmocka_unit_test(each_format_is_a_target),
        cmocka_unit_test(edit_distance_counts_insertions_deletions_and_replacements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
