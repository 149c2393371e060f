#include "support/sample_report.h"

#include "support/test.h"

#define CODE_DENIED UINT32_C(0x80070005)

static cw_time at(unsigned hour, unsigned minute, unsigned second, unsigned millisecond)
{
    const struct cw_civil civil = {2023, 3, 14, hour, minute, second, millisecond};
    return cw_time_from_civil(&civil);
}

void sample_add(struct sample *sample, struct cw_strings *strings, const char *text)
{
    assert_true(cw_strings_add(strings, &sample->arena, cw_str_c(text)));
}

static void add_entity(struct sample *sample, enum cw_entity entity, const char *text)
{
    sample_add(sample, &sample->findings[0].entities.of[entity], text);
}

static void make_sources(struct sample *sample)
{
    sample->sources[0] = (struct cw_source_report){
        .path = CW_STR("logs/setupapi.dev.log"),
        .recognised = true,
        .log = CW_LOG_SETUPAPI,
        .encoding = CW_STR("8-bit"),
        .stats = {.lines = 412,
                  .records = 398,
                  .unrecognized = 2,
                  .first_unrecognized = 7,
                  .first = at(9, 0, 1, 250),
                  .last = at(9, 31, 7, 17),
                  .sections = 12,
                  .unclosed_sections = 1},
        .strays = {{7, false, CW_STR("<Garbled data>")}, {9, true, CW_STR("\x1b[1mAnd more")}},
        .stray_count = 2,
    };
    sample->sources[1] = (struct cw_source_report){
        .path = CW_STR("logs/CBS.log"),
        .recognised = true,
        .log = CW_LOG_CBS,
        .encoding = CW_STR("utf-8"),
        .stats = {.lines = 20311,
                  .records = 20190,
                  .first = at(8, 59, 58, 0),
                  .last = at(9, 31, 9, 0),
                  .has_utc_offset = true,
                  .utc_offset = -210},
    };
}

static void make_chain(struct sample *sample)
{
    sample->chain[0] = (struct cw_chain_item){
        .role = CW_CHAIN_CAUSE,
        .time = at(9, 31, 7, 17),
        .time_approximate = true,
        .source = 0,
        .line = 388,
        .last_line = 388,
        .text = CW_STR("Failed to set Image Path. Error = 0x00000005"),
        .note = CW_STR("the first error of the section"),
    };
    sample->chain[1] = (struct cw_chain_item){
        .role = CW_CHAIN_CONSEQUENCE,
        .time = at(9, 31, 8, 0),
        .source = 1,
        .line = 20104,
        .last_line = 20107,
        .text = CW_STR("Doqd: [Forward] Installing driver updates failed, result 5"),
    };
    sample->chain[2] = (struct cw_chain_item){
        .role = CW_CHAIN_OUTCOME,
        .time = CW_TIME_NONE,
        .source = 1,
        .line = 20300,
        .last_line = 20300,
        .text = CW_STR("Rolling back \x1b[2Jeverything \xE2\x80\xAE now"),
    };
    sample->old_chain[0] = sample->chain[1];
}

static void make_advice(struct sample *sample)
{
    sample->actions[0] = (struct cw_action){
        .kind = CW_STR("check"),
        .text = CW_STR("See which filter drivers are loaded that the system does not own."),
    };
    sample_add(sample, &sample->actions[0].commands, "fltmc filters");
    sample->actions[1] = (struct cw_action){
        .kind = CW_STR("fix"), .text = CW_STR("Put the entries below on the allow list.")};
    sample->actions[2] = (struct cw_action){.kind = CW_STR("collect"),
                                            .text = CW_STR("Ask for Setup.evtx of the same day.")};
    sample->settle[0] =
        (struct cw_action){.kind = CW_STR("check"), .text = CW_STR("Write the value by hand.")};
    sample->hypotheses[0] = (struct cw_hypothesis){
        .statement = CW_STR("A security product denies the write."),
        .confidence = CW_CONFIDENCE_CONSISTENT,
        .reason = CW_STR("the key itself lets the system write"),
        .settle = sample->settle,
        .settle_count = 1,
    };
}

static void make_root_cause(struct sample *sample)
{
    struct cw_finding *finding = &sample->findings[0];
    *finding = (struct cw_finding){
        .id = CW_STR("sample.write-denied"),
        .role = CW_ROLE_ROOT_CAUSE,
        .confidence = CW_CONFIDENCE_OBSERVED,
        .confidence_reason = CW_STR("the log names the value and the code"),
        .title = CW_STR("Writing to the key of service UsbGate was denied"),
        .explanation = CW_STR("Servicing writes the service's key again although no such device "
                              "is present. The write was refused."),
        .code = CODE_DENIED,
        .outcome = {.rolled_back = CW_YES,
                    .stage = CW_STR("startup"),
                    .progress_percent = 31,
                    .package_state = CW_STR("Staged")},
        .chain = sample->chain,
        .chain_count = 3,
        .actions = sample->actions,
        .action_count = 3,
        .hypotheses = sample->hypotheses,
        .hypothesis_count = 1,
        .occurrences = 1,
        .first_seen = at(9, 31, 7, 17),
        .last_seen = at(9, 31, 7, 17),
        .fingerprint = CW_STR("00c0ffee00c0ffee"),
    };
    sample_add(sample, &finding->as_written, "0x00000005");
    sample_add(sample, &finding->as_written, "result 5");
    sample_add(sample, &finding->agreed, "time");
    sample_add(sample, &finding->agreed, "code");
    sample_add(sample, &finding->operations, "Reflect Driver Package: usbgate.inf");
    sample_add(sample, &finding->operations, "Add Service: UsbGate");
    sample_add(sample, &finding->references, "https://example.org/denied");
    sample_add(sample, &finding->allowlist.process, "C:\\Windows\\servicing\\TrustedInstaller.exe");
    sample_add(sample, &finding->allowlist.registry_key,
               "HKLM\\SYSTEM\\CurrentControlSet\\Services\\UsbGate");
    add_entity(sample, CW_ENTITY_KB, "KB4990017");
    add_entity(sample, CW_ENTITY_INF, "usbgate.inf");
    add_entity(sample, CW_ENTITY_SERVICE, "UsbGate");
    add_entity(sample, CW_ENTITY_SERVICE, "UsbGateFlt");
    add_entity(sample, CW_ENTITY_SERVICE, "UsbGateHid");
    add_entity(sample, CW_ENTITY_PACKAGE,
               "Package_7_for_KB4990017~31bf3856ad364e35~amd64~~10.0.1.4");
}

static void make_recovered(struct sample *sample)
{
    sample->findings[1] = (struct cw_finding){
        .id = CW_STR("unexplained"),
        .role = CW_ROLE_RECOVERED,
        .confidence = CW_CONFIDENCE_POSSIBLE,
        .title = CW_STR("An older run failed"),
        .outcome = {.progress_percent = -1},
        .chain = sample->old_chain,
        .chain_count = 1,
        .occurrences = 3,
        .first_seen = at(9, 1, 0, 0),
        .last_seen = at(9, 2, 0, 0),
        .fingerprint = CW_STR("0123456789abcdef"),
    };
}

static void make_report(struct sample *sample)
{
    sample->not_read[0] = (struct cw_not_read){CW_STR("logs/notes.docx"), CW_STR("not a log")};
    sample->missing[0] = (struct cw_missing){CW_MISSING_SERVICING, CW_STR("Setup.evtx"),
                                             CW_STR("it names the packages and their verdicts"),
                                             CW_STR("C:\\Windows\\System32\\winevt\\Logs")};
    sample->diagnostics[0] = (struct cw_diagnostic){CW_STR("nul_bytes"), CW_STR("logs/CBS.log"), 77,
                                                    4, CW_STR("The line holds NUL bytes.")};
    sample->report = (struct cw_report){
        .rules_version = CW_STR("1.0+deadbeef"),
        .verdict = CW_VERDICT_FAILURE,
        .summary = CW_STR("KB4990017 was rolled back: writing to service UsbGate was denied"),
        .os_version = CW_STR("10.0.17763"),
        .has_utc_offset = true,
        .utc_offset = -210,
        .findings = sample->findings,
        .finding_count = 2,
        .sources = sample->sources,
        .source_count = 2,
        .not_read = sample->not_read,
        .not_read_count = 1,
        .missing = sample->missing,
        .missing_count = 1,
        .diagnostics = sample->diagnostics,
        .diagnostic_count = 1,
    };
}

int sample_set_up(void **state)
{
    static struct sample sample;
    sample = (struct sample){0};
    make_sources(&sample);
    make_chain(&sample);
    make_advice(&sample);
    make_root_cause(&sample);
    make_recovered(&sample);
    make_report(&sample);
    *state = &sample;
    return 0;
}

int sample_tear_down(void **state)
{
    struct sample *sample = *state;
    cw_arena_done(&sample->arena);
    return 0;
}
