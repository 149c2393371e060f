#include "report/renderer.h"

#include "base/error.h"
#include "report/json_report.h"
#include "report/ndjson_report.h"
#include "report/text_report.h"

static const struct cw_renderer renderers[CW_FORMATS] = {
    [CW_FORMAT_TEXT] = {"text", cw_report_text, cw_batch_text, NULL},
    [CW_FORMAT_JSON] = {"json", cw_report_json, NULL, NULL},
    [CW_FORMAT_NDJSON] = {"ndjson", NULL, cw_batch_ndjson, cw_batch_ndjson_end},
};

const struct cw_renderer *cw_renderer_of(enum cw_report_format format)
{
    return &renderers[format];
}

const char *cw_format_name(enum cw_report_format format)
{
    return renderers[format].name;
}

int cw_format_is_batch(enum cw_report_format format)
{
    return renderers[format].write == NULL;
}

int cw_renderer_done(int status, struct cw_error *error)
{
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    return status < 0 ? cw_fail(error, status, "the report could not be written") : CW_OK;
}
