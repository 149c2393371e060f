#include "support/test.h"

#include "diagnose/expand.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct sample {
    struct cw_arena arena;
    struct cw_entities entities;
    struct cw_strings services, files;
    struct cw_expansion expansion;
};

static int make_sample(void **state)
{
    static struct sample sample;
    struct cw_arena *arena = &sample.arena;
    bool done = cw_entities_add(&sample.entities, arena, CW_ENTITY_SERVICE, CW_STR("AmdK8")) &&
                cw_entities_add(&sample.entities, arena, CW_ENTITY_SERVICE, CW_STR("AmdPPM")) &&
                cw_entities_add(&sample.entities, arena, CW_ENTITY_INF, CW_STR("cpu.inf")) &&
                cw_strings_add(&sample.services, arena, CW_STR("${inf}")) &&
                cw_strings_add(&sample.services, arena, CW_STR("intelppm")) &&
                cw_strings_add(&sample.files, arena, CW_STR("amdk8.sys"));
    sample.expansion = (struct cw_expansion){
        .unknown = CW_STR("(unknown)"),
        .entities = &sample.entities,
        .owned_services = &sample.services,
        .owned_files = &sample.files,
        .code = CW_STR("0x80070005"),
    };
    *state = &sample;
    return done ? 0 : -1;
}

static int free_sample(void **state)
{
    struct sample *sample = *state;
    cw_arena_done(&sample->arena);
    return 0;
}

static void a_placeholder_in_text_gives_its_first_value(void **state)
{
    struct sample *sample = *state;
    static const struct {
        const char *template, *text;
    } cases[] = {
        {"", ""},
        {"plain $ {text} }", "plain $ {text} }"},
        {"${service}", "AmdK8"},
        {"a ${service} b ${inf} c", "a AmdK8 b cpu.inf c"},
        {"${service}${service}", "AmdK8AmdK8"},
        {"code ${code}", "code 0x80070005"},
        {"${owned_file}", "amdk8.sys"},
        {"by ${process}", "by (unknown)"},
        {"on ${device}", "on (unknown)"},
        {"${no_such_name}", "(unknown)"},
        {"open ${service", "open ${service"},
        {"${}", "(unknown)"},
        /* A value that looks like a placeholder is text. */
        {"${owned_service}!", "${inf}!"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_str text;
        assert_true(
            cw_expand_text(&sample->expansion, &sample->arena, cw_str_c(cases[i].template), &text));
        assert_str(text, cases[i].text);
    }
}

static void assert_list(struct sample *sample, const char *template, const char *expected)
{
    struct cw_strings templates = {0};
    struct cw_strings lines = {0};
    struct cw_buf text;
    cw_buf_init(&text, 1000);
    (void)cw_buf_append(&text, CW_STR(""));
    assert_true(cw_strings_add(&templates, &sample->arena, cw_str_c(template)));
    assert_true(cw_expand_list(&sample->expansion, &sample->arena, &templates, &lines));
    for (size_t i = 0; i < lines.count; i++)
        (void)cw_buf_printf(&text, "%.*s;", CW_STR_ARG(lines.items[i]));
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
}

static void a_placeholder_in_a_list_gives_a_line_for_each_value(void **state)
{
    struct sample *sample = *state;
    assert_list(sample, "sc qc ${service}", "sc qc AmdK8;sc qc AmdPPM;");
    assert_list(sample, "${service} and ${service}", "AmdK8 and AmdK8;AmdPPM and AmdPPM;");
    assert_list(sample, "fltmc filters", "fltmc filters;");
    assert_list(sample, "${service} of ${inf}", "AmdK8 of cpu.inf;AmdPPM of cpu.inf;");
    assert_list(sample, "${inf} has ${service}", "cpu.inf has AmdK8;");
    assert_list(sample, "${owned_service}", "${inf};intelppm;");
}

static void a_list_has_no_line_without_a_value(void **state)
{
    struct sample *sample = *state;
    assert_list(sample, "${device}", "");
    assert_list(sample, "${process} may write", "");
}

/* A service as a log may name it, in a command line with and without quotes around it. */
static bool reaches_command(const char *service, const char *template)
{
    struct cw_arena arena = {0};
    struct cw_entities entities = {0};
    struct cw_strings none = {0};
    struct cw_strings templates = {0};
    struct cw_strings commands = {0};
    bool left_out = false;
    assert_true(cw_entities_add(&entities, &arena, CW_ENTITY_SERVICE, cw_str_c(service)) &&
                cw_strings_add(&templates, &arena, cw_str_c(template)) &&
                cw_strings_add(&templates, &arena, CW_STR("fltmc filters")));
    struct cw_expansion expansion = {
        .entities = &entities, .owned_services = &none, .owned_files = &none};
    assert_true(cw_expand_commands(&expansion, &arena, &templates, &commands, &left_out));
    /* What has no value of a log in it is always there. */
    assert_true(cw_strings_has(&commands, CW_STR("fltmc filters")));
    assert_int_equal(commands.count, left_out ? 1 : 2);
    cw_arena_done(&arena);
    return !left_out;
}

static void a_command_takes_a_value_only_when_it_is_a_mere_name(void **state)
{
    (void)state;
    static const struct {
        const char *service;
        bool bare, quoted;
    } cases[] = {
        {"AmdK8", true, true},
        {"Contoso Power-2.0_x (A)", true, true},
        {"{4d36e97d-e325-11ce-bfc1-08002be10318}", true, true},
        {"C:\\x\\a.sys", true, true},
        {"ROOT\\A&B", false, true},
        {"a\"b", false, false},
        {"a'b", false, false},
        {"a`b", false, false},
        {"a$b", false, false},
        {"%PATH%", false, false},
        {"a|b", false, false},
        {"a>b", false, false},
        {"a;b", false, false},
        {"a\nb", false, false},
        {"a\rb", false, false},
        {"a\x7f", false, false},
        {"\xe2\x80\x9c", false, false},
        {"\xe2\x80\x98", false, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *service = cases[i].service;
        if (reaches_command(service, "sc qc ${service}") != cases[i].bare ||
            reaches_command(service, "sc qc \"${service}\"") != cases[i].quoted ||
            reaches_command(service, "echo \"x\" ${service}") != cases[i].bare)
            fail_msg("\"%s\" in a command", service);
    }
}

static void one_bad_value_of_several_leaves_the_command_out(void **state)
{
    struct sample *sample = *state;
    struct cw_strings templates = {0};
    struct cw_strings commands = {0};
    bool left_out = false;
    assert_true(cw_strings_add(&templates, &sample->arena, CW_STR("sc qc ${owned_service}")) &&
                cw_strings_add(&templates, &sample->arena, CW_STR("sc qc ${service}")));
    /* "${inf}" is one of the owned services. */
    assert_true(
        cw_expand_commands(&sample->expansion, &sample->arena, &templates, &commands, &left_out));
    assert_true(left_out);
    assert_int_equal(commands.count, 2);
    assert_str(commands.items[0], "sc qc AmdK8");
    assert_str(commands.items[1], "sc qc AmdPPM");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_placeholder_in_text_gives_its_first_value),
        cmocka_unit_test(a_placeholder_in_a_list_gives_a_line_for_each_value),
        cmocka_unit_test(a_list_has_no_line_without_a_value),
        cmocka_unit_test(a_command_takes_a_value_only_when_it_is_a_mere_name),
        cmocka_unit_test(one_bad_value_of_several_leaves_the_command_out),
    };
    return cmocka_run_group_tests(tests, make_sample, free_sample);
}
