/* Logs in archives are diagnosed like the logs themselves. */
#include "support/test.h"

#include <stdio.h>

#include "base/limits.h"
#include "support/diagnosing.h"
#include "support/packing.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SAMPLE "cases/driver-service-write-denied/"

/* In the folder that the test runs in. */
static const char bundle_path[] = "bundle_test.zip";

static int remove_bundle(void **state)
{
    (void)remove(bundle_path);
    return free_rules(state);
}

static struct diagnosed diagnose_archive(const struct cw_rules *rules, const char *name,
                                         const struct cw_buf *archive)
{
    return diagnose_logs(rules, &(struct named_log){name, cw_buf_str(archive)}, 1);
}

static struct diagnosed diagnose_zip(const struct cw_rules *rules, const struct packed_file *files,
                                     size_t count)
{
    struct cw_buf archive = zip(files, count);
    struct diagnosed diagnosed = diagnose_archive(rules, "b.zip", &archive);
    cw_buf_done(&archive);
    return diagnosed;
}

/* --- the same answer ----------------------------------------------------------------------- */

static void assert_same_finding(const struct cw_report *plain, const struct cw_report *packed)
{
    assert_int_equal(packed->finding_count, plain->finding_count);
    assert_true(plain->finding_count > 0);
    const struct cw_finding *expected = &plain->findings[0];
    const struct cw_finding *actual = &packed->findings[0];
    assert_str(actual->id, expected->id.ptr);
    assert_str(actual->fingerprint, expected->fingerprint.ptr);
    assert_int_equal(actual->chain_count, expected->chain_count);
    for (size_t i = 0; i < actual->chain_count; i++) {
        assert_int_equal(actual->chain[i].line, expected->chain[i].line);
        assert_str(actual->chain[i].text, expected->chain[i].text.ptr);
        assert_str(cw_str_basename(packed->sources[actual->chain[i].source].path),
                   cw_str_basename(plain->sources[expected->chain[i].source].path).ptr);
    }
}

/* "path, path": the sources of the report. */
static void assert_sources(const struct cw_report *report, const char *expected)
{
    struct cw_buf text;
    cw_buf_init(&text, 64 * 1024);
    (void)cw_buf_append(&text, CW_STR(""));
    for (size_t i = 0; i < report->source_count; i++)
        (void)cw_buf_printf(&text, "%s%s", i ? ", " : "", report->sources[i].path.ptr);
    assert_string_equal(text.data, expected);
    cw_buf_done(&text);
}

/* The sample in a format, with the paths of its logs there. */
struct packed_case {
    struct packing packing;
    const char *name;
    const char *sources;
};

static const struct packed_case packed_cases[] = {
    {{.format = "zip"}, "b.zip", "b.zip/CBS/CBS.log, b.zip/setupapi.dev.log"},
    {{.format = "7zip"}, "b.7z", "b.7z/CBS/CBS.log, b.7z/setupapi.dev.log"},
    {{.format = "gnutar"}, "b.tar", "b.tar/CBS/CBS.log, b.tar/setupapi.dev.log"},
    {{.format = "gnutar", .filter = "gzip"}, "b.tgz", "b.tgz/CBS/CBS.log, b.tgz/setupapi.dev.log"},
    {{.format = "pax", .filter = "xz"},
     "no suffix",
     "no suffix/CBS/CBS.log, "
     "no suffix/setupapi.dev.log"},
    {{.format = "gnutar", .filter = "zstd"}, "b", "b/CBS/CBS.log, b/setupapi.dev.log"},
};

static void a_sample_is_diagnosed_the_same_in_every_archive(void **state)
{
    struct cw_buf cbs = read_fixture_file(SAMPLE "CBS.log");
    struct cw_buf setupapi = read_fixture_file(SAMPLE "setupapi.dev.log");
    struct packed_file files[] = {{"setupapi.dev.log", cw_buf_str(&setupapi)},
                                  {"CBS/CBS.log", cw_buf_str(&cbs)}};
    struct diagnosed plain = diagnose_bytes(*state, cw_buf_str(&cbs), cw_buf_str(&setupapi));
    for (size_t i = 0; i < COUNT(packed_cases); i++) {
        struct cw_buf archive = pack(&packed_cases[i].packing, files, COUNT(files));
        struct diagnosed packed = diagnose_archive(*state, packed_cases[i].name, &archive);
        assert_same_finding(plain.report, packed.report);
        assert_sources(packed.report, packed_cases[i].sources);
        assert_false(cw_diagnosis_is_partial(packed.diagnosis));
        free_diagnosed(&packed);
        cw_buf_done(&archive);
    }
    free_diagnosed(&plain);
    cw_buf_done(&setupapi);
    cw_buf_done(&cbs);
}

static void a_cabinet_in_a_zip_in_a_zip_is_opened(void **state)
{
    struct cw_buf cbs = read_fixture_file(SAMPLE "CBS.log");
    struct cw_buf setupapi = read_fixture_file(SAMPLE "setupapi.dev.log");
    struct diagnosed plain = diagnose_bytes(*state, cw_buf_str(&cbs), cw_buf_str(&setupapi));
    struct cw_buf cabinet = read_fixture_file("archives/mszip.cab");
    struct packed_file inner = {"logs/CbsPersist_1.cab", cw_buf_str(&cabinet)};
    struct cw_buf middle = zip(&inner, 1);
    struct packed_file outer = {"inner.zip", cw_buf_str(&middle)};
    struct diagnosed packed = diagnose_zip(*state, &outer, 1);
    assert_same_finding(plain.report, packed.report);
    assert_sources(packed.report, "b.zip/inner.zip/logs/CbsPersist_1.cab/CBS.log, "
                                  "b.zip/inner.zip/logs/CbsPersist_1.cab/setupapi.dev.log");
    free_diagnosed(&packed);
    free_diagnosed(&plain);
    cw_buf_done(&middle);
    cw_buf_done(&cabinet);
    cw_buf_done(&setupapi);
    cw_buf_done(&cbs);
}

static void cabinets_of_both_kinds_are_read(void **state)
{
    static const char *const cabinets[] = {"archives/mszip.cab", "archives/lzx.cab"};
    struct cw_buf cbs = read_fixture_file(SAMPLE "CBS.log");
    struct cw_buf setupapi = read_fixture_file(SAMPLE "setupapi.dev.log");
    struct diagnosed plain = diagnose_bytes(*state, cw_buf_str(&cbs), cw_buf_str(&setupapi));
    for (size_t i = 0; i < COUNT(cabinets); i++) {
        struct cw_buf cabinet = read_fixture_file(cabinets[i]);
        struct diagnosed packed = diagnose_archive(*state, "CbsPersist_1.cab", &cabinet);
        assert_same_finding(plain.report, packed.report);
        assert_false(cw_diagnosis_is_partial(packed.diagnosis));
        free_diagnosed(&packed);
        cw_buf_done(&cabinet);
    }
    free_diagnosed(&plain);
    cw_buf_done(&setupapi);
    cw_buf_done(&cbs);
}

/* The one block of lzx.cab gets a kind that does not exist. */
static void a_cabinet_that_can_not_be_unpacked_says_what_to_do(void **state)
{
    struct cw_buf cabinet = read_fixture_file("archives/lzx.cab");
    size_t data = (unsigned char)cabinet.data[36] + 8U;
    assert_int_equal(cabinet.data[data + 1], 0x30);
    cabinet.data[data + 1] = 0x70;
    struct diagnosed diagnosed = diagnose_archive(*state, "CbsPersist_1.cab", &cabinet);
    assert_true(cw_diagnosis_is_partial(diagnosed.diagnosis));
    assert_int_equal(diagnosed.report->not_read_count, 2);
    assert_true(cw_str_starts(diagnosed.report->not_read[0].reason,
                              CW_STR("what follows the damage was not read: ")));
    assert_str(diagnosed.report->not_read[1].path, "CbsPersist_1.cab/CBS.log");
    assert_non_null(
        strstr(diagnosed.report->not_read[1].reason.ptr, "unpack it with another program"));
    free_diagnosed(&diagnosed);
    cw_buf_done(&cabinet);
}

static void the_order_in_an_archive_does_not_matter(void **state)
{
    struct cw_buf cbs = read_fixture_file(SAMPLE "CBS.log");
    struct cw_buf setupapi = read_fixture_file(SAMPLE "setupapi.dev.log");
    struct cw_buf other = read_fixture_file("cases/driver-file-copy-denied/CBS.log");
    struct packed_file files[] = {{"a/CBS.log", cw_buf_str(&cbs)},
                                  {"b/CBS.log", cw_buf_str(&other)},
                                  {"c/setupapi.dev.log", cw_buf_str(&setupapi)}};
    struct packed_file turned[] = {files[2], files[0], files[1]};
    struct diagnosed first = diagnose_zip(*state, files, COUNT(files));
    struct diagnosed second = diagnose_zip(*state, turned, COUNT(turned));
    struct cw_buf one = json_of(first.report);
    struct cw_buf two = json_of(second.report);
    assert_true(first.report->finding_count > 1);
    assert_string_equal(one.data, two.data);
    cw_buf_done(&one);
    cw_buf_done(&two);
    free_diagnosed(&first);
    free_diagnosed(&second);
    cw_buf_done(&other);
    cw_buf_done(&setupapi);
    cw_buf_done(&cbs);
}

static void a_member_has_its_second_look(void **state)
{
    struct cw_buf log = read_fixture_file("logs/cbs-unknown-failure.log");
    struct packed_file inner = {"cbs-unknown-failure.log", cw_buf_str(&log)};
    struct cw_buf middle = zip(&inner, 1);
    struct packed_file files[] = {{"readme.txt", {"x", 1}}, {"i.zip", cw_buf_str(&middle)}};
    struct cw_buf archive = zip(files, COUNT(files));
    FILE *file = fopen(bundle_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(archive.data, 1, archive.len, file), archive.len);
    assert_int_equal(fclose(file), 0);
    struct diagnosed plain = diagnose_file(*state, CW_FIXTURES "/logs/cbs-unknown-failure.log");
    struct diagnosed packed = diagnose_file(*state, bundle_path);
    assert_same_finding(plain.report, packed.report);
    free_diagnosed(&packed);
    free_diagnosed(&plain);
    cw_buf_done(&archive);
    cw_buf_done(&middle);
    cw_buf_done(&log);
}

/* --- what is said about the rest ----------------------------------------------------------- */

/* "path: reason, ...; path: remark, ..." */
static void assert_coverage(struct diagnosed *diagnosed, bool partial, const char *expected)
{
    const struct cw_report *report = diagnosed->report;
    struct cw_buf text;
    cw_buf_init(&text, 64 * 1024);
    for (size_t i = 0; i < report->not_read_count; i++)
        (void)cw_buf_printf(&text, "%s%s: %s", i ? ", " : "", report->not_read[i].path.ptr,
                            report->not_read[i].reason.ptr);
    (void)cw_buf_append(&text, CW_STR(";"));
    for (size_t i = 0; i < report->diagnostic_count; i++)
        (void)cw_buf_printf(&text, " %s: %s %s", report->diagnostics[i].path.ptr,
                            report->diagnostics[i].kind.ptr, report->diagnostics[i].text.ptr);
    assert_string_equal(text.data, expected);
    assert_int_equal(cw_diagnosis_is_partial(diagnosed->diagnosis), partial);
    cw_buf_done(&text);
    free_diagnosed(diagnosed);
}

#define HEALTHY "2021-05-06 07:00:00, Info                  CBS    TI: --- Initializing\n"
#define HEALTHY_LOG                                                                                \
    {                                                                                              \
        HEALTHY HEALTHY, 2 * (sizeof(HEALTHY) - 1)                                                 \
    }

static void members_that_are_no_logs_are_counted_beside_logs(void **state)
{
    static const struct packed_file files[] = {
        {"CBS.log", HEALTHY_LOG},  {"a.png", {"\x89PNG", 4}}, {"b.txt", {"hello", 5}},
        {"old/DISM.LOG", {"", 0}}, {"c.txt", {"hello", 5}},   {"CBS.txt", {"hello", 5}},
        {"Setup.evtx", {"", 0}},
    };
    struct diagnosed diagnosed = diagnose_zip(*state, files, COUNT(files));
    assert_coverage(&diagnosed, false,
                    "b.zip/Setup.evtx: the file is empty, b.zip/old/DISM.LOG: the file is empty; "
                    "b.zip: other_members 4 other members are no logs of a known kind");
    diagnosed = diagnose_zip(*state, files, 2);
    assert_coverage(&diagnosed, false,
                    "; b.zip: other_members 1 other member is no log of a known kind");
}

static void an_archive_without_a_log_shows_what_it_has(void **state)
{
    static const struct packed_file files[] = {{"b.txt", {"hello", 5}}, {"a.txt", {"hello", 5}}};
    struct diagnosed diagnosed = diagnose_zip(*state, files, COUNT(files));
    assert_coverage(&diagnosed, true,
                    "b.zip/a.txt: it is no log of a known kind, b.zip/b.txt: it is no log of a "
                    "known kind;");
    diagnosed = diagnose_zip(*state, NULL, 0);
    assert_coverage(&diagnosed, true, "b.zip: the archive holds no file;");
}

static void many_members_that_are_no_logs_are_not_all_listed(void **state)
{
    enum { MANY = CW_LIMIT_MEMBERS_LISTED + 10 };
    struct packed_file files[MANY];
    char names[MANY][16];
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(names[i], sizeof(names[i]), "%s%zu.log", i + 1 == MANY ? "cbs" : "x", i);
        files[i] = (struct packed_file){names[i], {"hello", 5}};
    }
    struct diagnosed diagnosed = diagnose_zip(*state, files, MANY);
    assert_int_equal(diagnosed.report->not_read_count, CW_LIMIT_MEMBERS_LISTED);
    assert_str(diagnosed.report->not_read[0].path, "b.zip/cbs29.log");
    assert_int_equal(diagnosed.report->diagnostic_count, 1);
    assert_str(diagnosed.report->diagnostics[0].text,
               "10 other members are no logs of a known kind");
    free_diagnosed(&diagnosed);
}

static void what_is_locked_makes_the_report_partial(void **state)
{
    static const struct packing locked = {
        .format = "zip", .options = "zip:encryption=traditional", .password = "not known"};
    static const struct packed_file file = {"CBS.log", HEALTHY_LOG};
    struct cw_buf inner = pack(&locked, &file, 1);
    struct packed_file files[] = {{"CBS.log", HEALTHY_LOG}, {"locked.zip", cw_buf_str(&inner)}};
    struct cw_buf archive = zip(files, COUNT(files));
    struct diagnosed diagnosed = diagnose_archive(*state, "b.zip", &archive);
    assert_sources(diagnosed.report, "b.zip/CBS.log");
    assert_true(cw_diagnosis_is_partial(diagnosed.diagnosis));
    assert_int_equal(diagnosed.report->not_read_count, 1);
    assert_str(diagnosed.report->not_read[0].path, "b.zip/locked.zip/CBS.log");
    assert_str(diagnosed.report->not_read[0].reason, "it is encrypted");
    free_diagnosed(&diagnosed);
    cw_buf_done(&archive);
    cw_buf_done(&inner);
}

static void an_archive_whose_names_are_encrypted_says_so(void **state)
{
    struct cw_buf archive = read_fixture_file("archives/locked-names.7z");
    struct diagnosed diagnosed = diagnose_archive(*state, "b.7z", &archive);
    assert_coverage(&diagnosed, true, "b.7z: it is encrypted;");
    cw_buf_done(&archive);
}

static void a_path_that_leads_outside_is_a_remark(void **state)
{
    static const struct packed_file file = {"../CBS.log", HEALTHY_LOG};
    struct diagnosed diagnosed = diagnose_zip(*state, &file, 1);
    assert_sources(diagnosed.report, "b.zip/../CBS.log");
    assert_coverage(&diagnosed, false,
                    "; b.zip/../CBS.log: unsafe_path the name leads out of the archive; as nothing "
                    "is unpacked to the disk, the member was read all the same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_is_diagnosed_the_same_in_every_archive),
        cmocka_unit_test(a_cabinet_in_a_zip_in_a_zip_is_opened),
        cmocka_unit_test(cabinets_of_both_kinds_are_read),
        cmocka_unit_test(a_cabinet_that_can_not_be_unpacked_says_what_to_do),
        cmocka_unit_test(the_order_in_an_archive_does_not_matter),
        cmocka_unit_test(a_member_has_its_second_look),
        cmocka_unit_test(members_that_are_no_logs_are_counted_beside_logs),
        cmocka_unit_test(an_archive_without_a_log_shows_what_it_has),
        cmocka_unit_test(many_members_that_are_no_logs_are_not_all_listed),
        cmocka_unit_test(what_is_locked_makes_the_report_partial),
        cmocka_unit_test(an_archive_whose_names_are_encrypted_says_so),
        cmocka_unit_test(a_path_that_leads_outside_is_a_remark),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, remove_bundle);
}
