/* What was redacted, as JSON: the value of the key "redaction". */
#ifndef CW_REPORT_REDACT_JSON_H
#define CW_REPORT_REDACT_JSON_H

#include "diagnose/finding.h"
#include "report/json_writer.h"

/* Key and value; null when nothing was to be hidden. */
void cw_json_redaction(struct cw_json *json, const struct cw_redacted *redacted);

#endif
