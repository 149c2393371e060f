/* Any bytes as two logs of one machine, diagnosed and rendered. The first byte says where the first
 * log ends and the second begins, in 256th parts of the rest; the second how many bytes the sources
 * give at a time. */
#include "diagnose/diagnosis.h"
#include "fuzz/fuzzing.h"
#include "report/renderer.h"
#include "rules/load.h"

static int discard(void *context, const char *bytes, size_t size)
{
    (void)context;
    demand(size == 0 || bytes);
    return 0;
}

/* The pack is loaded once: it is the same for every input. */
static const struct cw_rules *rules(void)
{
    static struct cw_rules *builtin;
    if (!builtin)
        demand(cw_rules_load_builtin(NULL, &builtin, NULL, NULL) == 0);
    return builtin;
}

static void check_finding(const struct cw_report *report, const struct cw_finding *finding)
{
    demand(finding->id.len > 0 && finding->fingerprint.len == 16 && finding->occurrences > 0);
    for (size_t i = 0; i < finding->chain_count; i++) {
        const struct cw_chain_item *item = &finding->chain[i];
        demand(item->source < report->source_count && item->line > 0 &&
               item->line <= report->sources[item->source].stats.lines);
    }
}

static void render(const struct cw_report *report)
{
    struct cw_output output = {discard, NULL};
    for (size_t i = 0; i < report->finding_count; i++)
        check_finding(report, &report->findings[i]);
    demand(report->verdict != CW_VERDICT_FAILURE || report->finding_count > 0);
    for (int format = 0; format < CW_FORMATS; format++) {
        struct cw_batch batch = {.renderer = cw_renderer_of((enum cw_report_format)format),
                                 .output = &output};
        if (batch.renderer->write)
            demand(cw_render(batch.renderer, report, NULL, &output, NULL) == 0);
        if (batch.renderer->add)
            demand(cw_render_in_batch(&batch, "input", report, NULL) == 0);
        if (batch.renderer->end)
            demand(batch.renderer->end(&batch, NULL) == 0);
    }
}

static void diagnose(struct cw_str first, struct cw_str second, size_t piece)
{
    struct cw_diagnosis *diagnosis = NULL;
    demand(cw_diagnosis_new(rules(), &diagnosis, NULL) == 0);
    demand(cw_diagnosis_add_memory(diagnosis, "/nowhere/first.log", first, piece, NULL) == 0);
    demand(cw_diagnosis_add_memory(diagnosis, "/nowhere/second.log", second, piece, NULL) == 0);
    demand(cw_diagnosis_finish(diagnosis, NULL) == 0);
    render(cw_diagnosis_report(diagnosis));
    cw_diagnosis_free(diagnosis);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    struct cw_str rest = {(const char *)bytes + 2, size - 2};
    size_t at = rest.len * bytes[0] / 256;
    diagnose(cw_str_head(rest, at), cw_str_from(rest, at), bytes[1]);
    return 0;
}
