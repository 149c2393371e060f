#include "support/test.h"

#include <stdio.h>

#include "base/os.h"
#include "report/in_language.h"
#include "report/say.h"
#include "support/diagnosing.h"
#include "support/sample_report.h"

/* The phrases that the sources of the layer mark, one after the other. */
struct phrases {
    struct cw_strings found;
    struct cw_arena arena;
};

/* The string literal at the start of `rest`, which may be several in a row, without its escapes of
 * backslash and quote; what follows it is left in `rest`. */
static void take_literal(struct cw_str *rest, struct cw_buf *ret_text)
{
    *rest = cw_str_trim(*rest);
    while (rest->len && rest->ptr[0] == '"') {
        size_t at = 1;
        for (; rest->ptr[at] != '"'; at++) {
            at += rest->ptr[at] == '\\';
            assert_true(at + 1 < rest->len && cw_buf_char(ret_text, rest->ptr[at]));
        }
        *rest = cw_str_trim(cw_str_from(*rest, at + 1));
    }
}

static void collect(struct phrases *phrases, struct cw_str source, struct cw_str mark)
{
    for (size_t at; (at = cw_str_find(source, mark)) != SIZE_MAX;) {
        struct cw_buf text;
        cw_buf_init(&text, 4096);
        source = cw_str_from(source, at + mark.len);
        take_literal(&source, &text);
        assert_true(cw_str_starts(source, CW_STR(")")));
        void *items = phrases->found.items;
        struct cw_str copy;
        assert_true(cw_arena_str(&phrases->arena, cw_buf_str(&text), &copy));
        assert_true(cw_arena_grow(&phrases->arena, &items, &phrases->found.cap,
                                  phrases->found.count, sizeof(copy), 10000));
        phrases->found.items = items;
        if (copy.len)
            phrases->found.items[phrases->found.count++] = copy;
        cw_buf_done(&text);
    }
}

static void collect_layer(struct phrases *phrases)
{
    static const char folder[] = CW_FIXTURES "/../src/report";
    struct cw_str *names = NULL;
    size_t count = 0;
    *phrases = (struct phrases){0};
    assert_int_equal(cw_os_list_folder(folder, &phrases->arena, &names, &count, NULL), CW_OK);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        if (!cw_str_ends(names[i], CW_STR(".c")))
            continue;
        (void)snprintf(path, sizeof(path), "../src/report/%.*s", CW_STR_ARG(names[i]));
        struct cw_buf source = read_fixture_file(path);
        collect(phrases, cw_buf_str(&source), CW_STR("CW_SAY("));
        collect(phrases, cw_buf_str(&source), CW_STR("CW_PHRASE("));
        cw_buf_done(&source);
    }
}

static bool is_in_table(struct cw_str english)
{
    for (size_t i = 0; i < cw_phrases.count; i++) {
        if (cw_str_eq(cw_str_c(cw_phrases.rows[i].english), english))
            return true;
    }
    return false;
}

static bool is_said(const struct phrases *phrases, const char *english)
{
    for (size_t i = 0; i < phrases->found.count; i++) {
        if (cw_str_eq(phrases->found.items[i], cw_str_c(english)))
            return true;
    }
    return false;
}

static void every_phrase_has_its_translation_and_every_translation_its_phrase(void **state)
{
    struct phrases phrases;
    bool good = true;
    (void)state;
    collect_layer(&phrases);
    assert_true(phrases.found.count > 100);
    for (size_t i = 0; i < phrases.found.count; i++) {
        if (!is_in_table(phrases.found.items[i]))
            print_error("not in phrase_table.c: \"%s\"\n", phrases.found.items[i].ptr);
        good &= is_in_table(phrases.found.items[i]);
    }
    for (size_t i = 0; i < cw_phrases.count; i++) {
        if (!is_said(&phrases, cw_phrases.rows[i].english))
            print_error("nobody says: \"%s\"\n", cw_phrases.rows[i].english);
        good &= is_said(&phrases, cw_phrases.rows[i].english);
    }
    cw_arena_done(&phrases.arena);
    assert_true(good);
}

/* Which of "%1" to "%9" stand in the text, as bits. */
static unsigned values_in(const char *text)
{
    unsigned values = 0;
    for (; *text; text++) {
        if (text[0] == '%' && text[1] >= '1' && text[1] <= '9')
            values |= 1U << (text[1] - '0');
    }
    return values;
}

static void check_table(const struct cw_phrase_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct cw_phrase_row *row = &table->rows[i];
        if (!*row->chinese || values_in(row->english) != values_in(row->chinese))
            fail_msg("\"%s\" and \"%s\" do not match", row->english, row->chinese);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(row->english, table->rows[k].english) == 0)
                fail_msg("twice: \"%s\"", row->english);
        }
    }
}

static void both_languages_hold_the_same_values(void **state)
{
    (void)state;
    check_table(&cw_phrases);
    check_table(&cw_sentences);
}

static void what_is_not_known_stays_english(void **state)
{
    struct cw_buf buf;
    (void)state;
    cw_buf_init(&buf, 100);
    assert_str(cw_phrase_text(CW_LANGUAGE_ZH_CN, (struct cw_phrase){"zebra"}), "zebra");
    cw_say_with(&buf, CW_LANGUAGE_ZH_CN, (struct cw_phrase){"%2 of %1"},
                CW_VALUES(CW_STR("a%2"), CW_STR("b")));
    assert_str(cw_buf_str(&buf), "b of a%2");
    cw_buf_done(&buf);
}

static void sentences_of_earlier_layers_are_taken_apart(void **state)
{
    static const struct {
        const char *english, *chinese;
    } cases[] = {
        {"zebra", "zebra"},
        {"", ""},
        {"the section ends", "该段到此结束"},
        {"operations that ended with this code: A, B; read from a damaged excerpt",
         "以此错误代码结束的操作：A, B；取自受损的摘录"},
        {"Driver installation failed: ", "驱动程序安装 失败："},
        {"KB1 rolled back with 0x80070005: ", "KB1 已回滚，错误 0x80070005："},
        {"The servicing run failed with 0x80070005 in: driver operation 3 (phase 2) for a.inf; no "
         "rule knows why",
         "更新安装失败，错误 0x80070005，位置：驱动程序操作 3（阶段 "
         "2），a.inf；没有规则能说明原因"},
        /* A quoted line that looks like a sentence of ours is a quoted line. */
        {"The servicing run failed in: x rolled back: ; no rule knows why",
         "更新安装失败，位置：x rolled back: ；没有规则能说明原因"},
    };
    struct cw_arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct cw_str text;
        assert_true(cw_translate(CW_LANGUAGE_ZH_CN, cw_str_c(cases[i].english), &arena, &text));
        assert_str(text, cases[i].chinese);
        assert_true(cw_translate(CW_LANGUAGE_EN, cw_str_c(cases[i].english), &arena, &text));
        assert_str(text, cases[i].english);
    }
    cw_arena_done(&arena);
}

static void a_report_keeps_what_has_no_translation(void **state)
{
    struct sample *sample = *state;
    struct cw_arena arena = {0};
    struct cw_report report;
    struct cw_action action = {.text = CW_STR("看看")};
    sample->findings[0].chinese = (struct cw_wording){.title = CW_STR("标题")};
    sample->findings[1].chinese.actions = &action;
    sample->findings[1].actions = &sample->actions[0];
    sample->findings[1].action_count = 1;
    sample->report.summary = CW_STR("Undecided: KB1 failed: ...");
    sample->findings[0].title = CW_STR("...");
    sample->report.not_read[0].reason = CW_STR("it is encrypted");
    assert_true(cw_report_in_language(&sample->report, CW_LANGUAGE_ZH_CN, &arena, &report));
    assert_str(report.summary, "尚无定论：KB1 失败：标题");
    assert_str(report.findings[0].title, "标题");
    assert_str(report.findings[0].chain[0].text, "Failed to set Image Path. Error = 0x00000005");
    assert_str(report.findings[0].explanation, sample->findings[0].explanation.ptr);
    assert_str(report.findings[1].actions[0].text, "看看");
    assert_str(report.findings[1].actions[0].kind, "check");
    assert_str(report.not_read[0].reason, "已加密");
    assert_str(sample->findings[0].title, "...");
    cw_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phrase_has_its_translation_and_every_translation_its_phrase),
        cmocka_unit_test(both_languages_hold_the_same_values),
        cmocka_unit_test(what_is_not_known_stays_english),
        cmocka_unit_test(sentences_of_earlier_layers_are_taken_apart),
        cmocka_unit_test_setup_teardown(a_report_keeps_what_has_no_translation, sample_set_up,
                                        sample_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
