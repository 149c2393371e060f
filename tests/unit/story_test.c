/* What a picture and a tree are told of an incident. */
#include "support/test.h"

#include <stdio.h>

#include "support/diagnosing.h"
#include "support/stories.h"

#define CBS_FAILURE                                                                                \
    UPDATE_ROLLED_BACK("2021-05-06", "2021-05-07", "31001_11", PACKAGE("KB5001111"), "cpu.inf",    \
                       "5", "0x80070005")
#define SECTION                                                                                    \
    DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",   \
                                   "ContosoPm", "0x00000005", "07:00:19.900")

/* "servicing session 31001_11; setup section! Install Driver Updates": "!" marks what failed. */
static void put_spans(const struct cw_story *story, struct cw_buf *buf)
{
    static const char *const kinds[] = {"session", "startup", "operation", "section"};
    for (size_t i = 0; i < story->span_count; i++) {
        const struct cw_span *span = &story->spans[i];
        assert_true(span->first <= span->last && span->first != CW_TIME_NONE);
        assert_true(cw_buf_printf(buf, "%s%s%s %.*s", i ? "; " : "", kinds[span->kind],
                                  span->failed ? "!" : "", CW_STR_ARG(span->label)));
    }
}

static void assert_spans(const struct diagnosed *diagnosed, const char *expected)
{
    struct cw_buf buf;
    cw_buf_init(&buf, 4096);
    put_spans(&diagnosed->report->findings[0].story, &buf);
    assert_str(cw_buf_str(&buf), expected);
    cw_buf_done(&buf);
}

static void a_run_and_its_section_tell_one_story(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, CBS_FAILURE, SECTION);
    const struct cw_story *story = &diagnosed.report->findings[0].story;
    assert_spans(&diagnosed, "session 31001_11; startup! ; operation! cpu.inf; "
                             "section! Install Driver Updates");
    assert_true(story->spans[0].last <= story->spans[1].first);
    assert_int_equal(story->mark_count, 2);
    assert_int_equal(story->marks[0].kind, CW_STORY_ROLLBACK);
    assert_int_equal(story->marks[1].kind, CW_STORY_FAILURE);
    free_diagnosed(&diagnosed);
}

static void each_log_tells_its_part_alone(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, NULL, SECTION);
    assert_spans(&diagnosed, "section! Install Driver Updates");
    free_diagnosed(&diagnosed);
    diagnosed = diagnose(*state, CBS_FAILURE, NULL);
    assert_spans(&diagnosed, "session 31001_11; startup! ; operation! cpu.inf");
    assert_int_equal(diagnosed.report->findings[0].tree.node_count, 0);
    free_diagnosed(&diagnosed);
}

/* CBS.log has seconds only: the rollback at 07:00:21 may lie behind 07:00:21.900. */
static void within_a_second_the_failure_comes_first(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state, CBS_FAILURE,
        DEVICE_LOG DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",
                                       "ContosoPm", "0x00000005", "07:00:21.900"));
    const struct cw_story *story = &diagnosed.report->findings[0].story;
    assert_int_equal(story->mark_count, 2);
    assert_true(story->marks[1].time == story->marks[0].time);
    assert_true(story->spans[3].last > story->marks[0].time);
    free_diagnosed(&diagnosed);
}

static void the_tree_leads_to_the_line_that_failed(void **state)
{
    struct diagnosed diagnosed = diagnose(*state, NULL, SECTION);
    const struct cw_section_tree *tree = &diagnosed.report->findings[0].tree;
    assert_str(tree->title, "Install Driver Updates");
    assert_true(tree->node_count >= 4);
    for (size_t i = 0; i < tree->node_count; i++) {
        assert_in_range(tree->nodes[i].line, tree->first_line, tree->last_line);
        if (!tree->nodes[i].is_line)
            assert_in_range(tree->nodes[i].exit_line, tree->nodes[i].line, tree->last_line);
    }
    assert_str(tree->nodes[0].name, "Reflect Driver Package");
    assert_str(tree->nodes[2].name, "Add Service");
    assert_str(tree->nodes[2].argument, "ContosoPm");
    assert_int_equal(tree->nodes[2].code, 0x80070005);
    assert_true(tree->nodes[3].is_line);
    assert_int_equal(tree->nodes[3].depth, 3);
    free_diagnosed(&diagnosed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_and_its_section_tell_one_story),
        cmocka_unit_test(each_log_tells_its_part_alone),
        cmocka_unit_test(within_a_second_the_failure_comes_first),
        cmocka_unit_test(the_tree_leads_to_the_line_that_failed),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
