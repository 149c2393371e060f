#include "report/ndjson_report.h"

#include "report/json_report.h"
#include "report/json_writer.h"

int cw_batch_ndjson(struct cw_batch *batch, const char *input, const struct cw_report *report,
                    struct cw_error *error)
{
    struct cw_json json;
    cw_json_begin(&json, batch->output, 0);
    cw_json_object(&json);
    cw_json_member_str(&json, "input", cw_str_c(input));
    cw_json_report_members(&json, report, batch->style);
    cw_json_object_end(&json);
    return cw_renderer_done(cw_json_end(&json), error);
}

int cw_batch_ndjson_end(struct cw_batch *batch, struct cw_error *error)
{
    struct cw_json json;
    cw_json_begin(&json, batch->output, 0);
    cw_json_object(&json);
    cw_json_member_str(&json, "schema_version", CW_SCHEMA_VERSION);
    cw_json_key(&json, "totals");
    cw_json_object(&json);
    cw_json_member_uint(&json, "inputs", batch->inputs);
    for (unsigned verdict = CW_VERDICT_UNKNOWN; verdict <= CW_VERDICT_FAILURE; verdict++)
        cw_json_member_uint(&json, cw_verdict_name((enum cw_verdict)verdict).ptr,
                            batch->verdicts[verdict]);
    cw_json_object_end(&json);
    cw_json_object_end(&json);
    return cw_renderer_done(cw_json_end(&json), error);
}
