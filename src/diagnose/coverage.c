#include "diagnose/coverage.h"

#include <stdlib.h>

#include "diagnose/convert.h"

/* In UTF-8, like all text of the report. */
static bool quote_strays(const struct cw_case_source *source, struct cw_arena *arena,
                         struct cw_source_report *told)
{
    const struct cw_strays *strays = &told->stats.strays;
    for (size_t i = 0; i < strays->count; i++) {
        const struct cw_stray *stray = &strays->items[i];
        struct cw_quoted_line *quoted = &told->strays[told->stray_count++];
        struct cw_str text;
        *quoted = (struct cw_quoted_line){.line = stray->line, .cut = stray->cut};
        if (!cw_arena_str(arena, cw_stray_text(stray), &text) ||
            !cw_codepage_convert(source->text, arena, text, &quoted->text))
            return false;
    }
    return true;
}

static bool describe_sources(struct cw_report *report, const struct cw_case *c,
                             struct cw_arena *arena)
{
    report->sources = cw_arena_array(arena, c->source_count, sizeof(*report->sources));
    if (!report->sources)
        return false;
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_case_source *source = &c->sources[i];
        struct cw_source_report *told = &report->sources[i];
        *told = (struct cw_source_report){
            .path = source->path,
            .recognised = source->recognised,
            .log = source->log,
            .stats = source->stats,
        };
        if (!cw_case_source_encoding(source, &told->encoding) || !quote_strays(source, arena, told))
            return false;
    }
    report->source_count = c->source_count;
    return true;
}

static int compare_diagnostics(const void *a, const void *b)
{
    const struct cw_diagnostic *left = a;
    const struct cw_diagnostic *right = b;
    int order = cw_str_compare(left->path, right->path);
    if (order == 0)
        order = cw_str_compare(left->kind, right->kind);
    return order ? order : cw_str_compare(left->text, right->text);
}

/* What a limit left out of all runs together. */
static uint64_t steps_dropped(const struct cw_case *c)
{
    uint64_t count = 0;
    for (size_t i = 0; i < c->run_count; i++)
        count += c->runs[i]->steps_dropped;
    return count;
}

static void add_diagnostic(struct cw_report *report, const char *kind, uint64_t count,
                           const char *text)
{
    if (count)
        report->diagnostics[report->diagnostic_count++] =
            (struct cw_diagnostic){.kind = cw_str_c(kind), .count = count, .text = cw_str_c(text)};
}

static bool describe_remarks(struct cw_report *report, const struct cw_case *c,
                             struct cw_arena *arena)
{
    report->diagnostics = cw_arena_array(arena, c->remark_count + 2, sizeof(*report->diagnostics));
    if (!report->diagnostics)
        return false;
    for (size_t i = 0; i < c->remark_count; i++) {
        const struct cw_remark *remark = &c->remarks[i];
        report->diagnostics[i] = (struct cw_diagnostic){remark->kind, remark->path, remark->line,
                                                        remark->count, remark->text};
    }
    report->diagnostic_count = c->remark_count;
    add_diagnostic(report, "episodes_dropped", c->episodes_dropped,
                   "the oldest failed runs and sections were left out: there are too many");
    add_diagnostic(report, "steps_dropped", steps_dropped(c),
                   "a servicing run has more failing lines than are kept");
    if (report->diagnostic_count)
        qsort(report->diagnostics, report->diagnostic_count, sizeof(*report->diagnostics),
              compare_diagnostics);
    return true;
}

bool cw_report_cover(struct cw_case *c, struct cw_arena *arena, struct cw_report *report)
{
    return describe_sources(report, c, arena) && cw_case_remark_encodings(c) &&
           describe_remarks(report, c, arena);
}
