/* A streaming JSON writer: no tree in memory, any bytes in, valid UTF-8 out.
 *
 * Bytes that are not UTF-8 become U+FFFD, control characters become \uXXXX, and U+2028/2029, DEL
 * and bidirectional controls are escaped too, so that a line of log text can not leave its string
 * in any consumer, nor disturb a terminal. Several values at the top level stand a line each.
 * After a failed write every further call does nothing; cw_json_end() reports the first failure.
 */
#ifndef CW_REPORT_JSON_WRITER_H
#define CW_REPORT_JSON_WRITER_H

#include "base/buf.h"
#include "base/civil.h"
#include "cbswhy/output.h"

struct cw_json {
    const struct cw_output *output;
    struct cw_buf buf; /* written out when it is large and at the end */
    int indent;        /* blanks a level; 0 = one line */
    int depth;
    bool first; /* nothing stands yet in the innermost object or array */
    bool after_key;
    int status; /* the first failure, 0 = none */
};

void cw_json_begin(struct cw_json *json, const struct cw_output *output, int indent);
/* Writes what is left, and a line end unless nothing was written; returns the first failure or 0.
 * Releases memory. */
int cw_json_end(struct cw_json *json);

void cw_json_object(struct cw_json *json);
void cw_json_object_end(struct cw_json *json);
void cw_json_array(struct cw_json *json);
void cw_json_array_end(struct cw_json *json);
void cw_json_key(struct cw_json *json, const char *key);
void cw_json_str(struct cw_json *json, struct cw_str text);
void cw_json_uint(struct cw_json *json, uint64_t number);
void cw_json_int(struct cw_json *json, int64_t number);
void cw_json_bool(struct cw_json *json, bool value);
void cw_json_null(struct cw_json *json);

/* key and value in one step */
void cw_json_member_str(struct cw_json *json, const char *key, struct cw_str text);
/* null when the string is empty */
void cw_json_member_str_or_null(struct cw_json *json, const char *key, struct cw_str text);
void cw_json_member_uint(struct cw_json *json, const char *key, uint64_t number);
void cw_json_member_bool(struct cw_json *json, const char *key, bool value);
/* "2024-09-10T10:44:45.973"; null when not known */
void cw_json_member_time(struct cw_json *json, const char *key, cw_time time);

#endif
