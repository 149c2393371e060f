#include "support/test.h"

#include <stdio.h>

#include "base/embedded.h"
#include "base/os.h"

extern const struct cw_embedded_file cw_rules_embedded[];
extern const size_t cw_rules_embedded_count;
extern const struct cw_embedded_file cw_codes_embedded[];
extern const size_t cw_codes_embedded_count;

struct pack {
    const struct cw_embedded_file *files;
    size_t count;
    const char *folder;
};

static const char sources[] = CW_FIXTURES "/../src/";

/* Every file of the pack stands in the source tree with the same bytes. */
static void assert_same_bytes(const struct cw_embedded_file *file, const char *folder)
{
    char path[1024];
    struct cw_arena arena = {0};
    struct cw_str bytes = CW_STR_NONE;
    struct cw_error error = {0};
    int used = snprintf(path, sizeof(path), "%s%s/%s", sources, folder, file->name);
    assert_in_range(used, 1, sizeof(path) - 1);
    if (cw_os_read_file(path, SIZE_MAX - 1, &arena, &bytes, &error) != CW_OK)
        fail_msg("%s", error.text);
    assert_int_equal(file->size, bytes.len);
    assert_memory_equal(file->data, bytes.ptr, bytes.len);
    assert_int_equal(file->data[file->size], 0);
    cw_arena_done(&arena);
}

static void assert_pack(struct pack pack)
{
    assert_true(pack.count > 1);
    for (size_t i = 0; i < pack.count; i++) {
        assert_same_bytes(&pack.files[i], pack.folder);
        if (i > 0)
            assert_true(strcmp(pack.files[i - 1].name, pack.files[i].name) < 0);
    }
}

static void embedded_files_are_the_files_byte_for_byte(void **state)
{
    (void)state;
    assert_pack((struct pack){cw_rules_embedded, cw_rules_embedded_count, "rules"});
    assert_pack((struct pack){cw_codes_embedded, cw_codes_embedded_count, "codes"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embedded_files_are_the_files_byte_for_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
