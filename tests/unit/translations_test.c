/* The texts of the built-in pack, in every language that it is shipped in. */
#include "support/test.h"

#include <stdlib.h>

#include <cjson/cJSON.h>

#include "base/embedded.h"
#include "base/str.h"

extern const struct cw_embedded_file cw_rules_embedded[];
extern const size_t cw_rules_embedded_count;

/* "${service}" and what follows it; empty when there is none. */
static struct cw_str next_template(struct cw_str text)
{
    size_t at = cw_str_find(text, CW_STR("${"));
    return at == SIZE_MAX ? CW_STR_NONE : cw_str_from(text, at);
}

static bool has_every_template_of(const char *text, const char *other)
{
    struct cw_str rest = next_template(cw_str_c(other));
    for (; rest.len; rest = next_template(cw_str_from(rest, 2))) {
        size_t end = cw_str_find(rest, CW_STR("}"));
        if (end == SIZE_MAX || cw_str_find(cw_str_c(text), cw_str_head(rest, end + 1)) == SIZE_MAX)
            return false;
    }
    return true;
}

/* The characters of U+4000 to U+9FFF are three bytes in UTF-8, the first of them E4 to E9. */
static bool is_chinese(const char *at)
{
    unsigned char byte = (unsigned char)*at;
    return byte >= 0xe4 && byte <= 0xe9 && at[1] && at[2];
}

/* Has Chinese characters, with the punctuation that belongs to them: U+FF0C and not a comma. */
static const char *problem_of_chinese(const char *text)
{
    bool found = false;
    for (; *text; text++) {
        if (!is_chinese(text))
            continue;
        found = true;
        text += 2;
        if (text[1] && strchr(",;:?!()", text[1]))
            return "ASCII punctuation after a Chinese character";
    }
    return found ? NULL : "zh-CN is not Chinese";
}

static const char *problem_of(const char *english, const char *chinese)
{
    if (!chinese)
        return "no zh-CN";
    if (!has_every_template_of(chinese, english) || !has_every_template_of(english, chinese))
        return "other ${templates} in zh-CN";
    return problem_of_chinese(chinese);
}

/* Counts the texts at and below `item`, and fails at one that is not translated. */
static size_t check_texts(const char *file, const cJSON *item)
{
    const char *english = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "en"));
    if (english) {
        const char *chinese = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "zh-CN"));
        const char *problem = problem_of(english, chinese);
        if (problem)
            fail_msg("%s: %s: %s", file, problem, english);
        return 1;
    }
    size_t count = 0;
    for (const cJSON *child = item->child; child; child = child->next)
        count += check_texts(file, child);
    return count;
}

static void every_text_of_the_pack_is_translated(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < cw_rules_embedded_count; i++) {
        const struct cw_embedded_file *file = &cw_rules_embedded[i];
        cJSON *root = cJSON_ParseWithLength((const char *)file->data, file->size);
        assert_non_null(root);
        count += check_texts(file->name, root);
        cJSON_Delete(root);
    }
    assert_true(count > 250);
}

static void a_bad_translation_is_found(void **state)
{
    (void)state;
    assert_null(problem_of("Service ${service} is gone", "服务 ${service} 不存在"));
    assert_null(problem_of("Restart.", "重启。"));
    assert_null(problem_of("Restart, then install.", "重启\uff0c再安装。"));
    assert_non_null(problem_of("Restart, then install.", "重启,再安装。"));
    assert_non_null(problem_of("Restart.", NULL));
    assert_non_null(problem_of("Restart.", "Restart."));
    assert_non_null(problem_of("Service ${service} is gone", "服务不存在"));
    assert_non_null(problem_of("A service is gone", "服务 ${service} 不存在"));
    assert_non_null(problem_of("Service ${service} is gone", "服务 ${inf} 不存在"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_the_pack_is_translated),
        cmocka_unit_test(a_bad_translation_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
