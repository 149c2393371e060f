/* What speaks for and against a driver of another vendor having refused a write. */
#include "support/test.h"

#include "diagnose/refusals.h"
#include "support/diagnosing.h"
#include "support/stories.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define FILTER "{b1d1a169-c54f-4379-81db-bee7d88d7454}"
#define PRINTER "{4D36E979-E325-11CE-BFC1-08002BE10318}"
#define SYSTEM "{4D36E97D-E325-11CE-BFC1-08002BE10318}"
#define NETWORK "{4D36E972-E325-11CE-BFC1-08002BE10318}"

/* A package is brought; `more` are lines of its section. */
#define BRINGS(day, inf, oem, provider, guid, more)                                                \
    SECTION_OF("SetupCopyOEMInf - D:\\drv\\" inf, day, "14:00:00.100",                             \
               "     inf: Provider: " provider "\n"                                                \
               "     inf: Class GUID: " guid "\n"                                                  \
               "     idb: Registered driver package '" inf "_amd64_1f' with '" oem "'.\n" more,    \
               "14:00:09.500", "SUCCESS")
#define SYS_FILE "     flq: Copying 'D:\\drv\\a.sys' to 'C:\\Windows\\System32\\drivers\\a.sys'.\n"
#define SERVICE(name, type, start)                                                                 \
    "     inf: {Add Service: " name "}\n"                                                          \
    "     inf:      Start Type    = " start "\n"                                                   \
    "     inf:      Service Type  = " type "\n"                                                    \
    "     inf: {Add Service: exit(0x00000000)}\n"
#define REMOVES(day, oem)                                                                          \
    SECTION_OF("SetupUninstallOEMInf - " oem, day, "15:00:00.100", "", "15:00:01.000", "SUCCESS")
#define GUARD(day) BRINGS(day, "guard.inf", "oem7.inf", "Contoso Safety", FILTER, SYS_FILE)
#define WRITES(service)                                                                            \
    "     inf: {Add Service: " service "}\n     inf:      Updated service '" service "'.\n"        \
    "     inf: {Add Service: exit(0x00000000)}\n"
#define WRITTEN(day, service)                                                                      \
    SECTION_OF("Install Driver Updates", day, "06:00:00.100", WRITES(service), "06:00:09.500",     \
               "SUCCESS")
/* On 2021-05-07 at 07:00, service ContosoPm of cpu.inf. */
#define STEPS SERVICE_STEPS("cpu.inf", "Contoso Processor", "ContosoPm", "0x00000005")
#define REFUSED_WITH(day, before, after)                                                           \
    SECTION_OF("Install Driver Updates", day, "07:00:11.250", before STEPS after, "07:00:19.900",  \
               "FAILURE(0x00000005)")
#define REFUSED REFUSED_WITH("2021/05/07", "", "")
#define ALSO(service) SERVICE_STEPS("a" service ".inf", "Contoso " service, service, "0x00000005")
#define BRIEFLY(service)                                                                           \
    "     sto: {Add Service: " service "}\n!!!  sto:      Failed to set Start Type. Error = "      \
    "0x00000005\n     sto: {Add Service: exit(0x00000005)}\n"
#define HIVE                                                                                       \
    "     sto: {Load Offline Registry Hive: SYSTEM} 07:00:12.000\n"                                \
    "     sto: {Load Offline Registry Hive: exit(0x00000000)} 07:00:12.100\n"

static void put_weights(struct cw_buf *text, const char *label, const struct cw_weight *weights,
                        size_t count, size_t total)
{
    (void)cw_buf_printf(text, "%s:", label);
    for (size_t i = 0; i < count; i++)
        (void)cw_buf_printf(text, " %.*s", CW_STR_ARG(weights[i].kind));
    if (total > count)
        (void)cw_buf_printf(text, " of %zu", total);
    (void)cw_buf_append(text, CW_STR("; "));
}

/* "leaning; for: kinds; against: kinds; suspects: inf (service) ... +unranked" */
static struct cw_buf tell(const struct cw_finding *finding)
{
    const struct cw_interference *weighed = &finding->interference;
    struct cw_buf text;
    cw_buf_init(&text, 10000);
    if (!weighed->weighed) {
        (void)cw_buf_append(&text, CW_STR("not weighed"));
        return text;
    }
    (void)cw_buf_printf(&text, "%.*s; ", CW_STR_ARG(cw_leaning_name(weighed->leaning)));
    put_weights(&text, "for", weighed->pro, weighed->pro_count, weighed->pro_total);
    put_weights(&text, "against", weighed->contra, weighed->contra_count, weighed->contra_total);
    (void)cw_buf_append(&text, CW_STR("suspects:"));
    for (size_t i = 0; i < weighed->suspect_count; i++) {
        const struct cw_suspect *suspect = &weighed->suspects[i];
        struct cw_str inf = suspect->inf.len ? suspect->inf : suspect->published;
        (void)cw_buf_printf(&text, " %.*s%s", CW_STR_ARG(inf), suspect->is_strong ? "!" : "");
        assert_true(suspect->item.line > 0);
        assert_true(suspect->reasons.count >= 2);
    }
    if (weighed->unranked)
        (void)cw_buf_printf(&text, " +%zu", weighed->unranked);
    return text;
}

struct row {
    const char *log, *expected;
};

static void check(const struct cw_rules *rules, const struct row *row)
{
    struct diagnosed diagnosed = diagnose(rules, NULL, row->log);
    assert_true(diagnosed.report->finding_count > 0);
    struct cw_buf text = tell(&diagnosed.report->findings[0]);
    assert_string_equal(text.data, row->expected);
    cw_buf_done(&text);
    free_diagnosed(&diagnosed);
}

static void check_all(void **state, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(*state, &rows[i]);
}

#define OPEN "open; for: servicing_writes; against:; suspects:"

static void a_package_is_suspect_by_what_it_is_and_since_when(void **state)
{
    static const struct row rows[] = {
        {DEVICE_LOG REFUSED, OPEN},
        {DEVICE_LOG GUARD("2021/05/06") REFUSED,
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
        /* long ago: no more than its being there speaks for it */
        {DEVICE_LOG GUARD("2019/05/06") REFUSED, OPEN " guard.inf"},
        /* a driver of the kernel, lately and long ago */
        {DEVICE_LOG BRINGS("2021/05/01", "agent.inf", "oem3.inf", "Contoso", SYSTEM, SYS_FILE)
             REFUSED,
         OPEN " agent.inf"},
        {DEVICE_LOG BRINGS("2020/05/01", "agent.inf", "oem3.inf", "Contoso", SYSTEM, SYS_FILE)
             REFUSED,
         OPEN " +1"},
        /* a network card, a day and a month ago */
        {DEVICE_LOG BRINGS("2021/05/06", "card.inf", "oem3.inf", "Contoso", NETWORK, SYS_FILE)
             REFUSED,
         OPEN " card.inf"},
        {DEVICE_LOG BRINGS("2021/04/06", "card.inf", "oem3.inf", "Contoso", NETWORK, SYS_FILE)
             REFUSED,
         OPEN " +1"},
        /* no driver in the kernel */
        {DEVICE_LOG BRINGS("2021/05/06", "print.inf", "oem3.inf", "Contoso", PRINTER, "") REFUSED,
         OPEN " +1"},
        {DEVICE_LOG BRINGS("2021/05/06", "tray.inf", "oem3.inf", "Contoso", SYSTEM,
                           SERVICE("Tray", "16", "2")) REFUSED,
         OPEN " +1"},
        /* told by its service alone */
        {DEVICE_LOG BRINGS("2021/05/06", "flt.inf", "oem3.inf", "Contoso", SYSTEM,
                           SERVICE("Flt", "0x2 (SERVICE_FILE_SYSTEM_DRIVER)", "1")) REFUSED,
         "for; for: servicing_writes; against:; suspects: flt.inf!"},
        /* Microsoft's, and what comes with Windows */
        {DEVICE_LOG BRINGS("2021/05/06", "ms.inf", "oem3.inf", "Microsoft", FILTER, SYS_FILE)
             REFUSED,
         OPEN},
        {DEVICE_LOG BRINGS("2021/05/06", "ms.inf", "oem3.inf", "Microsoft Corporation", FILTER,
                           SYS_FILE) REFUSED,
         OPEN},
        {DEVICE_LOG BRINGS("2021/05/06", "no.inf", "oem3.inf", "Microsofter", FILTER, SYS_FILE)
             REFUSED,
         "for; for: servicing_writes; against:; suspects: no.inf!"},
        {DEVICE_LOG SECTION_OF("Device Install - USB\\VID_1", "2021/05/06", "09:00:00.000",
                               "     ndv: Driver INF Path: C:\\Windows\\INF\\usb.inf\n" SYS_FILE,
                               "09:00:01.000", "SUCCESS") REFUSED,
         OPEN},
        /* what was being installed */
        {DEVICE_LOG BRINGS("2021/05/06", "cpu.inf", "oem3.inf", "Contoso", FILTER, SYS_FILE)
             REFUSED,
         OPEN},
        /* it came afterwards; or its installation failed */
        {DEVICE_LOG REFUSED GUARD("2021/05/08"), OPEN},
        {DEVICE_LOG SECTION_OF("SetupCopyOEMInf - D:\\drv\\guard.inf", "2021/05/06", "14:00:00.100",
                               "     inf: Provider: Contoso\n     inf: Class GUID: " FILTER "\n",
                               "14:00:09.500", "FAILURE(0xe0000247)") REFUSED,
         OPEN},
    };
    check_all(state, rows, COUNT(rows));
}

static void the_more_suspect_comes_first(void **state)
{
    static const struct row rows[] = {
        {DEVICE_LOG BRINGS("2018/05/06", "print.inf", "oem1.inf", "Contoso", PRINTER, SYS_FILE)
             GUARD("2021/05/06") REFUSED,
         "for; for: servicing_writes; against:; suspects: guard.inf! +1"},
        {DEVICE_LOG GUARD("2021/05/01")
             BRINGS("2021/05/06", "agent.inf", "oem8.inf", "Contoso", SYSTEM, SYS_FILE) REFUSED,
         "for; for: servicing_writes; against:; suspects: guard.inf! agent.inf"},
        /* of two filters the later one */
        {DEVICE_LOG GUARD("2021/02/01")
             BRINGS("2021/05/06", "watch.inf", "oem8.inf", "Contoso", FILTER, SYS_FILE) REFUSED,
         "for; for: servicing_writes; against:; suspects: watch.inf! guard.inf"},
        /* whatever the order in the log */
        {DEVICE_LOG BRINGS("2021/05/06", "watch.inf", "oem8.inf", "Contoso", FILTER, SYS_FILE)
             GUARD("2021/02/01") REFUSED,
         "for; for: servicing_writes; against:; suspects: watch.inf! guard.inf"},
    };
    check_all(state, rows, COUNT(rows));
}

/* A device's section knows the published name alone; the import says whose it is. */
static void sections_about_one_package_are_put_together(void **state)
{
    static const char device[] =
        DEVICE_LOG SECTION_OF("Device Install - ROOT\\GUARD", "2021/05/06", "14:01:00.000",
                              "     ndv: Driver INF Path: C:\\Windows\\INF\\oem7.inf\n"
                              "     dvi: Add Service: Created service 'Guard'.\n" SYS_FILE,
                              "14:01:09.000", "SUCCESS") REFUSED;
    static const char both[] = DEVICE_LOG GUARD("2021/05/06")
        SECTION_OF("Device Install - ROOT\\GUARD", "2021/05/06", "14:01:00.000",
                   "     ndv: Driver INF Path: C:\\Windows\\INF\\oem7.inf\n"
                   "     dvi: Add Service: Created service 'Guard'.\n",
                   "14:01:09.000", "SUCCESS") REFUSED;
    struct diagnosed diagnosed = diagnose(*state, NULL, device);
    const struct cw_interference *weighed = &diagnosed.report->findings[0].interference;
    assert_int_equal(weighed->suspect_count, 1);
    assert_str(weighed->suspects[0].published, "oem7.inf");
    assert_int_equal(weighed->suspects[0].provider.len, 0);
    assert_strings(&weighed->suspects[0].reasons,
                   "it runs in the kernel; nothing in the logs says that it filters, installed 16 "
                   "hours before the first refusal, the logs do not name its vendor");
    free_diagnosed(&diagnosed);
    diagnosed = diagnose(*state, NULL, both);
    weighed = &diagnosed.report->findings[0].interference;
    assert_int_equal(weighed->suspect_count, 1);
    assert_str(weighed->suspects[0].inf, "guard.inf");
    assert_str(weighed->suspects[0].published, "oem7.inf");
    assert_str(weighed->suspects[0].provider, "Contoso Safety");
    assert_str(weighed->suspects[0].class, "AntiVirus");
    assert_strings(&weighed->suspects[0].services, "Guard");
    assert_str(weighed->suspects[0].item.text, "Provider: Contoso Safety");
    assert_str(weighed->suspects[0].service.text, "Add Service: Created service 'Guard'.");
    free_diagnosed(&diagnosed);
}

static void what_was_removed_before_is_no_suspect(void **state)
{
    static const struct row rows[] = {
        {DEVICE_LOG GUARD("2021/05/01") REMOVES("2021/05/03", "oem7.inf") REFUSED, OPEN},
        {DEVICE_LOG GUARD("2021/05/01") REMOVES("2021/05/03", "oem7.inf") GUARD("2021/05/04")
             REFUSED,
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
        /* its published name went to another package */
        {DEVICE_LOG GUARD("2021/05/01") REMOVES("2021/05/03", "oem7.inf")
             BRINGS("2021/05/04", "card.inf", "oem7.inf", "Contoso", NETWORK, SYS_FILE) REFUSED,
         OPEN " card.inf"},
        /* and when it went afterwards, the write succeeded */
        {DEVICE_LOG GUARD("2019/05/01") REFUSED REMOVES("2021/05/08", "oem7.inf")
             WRITTEN("2021/05/09", "ContosoPm"),
         "for; for: servicing_writes; against: written_later; suspects: guard.inf!"},
    };
    check_all(state, rows, COUNT(rows));
}

/* At 14:00:09, where the refusal was at 07:00: clocks are put back. */
static void what_stands_behind_the_refusal_came_later(void **state)
{
    static const struct row rows[] = {
        {DEVICE_LOG REFUSED GUARD("2021/05/06"), OPEN},
        {DEVICE_LOG GUARD("2021/05/07") REFUSED,
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
        {DEVICE_LOG GUARD("2021/05/01") REFUSED REMOVES("2021/05/06", "oem7.inf"),
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
    };
    check_all(state, rows, COUNT(rows));
}

#define FROM(provider)                                                                             \
    {                                                                                              \
        DEVICE_LOG BRINGS("2021/05/06", "in.inf", "oem3.inf", provider, FILTER, SYS_FILE) REFUSED, \
            OPEN                                                                                   \
    }

static void microsoft_is_no_other_vendor_in_any_language(void **state)
{
    static const struct row rows[] = {
        FROM("Microsoft"),
        FROM("microsoft windows"),
        FROM("(c) Microsoft Corporation"),
        FROM("\"Microsoft\""),
        FROM("MSFT"),
        FROM("Корпорация Майкрософт"),
        FROM("Корпорация Microsoft"),
        FROM("微软"),
        FROM("マイクロソフト"),
        /* in code page 1251 */
        FROM("\xca\xee\xf0\xef\xee\xf0\xe0\xf6\xe8\xff "
             "\xcc\xe0\xe9\xea\xf0\xee\xf1\xee\xf4\xf2"),
    };
    check_all(state, rows, COUNT(rows));
}

static void what_was_refused_and_what_was_not_is_weighed(void **state)
{
    static const struct row rows[] = {
        {DEVICE_LOG REFUSED_WITH("2021/05/07", "", ALSO("One")),
         "open; for: denied_too servicing_writes; against:; suspects:"},
        {DEVICE_LOG REFUSED_WITH("2021/05/07", "",
                                 ALSO("One") ALSO("Two") ALSO("Three") ALSO("Four")),
         "for; for: denied_too denied_too denied_too denied_too servicing_writes; against:; "
         "suspects:"},
        /* more than are listed */
        {DEVICE_LOG REFUSED_WITH("2021/05/07", "",
                                 BRIEFLY("A") BRIEFLY("B") BRIEFLY("C") BRIEFLY("D") BRIEFLY("E")
                                     BRIEFLY("F") BRIEFLY("G") BRIEFLY("H") BRIEFLY("I")),
         "for; for: denied_too denied_too denied_too denied_too denied_too denied_too denied_too "
         "denied_too of 10; against:; suspects:"},
        {DEVICE_LOG REFUSED_WITH("2021/05/07", "", "") REFUSED_WITH("2021/05/09", "", ""),
         "open; for: denied_again servicing_writes; against:; suspects:"},
        {DEVICE_LOG WRITTEN("2021/04/07", "ContosoPm") REFUSED,
         "open; for: servicing_writes; against: written_before; suspects:"},
        {DEVICE_LOG WRITTEN("2021/04/07", "Another") REFUSED, OPEN},
        {DEVICE_LOG REFUSED WRITTEN("2021/05/09", "contosopm"),
         "open; for: servicing_writes; against: written_later; suspects:"},
        {DEVICE_LOG REFUSED_WITH("2021/05/07", WRITES("Another"), ""),
         "open; for: servicing_writes; against: only_this_one; suspects:"},
        /* not when others were refused, too */
        {DEVICE_LOG REFUSED_WITH("2021/05/07", WRITES("Another"), ALSO("One")),
         "open; for: denied_too servicing_writes; against:; suspects:"},
        /* the same thing, after all */
        {DEVICE_LOG REFUSED_WITH("2021/05/07", "", WRITES("ContosoPm")),
         "against; for: servicing_writes; against: written_later; suspects:"},
        {DEVICE_LOG GUARD("2021/05/06") REFUSED_WITH("2021/05/07", HIVE, ""),
         "against; for:; against: offline_image; suspects:"},
    };
    check_all(state, rows, COUNT(rows));
}

/* What was there when the same thing could be written comes after what was not. */
static void a_write_in_between_tells_suspects_apart(void **state)
{
    static const struct row rows[] = {
        {DEVICE_LOG BRINGS("2021/05/04", "watch.inf", "oem8.inf", "Contoso", FILTER, SYS_FILE)
             WRITTEN("2021/05/05", "ContosoPm") GUARD("2021/05/05") REFUSED,
         "for; for: servicing_writes; against: written_before; suspects: guard.inf! watch.inf"},
        {DEVICE_LOG GUARD("2021/05/04") WRITTEN("2021/05/05", "ContosoPm") REFUSED,
         "open; for: servicing_writes; against: written_before; suspects: guard.inf"},
        /* what came between two refusals did not cause the first */
        {DEVICE_LOG REFUSED_WITH("2021/05/01", "", "") GUARD("2021/05/04") REFUSED,
         "open; for: denied_again servicing_writes; against:; suspects:"},
        /* unless the thing was written between them */
        {DEVICE_LOG REFUSED_WITH("2021/04/01", "", "") WRITTEN("2021/05/01", "ContosoPm")
             GUARD("2021/05/04") REFUSED,
         "for; for: denied_again servicing_writes; against: written_before; suspects: guard.inf!"},
    };
    check_all(state, rows, COUNT(rows));
}

static void strong_evidence_against_lowers_the_hypothesis(void **state)
{
    struct diagnosed diagnosed =
        diagnose(*state, NULL, DEVICE_LOG REFUSED_WITH("2021/05/07", HIVE, ""));
    const struct cw_finding *finding = &diagnosed.report->findings[0];
    assert_str(finding->id, "driver.service-write-denied");
    assert_int_equal(finding->confidence, CW_CONFIDENCE_OBSERVED);
    assert_int_equal(finding->hypotheses[0].confidence, CW_CONFIDENCE_POSSIBLE);
    assert_true(cw_str_eq(finding->hypotheses[0].reason, finding->interference.conclusion));
    assert_true(cw_str_starts(finding->actions[0].text, CW_STR("Look at the machine that")));
    assert_int_equal(finding->allowlist.registry_key.count, 0);
    free_diagnosed(&diagnosed);
    diagnosed = diagnose(*state, NULL, DEVICE_LOG GUARD("2021/05/06") REFUSED);
    finding = &diagnosed.report->findings[0];
    assert_int_equal(finding->hypotheses[0].confidence, CW_CONFIDENCE_CONSISTENT);
    assert_true(finding->allowlist.registry_key.count > 0);
    free_diagnosed(&diagnosed);
}

static void only_refusals_are_weighed(void **state)
{
    struct diagnosed diagnosed = diagnose(
        *state, NULL,
        DEVICE_LOG GUARD("2021/05/06")
            DRIVER_UPDATE_FAILS("2021/05/07", "07:00:11.250", "cpu.inf", "Contoso Processor",
                                "ContosoPm", "0x00000070", "07:00:19.900"));
    assert_true(diagnosed.report->finding_count > 0);
    assert_false(diagnosed.report->findings[0].interference.weighed);
    free_diagnosed(&diagnosed);
    assert_diagnosis(*state, NULL, DEVICE_LOG GUARD("2021/05/06") WRITTEN("2021/05/07", "Pm"),
                     "no_failure:");
}

/* What CBS.log says of itself, in front of the run and of another start of the stack. */
static void an_image_that_cbs_services_offline_is_not_running(void **state)
{
    static const struct {
        const char *before, *expected;
    } rows[] = {
        {"", "open; for: servicing_writes; against:; suspects:"},
        {LINE("2023-09-13", "03:25:39", "Setting core mode: CbsCoreModeOffline"),
         "against; for:; against: offline_image; suspects:"},
        {LINE("2023-09-13", "03:25:38", "Setting core mode: CbsCoreModeOffline")
             LINE("2023-09-13", "03:25:39", "Loaded Servicing Stack v10.0.20348.1960 with Core: x"),
         "open; for: servicing_writes; against:; suspects:"},
    };
    struct cw_buf log = read_fixture_file("knowledge/access.key-denied/CBS.log");
    struct cw_str rest =
        cw_str_from(cw_buf_str(&log), cw_str_find_char(cw_buf_str(&log), '\n') + 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cw_buf whole;
        cw_buf_init(&whole, 100000);
        assert_true(cw_buf_append(&whole, cw_str_c(rows[i].before)) && cw_buf_append(&whole, rest));
        struct diagnosed diagnosed = diagnose_bytes(*state, cw_buf_str(&whole), CW_STR_NONE);
        struct cw_buf text = tell(&diagnosed.report->findings[0]);
        assert_string_equal(text.data, rows[i].expected);
        cw_buf_done(&text);
        free_diagnosed(&diagnosed);
        cw_buf_done(&whole);
    }
    cw_buf_done(&log);
}

static void things_are_told_by_kind_and_name(void **state)
{
    static const struct {
        enum cw_entity kind;
        const char *value;
        enum cw_entity thing;
        const char *name, *service;
    } rows[] = {
        {CW_ENTITY_SERVICE, "AmdK8", CW_ENTITY_SERVICE, "AmdK8", "AmdK8"},
        {CW_ENTITY_REGISTRY_KEY, "HKLM\\SYSTEM\\CurrentControlSet\\services\\AmdK8",
         CW_ENTITY_SERVICE, "AmdK8", "AmdK8"},
        {CW_ENTITY_REGISTRY_KEY, "HKLM\\System\\ControlSet001\\Services\\Tcpip\\Parameters",
         CW_ENTITY_REGISTRY_KEY, "HKLM\\System\\ControlSet001\\Services\\Tcpip\\Parameters",
         "Tcpip"},
        {CW_ENTITY_REGISTRY_KEY, "HKLM\\System\\X\\Services\\EventLog\\System\\AmdK8",
         CW_ENTITY_REGISTRY_KEY, "HKLM\\System\\X\\Services\\EventLog\\System\\AmdK8", ""},
        {CW_ENTITY_REGISTRY_KEY, "HKLM\\SOFTWARE\\Contoso", CW_ENTITY_REGISTRY_KEY,
         "HKLM\\SOFTWARE\\Contoso", ""},
        {CW_ENTITY_FILE, "C:\\Windows\\System32\\drivers\\a.sys", CW_ENTITY_FILE, "a.sys", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cw_written_thing thing = cw_thing_of(rows[i].kind, cw_str_c(rows[i].value));
        assert_int_equal(thing.kind, rows[i].thing);
        assert_str(thing.name, rows[i].name);
        assert_str(thing.service, rows[i].service);
    }
    struct cw_written_thing service = cw_thing_of(rows[0].kind, cw_str_c("TCPIP"));
    struct cw_written_thing below = cw_thing_of(rows[2].kind, cw_str_c(rows[2].value));
    assert_true(cw_related_things(&service, &below));
    assert_false(cw_same_thing(&service, &below));
}

static void a_rotated_log_and_another_machine_are_told_apart(void **state)
{
    static const char before[] = DEVICE_LOG GUARD("2021/05/06");
    static const char after[] = DEVICE_LOG REFUSED;
    static const struct {
        const char *older, *newer, *expected;
    } rows[] = {
        {"/nowhere/inf/setupapi.dev.20210506_235959.log", "/nowhere/inf/setupapi.dev.log",
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
        {"/nowhere/PC1_setupapi.dev.20210506_235959.log", "/nowhere/PC1_setupapi.dev.log",
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
        {"/nowhere/pc1/setupapi.dev.log", "/nowhere/pc2/setupapi.dev.log", OPEN},
        {"/nowhere/PC1_setupapi.dev.log", "/nowhere/PC2_setupapi.dev.log", OPEN},
        {"/nowhere/setupapi.dev_PC1.log", "/nowhere/setupapi.dev_PC2.log", OPEN},
        {"/nowhere/setupapi.dev_old.log", "/nowhere/setupapi.dev.log",
         "for; for: servicing_writes; against:; suspects: guard.inf!"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (unsigned turned = 0; turned < 2; turned++) {
            const struct named_log logs[] = {{rows[i].older, CW_STR(before)},
                                             {rows[i].newer, CW_STR(after)}};
            const struct named_log other[] = {logs[1], logs[0]};
            struct diagnosed diagnosed = diagnose_logs(*state, turned ? other : logs, 2);
            struct cw_buf text = tell(&diagnosed.report->findings[0]);
            assert_string_equal(text.data, rows[i].expected);
            cw_buf_done(&text);
            free_diagnosed(&diagnosed);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_is_suspect_by_what_it_is_and_since_when),
        cmocka_unit_test(the_more_suspect_comes_first),
        cmocka_unit_test(sections_about_one_package_are_put_together),
        cmocka_unit_test(what_was_removed_before_is_no_suspect),
        cmocka_unit_test(what_stands_behind_the_refusal_came_later),
        cmocka_unit_test(microsoft_is_no_other_vendor_in_any_language),
        cmocka_unit_test(what_was_refused_and_what_was_not_is_weighed),
        cmocka_unit_test(a_write_in_between_tells_suspects_apart),
        cmocka_unit_test(strong_evidence_against_lowers_the_hypothesis),
        cmocka_unit_test(only_refusals_are_weighed),
        cmocka_unit_test(an_image_that_cbs_services_offline_is_not_running),
        cmocka_unit_test(things_are_told_by_kind_and_name),
        cmocka_unit_test(a_rotated_log_and_another_machine_are_told_apart),
    };
    return cmocka_run_group_tests(tests, load_builtin_rules, free_rules);
}
