#include "support/test.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/limits.h"
#include "model/entity.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The lists of `entities` that are not empty: "kb=KB1 package=P,Q". */
static void assert_entities(const struct cw_entities *entities, const char *expected)
{
    struct cw_buf text;
    cw_buf_init(&text, 10000);
    (void)cw_buf_append(&text, CW_STR(""));
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        const struct cw_strings *values = &entities->of[kind];
        for (size_t i = 0; i < values->count; i++) {
            struct cw_str name = cw_entity_name((enum cw_entity)kind);
            if (i == 0)
                (void)cw_buf_printf(&text, "%s%.*s=", text.len ? " " : "", CW_STR_ARG(name));
            (void)cw_buf_printf(&text, "%s%.*s", i ? "," : "", CW_STR_ARG(values->items[i]));
        }
    }
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
}

static void names_and_kinds_go_both_ways(void **state)
{
    (void)state;
    enum cw_entity entity = CW_ENTITY_KB;
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++) {
        assert_true(cw_entity_from_name(cw_entity_name((enum cw_entity)kind), &entity));
        assert_int_equal(entity, kind);
    }
    assert_false(cw_entity_from_name(CW_STR("KB"), &entity));
    assert_false(cw_entity_from_name(CW_STR(""), &entity));
    assert_int_equal(entity, CW_ENTITY_FILE);
}

static void a_kb_is_six_or_seven_digits_in_a_package(void **state)
{
    (void)state;
    static const struct {
        const char *package, *kb;
    } cases[] = {
        {"Package_63_for_KB4474419~31bf3856ad364e35~x86~~6.1.3.2", "KB4474419"},
        {"Package_for_KB976902~31bf3856ad364e35~amd64~~6.1.1.17514", "KB976902"},
        {"KB5005112", "KB5005112"},
        {"Package_for_RollupFix~31bf3856ad364e35~amd64~~19041.2604.1.3", NULL},
        {"Package_for_KB12345~x", NULL},
        {"Package_for_KB12345678~x", NULL},
        {"Package_for_KBKB4474419~x", "KB4474419"},
        {"Package_for_kb4474419~x", NULL},
        {"KB", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_str kb = CW_STR("untouched");
        assert_int_equal(cw_kb_of_package(cw_str_c(cases[i].package), &kb), cases[i].kb != NULL);
        assert_str(kb, cases[i].kb ? cases[i].kb : "untouched");
    }
}

static void values_are_brought_into_the_form_people_search_for(void **state)
{
    (void)state;
    static const struct {
        enum cw_entity entity;
        const char *value, *expected;
    } cases[] = {
        {CW_ENTITY_INF,
         "C:\\Windows\\System32\\DriverStore\\FileRepository\\cpu.inf_x86_7\\cpu.inf",
         "inf=cpu.inf"},
        {CW_ENTITY_INF, "cpu.inf_x86_neutral_729b871528391", "inf=cpu.inf"},
        {CW_ENTITY_INF, "C:\\Windows\\inf\\oem12.inf", "inf=oem12.inf"},
        {CW_ENTITY_REGISTRY_KEY, "HKEY_LOCAL_MACHINE\\SYSTEM\\x", "registry_key=HKLM\\SYSTEM\\x"},
        {CW_ENTITY_REGISTRY_KEY, "hkey_local_machine", "registry_key=HKLM"},
        {CW_ENTITY_REGISTRY_KEY, "HKCU\\x", "registry_key=HKCU\\x"},
        {CW_ENTITY_REGISTRY_KEY, "\\REGISTRY\\MACHINE\\SYSTEM\\x", "registry_key=HKLM\\SYSTEM\\x"},
        {CW_ENTITY_PACKAGE, "Package_1_for_KB4474419~x~y",
         "kb=KB4474419 package=Package_1_for_KB4474419~x~y"},
        {CW_ENTITY_PACKAGE, "Wrapper-1234", "package=Wrapper-1234"},
        {CW_ENTITY_SERVICE, "  AmdK8\t", "service=AmdK8"},
        {CW_ENTITY_FILE, "C:\\a.sys", "file=C:\\a.sys"},
        {CW_ENTITY_FILE, "\\?\?\\C:\\a.sys", "file=C:\\a.sys"},
        {CW_ENTITY_FILE, "\\\\?\\C:\\a.sys", "file=C:\\a.sys"},
        {CW_ENTITY_FILE, "\\\\server\\a.sys", "file=\\\\server\\a.sys"},
        {CW_ENTITY_SERVICE, "", ""},
        {CW_ENTITY_SERVICE, "   ", ""},
        {CW_ENTITY_INF, "", ""},
        {CW_ENTITY_REGISTRY_KEY, "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_arena arena = {0};
        struct cw_entities entities = {0};
        assert_true(cw_entities_add(&entities, &arena, cases[i].entity, cw_str_c(cases[i].value)));
        assert_entities(&entities, cases[i].expected);
        cw_arena_done(&arena);
    }
}

static void a_value_is_kept_once_in_the_case_it_came_in_first(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    struct cw_entities one = {0};
    struct cw_entities other = {0};
    assert_true(cw_entities_add(&one, &arena, CW_ENTITY_SERVICE, CW_STR("AmdK8")));
    assert_true(cw_entities_add(&one, &arena, CW_ENTITY_SERVICE, CW_STR("AMDK8")));
    assert_true(cw_entities_add(&one, &arena, CW_ENTITY_SERVICE, CW_STR("intelppm")));
    assert_true(cw_entities_add(&other, &arena, CW_ENTITY_SERVICE, CW_STR("INTELPPM")));
    assert_true(cw_entities_add(&other, &arena, CW_ENTITY_SERVICE, CW_STR("Processor")));
    assert_true(cw_entities_add(&other, &arena, CW_ENTITY_KB, CW_STR("KB4474419")));
    assert_true(cw_entities_merge(&one, &arena, &other));
    assert_entities(&one, "kb=KB4474419 service=AmdK8,intelppm,Processor");
    cw_arena_done(&arena);
}

static void values_beyond_the_limit_are_left_out_and_no_failure(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    struct cw_strings strings = {0};
    char name[32];
    for (int i = 0; i < CW_LIMIT_RUN_ITEMS + 10; i++) {
        (void)snprintf(name, sizeof(name), "service%d", i);
        assert_true(cw_strings_add(&strings, &arena, cw_str_c(name)));
    }
    assert_int_equal(strings.count, CW_LIMIT_RUN_ITEMS);
    assert_str(strings.items[0], "service0");
    assert_true(cw_strings_has(&strings, CW_STR("SERVICE63")));
    assert_false(cw_strings_has(&strings, CW_STR("service64")));
    cw_arena_done(&arena);
}

static void the_kept_copy_outlives_what_it_was_made_from(void **state)
{
    (void)state;
    struct cw_arena arena = {0};
    struct cw_strings strings = {0};
    char name[] = "AmdK8";
    assert_true(cw_strings_add(&strings, &arena, cw_str_c(name)));
    name[0] = 'x';
    assert_str(strings.items[0], "AmdK8");
    cw_arena_done(&arena);
}

static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    struct cw_arena arena;
    struct cw_entities entities = {0};
    cw_arena_init(&arena, 1);
    assert_false(cw_entities_add(&entities, &arena, CW_ENTITY_SERVICE, CW_STR("AmdK8")));
    assert_false(cw_entities_add(&entities, &arena, CW_ENTITY_REGISTRY_KEY,
                                 CW_STR("HKEY_LOCAL_MACHINE\\x")));
    assert_entities(&entities, "");
    cw_arena_done(&arena);
}

static void operations_and_properties_say_what_their_value_is(void **state)
{
    (void)state;
    enum cw_entity entity = CW_ENTITY_KB;
    assert_true(cw_entity_of_operation(CW_STR("Add Service"), &entity));
    assert_int_equal(entity, CW_ENTITY_SERVICE);
    assert_true(cw_entity_of_operation(CW_STR("Reflect Driver Package"), &entity));
    assert_int_equal(entity, CW_ENTITY_INF);
    assert_true(cw_entity_of_operation(CW_STR("Reflect Driver"), &entity));
    assert_int_equal(entity, CW_ENTITY_DRIVER);
    assert_false(cw_entity_of_operation(CW_STR("add service"), &entity));
    assert_true(cw_entity_of_property(CW_STR("Hardware Id"), &entity));
    assert_int_equal(entity, CW_ENTITY_DEVICE);
    assert_false(cw_entity_of_property(CW_STR("Manufacturer"), &entity));
    assert_int_equal(entity, CW_ENTITY_DEVICE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_kinds_go_both_ways),
        cmocka_unit_test(a_kb_is_six_or_seven_digits_in_a_package),
        cmocka_unit_test(values_are_brought_into_the_form_people_search_for),
        cmocka_unit_test(a_value_is_kept_once_in_the_case_it_came_in_first),
        cmocka_unit_test(values_beyond_the_limit_are_left_out_and_no_failure),
        cmocka_unit_test(the_kept_copy_outlives_what_it_was_made_from),
        cmocka_unit_test(memory_that_runs_out_is_told),
        cmocka_unit_test(operations_and_properties_say_what_their_value_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
