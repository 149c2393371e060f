#include "support/test.h"

#include "logs/event_text.h"

#define GBK "\xB4\xA6\xC0\xED\xC6\xF7"
#define UTF8 "\xE5\xA4\x84\xE7\x90\x86\xE5\x99\xA8"

static struct cw_codepage *new_page(void)
{
    struct cw_codepage *page = NULL;
    assert_int_equal(cw_codepage_new(CW_ENCODING_UNKNOWN, &page), CW_OK);
    return page;
}

static void all_strings_of_an_event_become_utf8(void **state)
{
    const struct cw_operation operations[] = {
        {.name = CW_STR("Reflect Driver"), .argument = CW_STR(GBK), .line = 7},
        {.name = CW_STR("Add Service"), .argument = CW_STR("AmdK8"), .line = 8},
    };
    struct cw_event event = {
        .text = CW_STR("Display Name = " GBK),
        .name = CW_STR("Display Name"),
        .value = CW_STR(GBK),
        .scope = {.title = CW_STR("Install " GBK),
                  .instance = CW_STR(GBK),
                  .operations = operations,
                  .depth = 2},
    };
    struct cw_codepage *page = new_page();
    struct cw_arena arena = {0};
    (void)state;
    assert_true(cw_event_convert(page, &arena, &event));
    assert_str(event.text, "Display Name = " UTF8);
    assert_str(event.name, "Display Name");
    assert_str(event.value, UTF8);
    assert_str(event.scope.title, "Install " UTF8);
    assert_str(event.scope.instance, UTF8);
    assert_str(event.scope.operations[0].argument, UTF8);
    assert_int_equal(event.scope.operations[0].line, 7);
    assert_str(event.scope.operations[1].argument, "AmdK8");
    /* The parser's own operations are lent, not ours. */
    assert_str(operations[0].argument, GBK);
    cw_arena_done(&arena);
    cw_codepage_free(page);
}

static void an_event_in_ascii_costs_no_memory(void **state)
{
    const struct cw_operation operation = {.name = CW_STR("Add Service"),
                                           .argument = CW_STR("AmdK8")};
    struct cw_event event = {.text = CW_STR("plain"),
                             .scope = {.operations = &operation, .depth = 1}};
    struct cw_codepage *page = new_page();
    struct cw_arena arena = {0};
    (void)state;
    assert_true(cw_event_convert(page, &arena, &event));
    assert_str(event.text, "plain");
    assert_ptr_equal(event.scope.operations, &operation);
    assert_int_equal(arena.used, 0);
    cw_arena_done(&arena);
    cw_codepage_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_strings_of_an_event_become_utf8),
        cmocka_unit_test(an_event_in_ascii_costs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
