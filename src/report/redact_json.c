#include "report/redact_json.h"

void cw_json_redaction(struct cw_json *json, const struct cw_redacted *redacted)
{
    cw_json_key(json, "redaction");
    if (!redacted->done) {
        cw_json_null(json);
        return;
    }
    cw_json_object(json);
    cw_json_key(json, "values");
    cw_json_object(json);
    for (size_t kind = 0; kind < CW_IDENTIFIERS; kind++)
        cw_json_member_uint(json, cw_identifier_name((enum cw_identifier)kind).ptr,
                            redacted->values[kind]);
    cw_json_object_end(json);
    cw_json_member_uint(json, "by_place", redacted->by_place);
    cw_json_object_end(json);
}
