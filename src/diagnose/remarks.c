#include "diagnose/remarks.h"

#include <stdio.h>

#include "input/decode.h"
#include "input/event_lines.h"
#include "input/evtx.h"

static const char unclosed_section[] = "unclosed_section";

int cw_remark(struct cw_case *c, size_t source, const char *kind, uint64_t line, uint64_t count,
              const char *text)
{
    struct cw_remark remark = {
        .kind = cw_str_c(kind),
        .path = c->sources[source].path,
        .text = cw_str_c(text),
        .line = line,
        .count = count,
    };
    return cw_case_remark(c, &remark) ? CW_OK : CW_ERR_NOMEM;
}

int cw_remark_on_lines(struct cw_case *c, size_t source, const struct cw_line_reader *lines,
                       const struct cw_source *text)
{
    uint64_t first = 0;
    uint64_t cut = cw_line_reader_cut(lines, &first);
    uint64_t nuls = cw_line_reader_nuls(lines);
    int status = CW_OK;
    if (cut)
        status = cw_remark(c, source, "long_line", first, cut,
                           "a line is longer than 65536 bytes; the rest of it was not read");
    if (status == CW_OK && nuls)
        status = cw_remark(c, source, "nul_bytes", 0, nuls, "the log holds NUL bytes");
    uint64_t replaced = cw_source_replaced(text);
    if (status == CW_OK && replaced)
        status = cw_remark(c, source, "undecodable", 0, replaced,
                           "units are no characters of UTF-16 and stand as U+FFFD");
    return status;
}

int cw_remark_on_events(struct cw_case *c, size_t source, const struct cw_text *text)
{
    uint64_t broken = cw_source_events_broken(text->lines);
    uint64_t damages = text->events ? cw_evtx_damages(text->events) : 0;
    int status = CW_OK;
    if (text->events)
        status = cw_remark(c, source, "no_lines", 0, 1,
                           "it is an event log and has no lines: their numbers count its events, "
                           "in the order of the file");
    if (broken && status == CW_OK)
        status = cw_remark(c, source, "no_line_ends", 0, broken,
                           "several events stand in one line of the file: the numbers of lines "
                           "count each of them as one");
    if (damages && status == CW_OK)
        status = cw_remark(c, source, "damaged_events", 0, damages,
                           "parts of the event log are damaged; what could not be read of them is "
                           "missing");
    return status;
}

int cw_remark_on_file(struct cw_case *c, size_t first, const struct cw_source *file)
{
    static const struct {
        const char *kind, *text;
    } fates[] = {
        [CW_SOURCE_UNCHANGED] = {NULL, NULL},
        [CW_SOURCE_GREW] = {"grew", "the file grew while it was read; what was written later may "
                                    "not be in this report"},
        [CW_SOURCE_SHRANK] = {"shrank", "the file became shorter while it was read; what was cut "
                                        "off may not have been read"},
        [CW_SOURCE_REPLACED] = {"replaced", "another file has its name since it was read"},
    };
    enum cw_source_fate fate = cw_source_fate(file);
    for (size_t i = first; i < c->source_count; i++)
        cw_source_identity(file, &c->sources[i].device, &c->sources[i].inode);
    if (fate == CW_SOURCE_UNCHANGED || first == c->source_count)
        return CW_OK;
    struct cw_remark remark = {
        .kind = cw_str_c(fates[fate].kind),
        .path = cw_str_c(cw_source_name(file)),
        .text = cw_str_c(fates[fate].text),
        .count = 1,
    };
    return cw_case_remark(c, &remark) ? CW_OK : CW_ERR_NOMEM;
}

int cw_remark_on_stats(struct cw_case *c, size_t source)
{
    const struct cw_log_stats *stats = &c->sources[source].stats;
    const struct {
        const char *kind;
        uint64_t line, count;
        const char *text;
    } remarks[] = {
        {"unrecognized_lines", stats->first_unrecognized, stats->unrecognized,
         "lines belong to no record of the format"},
        {"time_goes_back", stats->first_backward, stats->backward_steps,
         "the time goes back: the clock was set or a log was appended"},
        {unclosed_section, 0, stats->unclosed_sections,
         "a section has no end line: it was cut off, or was still under way"},
        {"long_record", 0, stats->cut_records,
         "a record is longer than 262144 bytes; the rest of it was not read"},
        {"deep_operations", 0, stats->untracked_operations,
         "operations lie more than 64 levels deep; those below were not followed"},
    };
    int status = CW_OK;
    for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]) && status == CW_OK; i++) {
        if (remarks[i].count)
            status = cw_remark(c, source, remarks[i].kind, remarks[i].line, remarks[i].count,
                               remarks[i].text);
    }
    return status;
}

int cw_remark_on_utc(struct cw_case *c, size_t source)
{
    return cw_remark(c, source, "utc", 0, 1,
                     "its times are UTC; no other log of this machine tells the offset of its "
                     "clock");
}

void cw_remark_section_closed(struct cw_case *c, size_t source)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->remark_count; i++) {
        struct cw_remark *remark = &c->remarks[i];
        if (cw_str_eq(remark->kind, cw_str_c(unclosed_section)) &&
            cw_str_eq(remark->path, c->sources[source].path))
            remark->count--;
        if (remark->count)
            c->remarks[kept++] = *remark;
    }
    c->remark_count = kept;
}

int cw_remark_on_rule(struct cw_case *c, size_t source, struct cw_str rule, uint64_t line,
                      const struct cw_error *reason)
{
    char text[640];
    (void)snprintf(text, sizeof(text), "rule '%.*s' was stopped: %s", CW_STR_ARG(rule),
                   reason->text);
    return cw_remark(c, source, "rule_stopped", line, 1, text);
}
