#include "support/test.h"

#include <stdlib.h>

#include "input/archive_head.h"
#include "input/unpack.h"
#include "support/packing.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A source that is read once, as a pipe is. */
struct once {
    struct cw_str left;
};

static int64_t once_read(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct once *once = context;
    size_t count = once->left.len < size ? once->left.len : size;
    (void)error;
    if (count)
        memcpy(bytes, once->left.ptr, count);
    once->left = cw_str_from(once->left, count);
    return (int64_t)count;
}

static const struct cw_source_kind once_kind = {.read = once_read};

/* --- what came out, as text ---------------------------------------------------------------- */

enum { SHOWN = 40, TEXT_MOST = 64 * 1024 };

/* "path=bytes;", of long ones the first few and the count. */
static int on_member(void *context, struct cw_source *source, const struct cw_member_place *place,
                     struct cw_error *error)
{
    struct cw_buf *text = context;
    struct cw_error reason = {0};
    char bytes[4096];
    uint64_t size = 0;
    int64_t got;
    (void)error;
    assert_true(place->depth > 0);
    cw_buf_printf(text, "%s=", cw_source_name(source));
    while ((got = cw_source_read(source, bytes, sizeof(bytes), &reason)) > 0) {
        if (size == 0)
            cw_buf_append(text, cw_str_head((struct cw_str){bytes, (size_t)got}, SHOWN));
        size += (uint64_t)got;
    }
    if (size > SHOWN)
        cw_buf_printf(text, "...%d", (int)size);
    if (got < 0)
        cw_buf_printf(text, " failed: %s", reason.text);
    return cw_buf_char(text, ';') ? CW_OK : CW_ERR_NOMEM;
}

static int on_not_read(void *context, const char *path, const char *reason, struct cw_error *error)
{
    (void)error;
    cw_buf_printf(context, "%s: %s;", path, reason);
    return CW_OK;
}

static int on_outside(void *context, const char *path, struct cw_error *error)
{
    (void)error;
    cw_buf_printf(context, "outside %s;", path);
    return CW_OK;
}

static struct cw_buf unpack_source(struct cw_source *source, struct cw_archive_budget budget)
{
    struct cw_buf text;
    cw_buf_init(&text, TEXT_MOST);
    struct cw_unpack_sink sink = {on_member, on_not_read, on_outside, &text};
    assert_int_equal(cw_unpack(source, budget, &sink, NULL), CW_OK);
    cw_source_close(source);
    return text;
}

static struct cw_buf unpack_memory(struct cw_str archive, struct cw_archive_budget budget)
{
    struct cw_source *source = NULL;
    assert_int_equal(cw_source_memory("a", archive, 1000, &source, NULL), CW_OK);
    return unpack_source(source, budget);
}

static struct cw_buf unpack_pipe(struct cw_str archive)
{
    struct cw_source *source = NULL;
    struct once once = {archive};
    assert_int_equal(cw_source_custom("a", &once_kind, &once, &source, NULL), CW_OK);
    return unpack_source(source, cw_archive_budget());
}

/* The expected text may end in "*": what follows is libarchive's own words. */
static void assert_text(struct cw_buf *text, const char *expected)
{
    size_t len = strlen(expected);
    if (len && expected[len - 1] == '*' && text->len >= len - 1) {
        text->len = len;
        text->data[len - 1] = '*';
    }
    assert_str(cw_buf_str(text), expected);
    cw_buf_done(text);
}

static void assert_unpacked(struct cw_str archive, const char *expected)
{
    struct cw_buf text = unpack_memory(archive, cw_archive_budget());
    assert_text(&text, expected);
}

static void assert_zip_unpacked(const struct packed_file *files, size_t count, const char *expected)
{
    struct cw_buf archive = zip(files, count);
    assert_unpacked(cw_buf_str(&archive), expected);
    cw_buf_done(&archive);
}

#define HELLO                                                                                      \
    {                                                                                              \
        "hello", 5                                                                                 \
    }
#define WORLD                                                                                      \
    {                                                                                              \
        "the world", 9                                                                             \
    }

/* --- formats ------------------------------------------------------------------------------- */

static const struct packing packings[] = {
    {.format = "zip"},
    {.format = "zip", .options = "zip:compression=store"},
    {.format = "7zip"},
    {.format = "gnutar"},
    {.format = "pax"},
    {.format = "gnutar", .filter = "gzip"},
    {.format = "gnutar", .filter = "bzip2"},
    {.format = "gnutar", .filter = "xz"},
    {.format = "gnutar", .filter = "zstd"},
    {.format = "zip", .filter = "gzip"},
};

static void every_format_gives_its_members_from_a_file_and_from_a_pipe(void **state)
{
    static const struct packed_file files[] = {{"CBS/CBS.log", HELLO}, {"setupapi.dev.log", WORLD}};
    (void)state;
    for (size_t i = 0; i < COUNT(packings); i++) {
        struct cw_buf archive = pack(&packings[i], files, COUNT(files));
        const char expected[] = "a/CBS/CBS.log=hello;a/setupapi.dev.log=the world;";
        assert_unpacked(cw_buf_str(&archive), expected);
        struct cw_buf text = unpack_pipe(cw_buf_str(&archive));
        assert_text(&text, expected);
        cw_buf_done(&archive);
    }
}

static void a_file_packed_alone_has_the_name_it_had(void **state)
{
    static const struct {
        const char *filter, *archive, *expected;
    } cases[] = {
        {"gzip", "/logs/CBS.log.gz", "/logs/CBS.log.gz/CBS.log=hello;"},
        {"xz", "CBS.log.xz", "CBS.log.xz/CBS.log=hello;"},
        {"zstd", "packed", "packed/content=hello;"},
        {"bzip2", "a.d/.bz2", "a.d/.bz2/content=hello;"},
    };
    static const struct packed_file file = {"ignored", HELLO};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct packing packing = {.format = "raw", .filter = cases[i].filter};
        struct cw_buf archive = pack(&packing, &file, 1);
        struct cw_source *source = NULL;
        assert_int_equal(cw_source_memory(cases[i].archive, cw_buf_str(&archive), 0, &source, NULL),
                         CW_OK);
        struct cw_buf text = unpack_source(source, cw_archive_budget());
        assert_text(&text, cases[i].expected);
        cw_buf_done(&archive);
    }
}

static void text_is_no_archive(void **state)
{
    static const char *const heads[] = {"", "P", "PK", "MSCF of 2021", "2021-05-06, Info", "7z"};
    (void)state;
    for (size_t i = 0; i < COUNT(heads); i++)
        assert_int_equal(cw_archive_nature(cw_str_c(heads[i])), CW_ARCHIVE_NONE);
    assert_unpacked(CW_STR("no archive"), "a: it is no archive;");
}

/* --- archives in archives ------------------------------------------------------------------ */

/* The file in `depth` zips. */
static struct cw_buf nest(unsigned depth)
{
    static const struct packed_file file = {"x.log", HELLO};
    struct cw_buf archive = zip(&file, 1);
    for (unsigned i = 1; i < depth; i++) {
        struct packed_file inner = {"i.zip", cw_buf_str(&archive)};
        struct cw_buf outer = zip(&inner, 1);
        cw_buf_done(&archive);
        archive = outer;
    }
    return archive;
}

static void archives_in_archives_are_opened_to_the_limit(void **state)
{
    static const char *const expected[] = {
        "a/x.log=hello;",
        "a/i.zip/x.log=hello;",
        "a/i.zip/i.zip/x.log=hello;",
        "a/i.zip/i.zip/i.zip/x.log=hello;",
        "a/i.zip/i.zip/i.zip/i.zip: it is an archive that lies in too many others;",
    };
    (void)state;
    for (unsigned depth = 1; depth <= COUNT(expected); depth++) {
        struct cw_buf archive = nest(depth);
        assert_unpacked(cw_buf_str(&archive), expected[depth - 1]);
        cw_buf_done(&archive);
    }
}

static void a_7z_in_a_zip_is_held_in_memory_to_the_limit(void **state)
{
    static const struct packed_file file = {"x.log", HELLO};
    static const struct packing seven = {.format = "7zip"};
    (void)state;
    struct cw_buf inner = pack(&seven, &file, 1);
    struct packed_file files[] = {{"i.7z", cw_buf_str(&inner)}, {"j.7z", cw_buf_str(&inner)}};
    struct cw_buf archive = zip(files, COUNT(files));
    struct cw_archive_budget budget = cw_archive_budget();
    budget.held = inner.len;
    struct cw_buf text = unpack_memory(cw_buf_str(&archive), budget);
    assert_text(&text, "a/i.7z/x.log=hello;a/j.7z/x.log=hello;");
    budget.held = inner.len - 1;
    text = unpack_memory(cw_buf_str(&archive), budget);
    assert_text(&text, "a/i.7z: a 7z file that comes out of a pipe or another archive *");
    cw_buf_done(&archive);
    cw_buf_done(&inner);
}

/* --- names --------------------------------------------------------------------------------- */

static void names_that_lead_outside_are_told_and_kept_as_text(void **state)
{
    static const struct {
        const char *name, *expected;
    } cases[] = {
        {"../evil.log", "outside a/../evil.log;a/../evil.log=hello;"},
        {"CBS/../../evil.log", "outside a/CBS/../../evil.log;a/CBS/../../evil.log=hello;"},
        {"/etc/evil.log", "outside a//etc/evil.log;a//etc/evil.log=hello;"},
        {"C:/Windows/CBS.log", "outside a/C:/Windows/CBS.log;a/C:/Windows/CBS.log=hello;"},
        {"CBS\\CBS.log", "a/CBS/CBS.log=hello;"},
        {"./CBS..log", "a/CBS..log=hello;"},
        {"..CBS/...", "a/..CBS/...=hello;"},
    };
    static const struct packing tar = {.format = "gnutar"};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct packed_file file = {cases[i].name, HELLO};
        struct cw_buf archive = pack(&tar, &file, 1);
        assert_unpacked(cw_buf_str(&archive), cases[i].expected);
        cw_buf_done(&archive);
    }
}

static void a_name_that_is_too_long_is_cut(void **state)
{
    static char name[CW_LIMIT_MEMBER_NAME + 100];
    static const struct packing tar = {.format = "pax"};
    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    struct packed_file file = {name, HELLO};
    struct cw_buf archive = pack(&tar, &file, 1);
    struct cw_buf text = unpack_memory(cw_buf_str(&archive), cw_archive_budget());
    assert_int_equal(text.len, CW_LIMIT_MEMBER_NAME + strlen("a/=hello;"));
    cw_buf_done(&text);
    cw_buf_done(&archive);
}

/* --- what is wrong with archives ----------------------------------------------------------- */

static void an_encrypted_member_is_named_and_the_rest_is_read(void **state)
{
    static const struct packed_file files[] = {{"CBS.log", HELLO}, {"empty.log", {"", 0}}};
    static const struct packing locked = {
        .format = "zip", .options = "zip:encryption=traditional", .password = "not known"};
    (void)state;
    struct cw_buf inner = pack(&locked, files, COUNT(files));
    assert_unpacked(cw_buf_str(&inner), "a/CBS.log: it is encrypted;a/empty.log=;");
    struct packed_file outer[] = {{"locked.zip", cw_buf_str(&inner)}, {"after.log", WORLD}};
    assert_zip_unpacked(outer, COUNT(outer),
                        "a/locked.zip/CBS.log: it is encrypted;a/locked.zip: what follows an "
                        "encrypted member can not be found;a/after.log=the world;");
    cw_buf_done(&inner);
}

/* Letters that compress to half, so that what is damaged lies in the data. */
static void fill_with_noise(char *bytes, size_t size)
{
    uint32_t seed = 1;
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (char)('a' + (seed >> 28));
    }
}

static void a_damaged_member_does_not_hide_the_others(void **state)
{
    static char noise[2000];
    struct packed_file files[] = {
        {"0.log", HELLO}, {"1.log", {noise, sizeof(noise)}}, {"2.log", WORLD}};
    (void)state;
    fill_with_noise(noise, sizeof(noise));
    struct cw_buf archive = zip(files, COUNT(files));
    /* Behind the name and what follows it in the header. */
    size_t at = cw_str_find(cw_buf_str(&archive), CW_STR("1.log"));
    memset(archive.data + at + 100, 0xFF, 100);
    struct cw_buf text = unpack_memory(cw_buf_str(&archive), cw_archive_budget());
    if (!cw_str_starts(cw_buf_str(&text), CW_STR("a/0.log=hello;a/1.log")) ||
        !strstr(text.data, ": it is damaged: "))
        fail_msg("%s", text.data);
    assert_true(cw_str_ends(cw_buf_str(&text), CW_STR(";a/2.log=the world;")));
    cw_buf_done(&text);
    cw_buf_done(&archive);
}

/* It can be unpacked to its end, and the sum is another one. */
static void a_member_with_a_wrong_sum_is_read_and_named(void **state)
{
    static const struct packing stored = {.format = "zip", .options = "zip:compression=store"};
    static char noise[3000];
    struct packed_file files[] = {{"1.log", {noise, sizeof(noise)}}, {"2.log", WORLD}};
    (void)state;
    fill_with_noise(noise, sizeof(noise));
    struct cw_buf archive = pack(&stored, files, COUNT(files));
    archive.data[sizeof(noise) / 2] = '!';
    struct cw_buf text = unpack_memory(cw_buf_str(&archive), cw_archive_budget());
    if (!strstr(text.data, "...3000 failed: it is damaged: ZIP bad CRC"))
        fail_msg("%s", text.data);
    assert_true(cw_str_ends(cw_buf_str(&text), CW_STR(";a/2.log=the world;")));
    cw_buf_done(&text);
    cw_buf_done(&archive);
}

/* Every archive, cut anywhere: it ends, and what was whole is read. */
static void an_archive_that_is_cut_gives_what_it_has(void **state)
{
    static char noise[3000];
    struct packed_file files[] = {{"0.log", HELLO}, {"1.log", {noise, sizeof(noise)}}};
    (void)state;
    fill_with_noise(noise, sizeof(noise));
    for (size_t i = 0; i < COUNT(packings); i++) {
        struct cw_buf archive = pack(&packings[i], files, COUNT(files));
        for (size_t len = 0; len < archive.len; len += 97) {
            struct cw_str cut = cw_str_head(cw_buf_str(&archive), len);
            struct cw_buf text = unpack_memory(cut, cw_archive_budget());
            assert_true(text.len > 0);
            cw_buf_done(&text);
        }
        cw_buf_done(&archive);
    }
    struct cw_buf archive = zip(files, COUNT(files));
    assert_unpacked(cw_str_head(cw_buf_str(&archive), archive.len / 2), "a/0.log=hello;a/1.log=*");
    cw_buf_done(&archive);
}

static void a_packed_file_that_is_cut_is_named_once(void **state)
{
    static char noise[300000];
    const struct packed_file file = {"ignored", {noise, sizeof(noise)}};
    const struct packing packing = {.format = "raw", .filter = "gzip"};
    (void)state;
    fill_with_noise(noise, sizeof(noise));
    struct cw_buf archive = pack(&packing, &file, 1);
    struct cw_str cut = cw_str_head(cw_buf_str(&archive), archive.len - 100);
    struct cw_buf text = unpack_memory(cut, cw_archive_budget());
    if (!cw_str_starts(cw_buf_str(&text), CW_STR("a/content=")) ||
        !cw_str_ends(cw_buf_str(&text), CW_STR(" failed: it is damaged: truncated gzip input;")))
        fail_msg("%s", text.data);
    assert_int_equal(cw_str_find_char(cw_buf_str(&text), ';'), text.len - 1);
    cw_buf_done(&text);
    cw_buf_done(&archive);
}

/* --- limits -------------------------------------------------------------------------------- */

static void a_bomb_is_stopped_and_the_rest_is_read(void **state)
{
    size_t size = (size_t)300 * 1000 * 1000;
    char *zeros = calloc(size, 1);
    assert_non_null(zeros);
    struct packed_file files[] = {{"bomb.log", {zeros, size}}, {"CBS.log", HELLO}};
    (void)state;
    struct cw_buf archive = zip(files, COUNT(files));
    free(zeros);
    struct cw_buf text = unpack_memory(cw_buf_str(&archive), cw_archive_budget());
    struct cw_str expected = CW_STR(" failed: it expands to more than 500 times its size, as no "
                                    "log does; its rest was not read;a/CBS.log=hello;");
    if (!cw_str_ends(cw_buf_str(&text), expected))
        fail_msg("%s", text.data);
    cw_buf_done(&text);
    cw_buf_done(&archive);
}

static void the_limits_of_a_file_are_counted_over_all_that_lies_in_it(void **state)
{
    static const struct {
        struct cw_archive_budget budget;
        const char *expected;
    } cases[] = {
        {{.members = 4, .bytes = 5000, .ratio = 500, .ratio_free = 5000},
         "a/i.zip/0.log=hello;a/i.zip/1.log=the world;a/2.log=hello;"},
        {{.members = 3, .bytes = 5000, .ratio = 500, .ratio_free = 5000},
         "a/i.zip/0.log=hello;a/i.zip/1.log=the world;a: the file has more than 10000 members; "
         "what follows was not read;"},
        {{.members = 2, .bytes = 5000, .ratio = 500, .ratio_free = 5000},
         "a/i.zip/0.log=hello;a/i.zip: the file has more than 10000 members; what follows was not "
         "read;"},
    };
    static const struct packed_file inner_files[] = {{"0.log", HELLO}, {"1.log", WORLD}};
    (void)state;
    struct cw_buf inner = zip(inner_files, COUNT(inner_files));
    struct packed_file files[] = {{"i.zip", cw_buf_str(&inner)}, {"2.log", HELLO}};
    struct cw_buf archive = zip(files, COUNT(files));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cw_buf text = unpack_memory(cw_buf_str(&archive), cases[i].budget);
        assert_text(&text, cases[i].expected);
    }
    cw_buf_done(&archive);
    cw_buf_done(&inner);
}

static void what_expands_too_far_is_not_read_on(void **state)
{
    static char text_bytes[10000];
    struct packed_file files[] = {{"0.log", {text_bytes, sizeof(text_bytes)}}, {"1.log", HELLO}};
    static const struct packing tgz = {.format = "gnutar", .filter = "gzip"};
    struct cw_archive_budget budget = cw_archive_budget();
    (void)state;
    memset(text_bytes, 'x', sizeof(text_bytes));
    budget.bytes = 9000;
    struct cw_buf archive = pack(&tgz, files, COUNT(files));
    struct cw_buf text = unpack_memory(cw_buf_str(&archive), budget);
    assert_non_null(strstr(text.data, "the file expands to more than 64 GiB"));
    assert_null(strstr(text.data, "1.log"));
    cw_buf_done(&text);
    cw_buf_done(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_gives_its_members_from_a_file_and_from_a_pipe),
        cmocka_unit_test(a_file_packed_alone_has_the_name_it_had),
        cmocka_unit_test(text_is_no_archive),
        cmocka_unit_test(archives_in_archives_are_opened_to_the_limit),
        cmocka_unit_test(a_7z_in_a_zip_is_held_in_memory_to_the_limit),
        cmocka_unit_test(names_that_lead_outside_are_told_and_kept_as_text),
        cmocka_unit_test(a_name_that_is_too_long_is_cut),
        cmocka_unit_test(an_encrypted_member_is_named_and_the_rest_is_read),
        cmocka_unit_test(a_damaged_member_does_not_hide_the_others),
        cmocka_unit_test(a_member_with_a_wrong_sum_is_read_and_named),
        cmocka_unit_test(an_archive_that_is_cut_gives_what_it_has),
        cmocka_unit_test(a_packed_file_that_is_cut_is_named_once),
        cmocka_unit_test(a_bomb_is_stopped_and_the_rest_is_read),
        cmocka_unit_test(the_limits_of_a_file_are_counted_over_all_that_lies_in_it),
        cmocka_unit_test(what_expands_too_far_is_not_read_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
