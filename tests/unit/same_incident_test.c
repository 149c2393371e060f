/* One incident in every form in which it reaches support: the same cause, the same fingerprint. */
#include "support/test.h"

#include <stdio.h>

#include "support/diagnosing.h"
#include "support/packing.h"
#include "support/temp_folder.h"
#include "support/wide.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SAMPLE "cases/driver-service-write-denied/"
#define CAUSE "driver.service-write-denied"

enum { LOG_MOST = 1024 * 1024 };

static void *rules; /* as the state of the groups that use nothing else */
static struct cw_buf cbs, setupapi;

/* A form makes a folder of its own name, in which everything is given to the diagnosis that it
 * lists; nothing listed is the folder itself. */
struct form {
    const char *name;
    void (*make)(void **state, const char *folder);
    const char *given[2];
    bool is_damaged; /* only the original logs would prove it */
};

static void put(void **state, const char *folder, const char *name, struct cw_str bytes)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    temp_file(state, path, bytes);
}

static void put_folder(void **state, const char *folder, const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    temp_subfolder(state, path);
}

static void make_files(void **state, const char *folder)
{
    put(state, folder, "CBS.log", cw_buf_str(&cbs));
    put(state, folder, "setupapi.dev.log", cw_buf_str(&setupapi));
}

static void make_renamed(void **state, const char *folder)
{
    put(state, folder, "SERVER01_CBS (2).txt", cw_buf_str(&cbs));
    put(state, folder, "driver log from the customer", cw_buf_str(&setupapi));
}

static void make_root(void **state, const char *folder)
{
    static const char *const folders[] = {"Users", "WINDOWS", "WINDOWS/Logs", "WINDOWS/Logs/cbs",
                                          "WINDOWS/INF"};
    for (size_t i = 0; i < COUNT(folders); i++)
        put_folder(state, folder, folders[i]);
    put(state, folder, "WINDOWS/Logs/cbs/CBS.LOG", cw_buf_str(&cbs));
    put(state, folder, "WINDOWS/INF/setupapi.dev.log", cw_buf_str(&setupapi));
    put(state, folder, "Users/notes.txt", CW_STR("buy milk\n"));
}

static void make_zip(void **state, const char *folder)
{
    const struct packed_file files[] = {{"logs/CBS.log", cw_buf_str(&cbs)},
                                        {"logs/setupapi.dev.log", cw_buf_str(&setupapi)}};
    struct cw_buf archive = zip(files, COUNT(files));
    put(state, folder, "bundle.zip", cw_buf_str(&archive));
    cw_buf_done(&archive);
}

static void make_cab_in_zip(void **state, const char *folder)
{
    struct cw_buf cabinet = read_fixture_file("archives/incident.cab");
    const struct packed_file files[] = {{"from-the-customer/logs.cab", cw_buf_str(&cabinet)}};
    struct cw_buf archive = zip(files, COUNT(files));
    put(state, folder, "bundle.zip", cw_buf_str(&archive));
    cw_buf_done(&archive);
    cw_buf_done(&cabinet);
}

static void make_wide(void **state, const char *folder)
{
    struct cw_buf wide_cbs;
    struct cw_buf wide_setupapi;
    cw_buf_init(&wide_cbs, LOG_MOST);
    cw_buf_init(&wide_setupapi, LOG_MOST);
    put_utf16(&wide_cbs, cw_buf_str(&cbs), false);
    put_utf16(&wide_setupapi, cw_buf_str(&setupapi), true);
    put(state, folder, "CBS.log", cw_buf_str(&wide_cbs));
    put(state, folder, "setupapi.dev.log", cw_buf_str(&wide_setupapi));
    cw_buf_done(&wide_cbs);
    cw_buf_done(&wide_setupapi);
}

/* Appends `text` with every `from` replaced. */
static void replace_all(struct cw_buf *out, struct cw_str text, struct cw_str from,
                        struct cw_str to)
{
    size_t at;
    while ((at = cw_str_find(text, from)) != SIZE_MAX) {
        assert_true(cw_buf_append(out, cw_str_head(text, at)) && cw_buf_append(out, to));
        text = cw_str_from(text, at + from.len);
    }
    assert_true(cw_buf_append(out, text));
}

/* The device has a Chinese name in the code page of its machine. */
static void make_code_page(void **state, const char *folder)
{
    struct cw_buf local;
    cw_buf_init(&local, LOG_MOST);
    replace_all(&local, cw_buf_str(&setupapi), CW_STR("Intel Processor"),
                CW_STR("Intel \xB4\xA6\xC0\xED\xC6\xF7"));
    put(state, folder, "CBS.log", cw_buf_str(&cbs));
    put(state, folder, "setupapi.dev.log", cw_buf_str(&local));
    cw_buf_done(&local);
}

static void make_ticket(void **state, const char *folder)
{
    struct cw_buf ticket = read_fixture_file("logs/intelppm-ticket.txt");
    put(state, folder, "ticket.txt", cw_buf_str(&ticket));
    cw_buf_done(&ticket);
}

static const struct form forms[] = {
    {"two-files", make_files, {"CBS.log", "setupapi.dev.log"}, false},
    {"two-files-the-other-way-round", make_files, {"setupapi.dev.log", "CBS.log"}, false},
    {"folder", make_files, {NULL}, false},
    {"renamed", make_renamed, {NULL}, false},
    {"mounted-root", make_root, {NULL}, false},
    {"windows-folder", make_root, {"WINDOWS"}, false},
    {"zip", make_zip, {"bundle.zip"}, false},
    {"cab-in-a-zip", make_cab_in_zip, {"bundle.zip"}, false},
    {"utf-16", make_wide, {NULL}, false},
    {"code-page-936", make_code_page, {NULL}, false},
    {"ticket", make_ticket, {"ticket.txt"}, true},
};

static void give(struct cw_diagnosis *diagnosis, void **state, const struct form *form)
{
    char path[256];
    for (size_t i = 0; i < COUNT(form->given); i++) {
        if (!form->given[i] && i > 0)
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", form->name,
                       form->given[i] ? form->given[i] : "");
        struct temp_path whole = temp_path(state, path);
        assert_int_equal(cw_diagnosis_add(diagnosis, whole.text, NULL), CW_OK);
    }
}

static void assert_same(const struct form *form, const struct cw_report *report,
                        const struct cw_report *plain)
{
    if (report->finding_count != plain->finding_count)
        fail_msg("%s: %zu findings", form->name, report->finding_count);
    const struct cw_finding *expected = &plain->findings[0];
    const struct cw_finding *actual = &report->findings[0];
    bool same = cw_str_eq(actual->id, expected->id) && actual->role == expected->role &&
                cw_str_eq(actual->fingerprint, expected->fingerprint) &&
                actual->reported_code == expected->reported_code &&
                actual->outcome.rolled_back == expected->outcome.rolled_back;
    if (!same)
        fail_msg("%s: finding %.*s, fingerprint %.*s", form->name, CW_STR_ARG(actual->id),
                 CW_STR_ARG(actual->fingerprint));
    bool lower = actual->confidence > expected->confidence;
    if (lower != form->is_damaged)
        fail_msg("%s: confidence %.*s", form->name,
                 CW_STR_ARG(cw_confidence_name(actual->confidence)));
}

static void every_form_of_an_incident_gives_the_same_finding(void **state)
{
    struct diagnosed plain = diagnose_bytes(rules, cw_buf_str(&cbs), cw_buf_str(&setupapi));
    assert_findings(&plain, "failure: " CAUSE " root_cause");
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct cw_diagnosis *diagnosis = NULL;
        temp_subfolder(state, forms[i].name);
        forms[i].make(state, forms[i].name);
        assert_int_equal(cw_diagnosis_new(rules, &diagnosis, NULL), CW_OK);
        give(diagnosis, state, &forms[i]);
        assert_int_equal(cw_diagnosis_finish(diagnosis, NULL), CW_OK);
        assert_same(&forms[i], cw_diagnosis_report(diagnosis), plain.report);
        cw_diagnosis_free(diagnosis);
    }
    free_diagnosed(&plain);
}

static int set_up(void **state)
{
    if (load_builtin_rules(&rules) != 0 || temp_folder_make(state) != 0)
        return -1;
    cbs = read_fixture_file(SAMPLE "CBS.log");
    setupapi = read_fixture_file(SAMPLE "setupapi.dev.log");
    return 0;
}

static int tear_down(void **state)
{
    cw_buf_done(&cbs);
    cw_buf_done(&setupapi);
    int removed = temp_folder_remove(state);
    return free_rules(&rules) != 0 ? -1 : removed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_an_incident_gives_the_same_finding),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
