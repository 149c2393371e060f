#include "report/json_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"

/* Large enough that the reader's system calls do not show, small enough to stay in the cache. */
enum { FLUSH_AT = 32 * 1024 };

static void flush(struct cw_json *json)
{
    if (json->status == CW_OK && json->buf.len > 0)
        json->status = json->output->write(json->output->context, json->buf.data, json->buf.len);
    cw_buf_clear(&json->buf);
}

/* In pieces, so that a long string needs no long buffer. */
static void put(struct cw_json *json, struct cw_str bytes)
{
    while (json->status == CW_OK && bytes.len > 0) {
        struct cw_str piece = cw_str_head(bytes, FLUSH_AT);
        if (!cw_buf_append(&json->buf, piece))
            json->status = CW_ERR_NOMEM;
        else if (json->buf.len >= FLUSH_AT)
            flush(json);
        bytes = cw_str_from(bytes, piece.len);
    }
}

static void put_newline(struct cw_json *json)
{
    static const char blanks[] = "                ";
    if (json->indent == 0)
        return;
    put(json, CW_STR("\n"));
    for (size_t left = (size_t)json->indent * (size_t)json->depth; left > 0;) {
        struct cw_str some = cw_str_head(cw_str_c(blanks), left);
        put(json, some);
        left -= some.len;
    }
}

/* What stands between the value before and this one. */
static void begin_value(struct cw_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->first)
        put(json, json->depth ? CW_STR(",") : CW_STR("\n"));
    if (json->depth)
        put_newline(json);
    json->first = false;
}

static void open_level(struct cw_json *json, struct cw_str bracket)
{
    begin_value(json);
    put(json, bracket);
    json->depth++;
    json->first = true;
}

static void close_level(struct cw_json *json, struct cw_str bracket)
{
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    if (!json->first)
        put_newline(json);
    put(json, bracket);
    json->first = false;
}

void cw_json_begin(struct cw_json *json, const struct cw_output *output, int indent)
{
    *json = (struct cw_json){.output = output, .indent = indent, .first = true};
    /* Less than FLUSH_AT waits, and at most as much again comes in one piece. */
    cw_buf_init(&json->buf, 2 * (size_t)FLUSH_AT);
}

int cw_json_end(struct cw_json *json)
{
    assert(json->status != CW_OK || json->depth == 0);
    if (!json->first)
        put(json, CW_STR("\n"));
    flush(json);
    cw_buf_done(&json->buf);
    return json->status;
}

void cw_json_object(struct cw_json *json)
{
    open_level(json, CW_STR("{"));
}

void cw_json_object_end(struct cw_json *json)
{
    close_level(json, CW_STR("}"));
}

void cw_json_array(struct cw_json *json)
{
    open_level(json, CW_STR("["));
}

void cw_json_array_end(struct cw_json *json)
{
    close_level(json, CW_STR("]"));
}

static void put_escaped(struct cw_json *json, uint32_t point)
{
    static const char names[] = "\b\t\n\f\r\"\\";
    static const char letters[] = "btnfr\"\\";
    char text[16];
    const char *name = point < 0x80 && point ? strchr(names, (int)point) : NULL;
    int len;
    if (name)
        len = snprintf(text, sizeof(text), "\\%c", letters[name - names]);
    else if (point < 0x10000)
        len = snprintf(text, sizeof(text), "\\u%04" PRIx32, point);
    else
        len = snprintf(text, sizeof(text), "\\u%04" PRIx32 "\\u%04" PRIx32, 0xD7C0 + (point >> 10),
                       0xDC00 + (point & 0x3FF));
    put(json, cw_str_head(cw_str_c(text), (size_t)len));
}

/* Bytes at the start of `text` that stand for themselves and need no decoding. */
static size_t plain_prefix(struct cw_str text)
{
    size_t len = 0;
    while (len < text.len && text.ptr[len] >= ' ' && text.ptr[len] < 0x7F && text.ptr[len] != '"' &&
           text.ptr[len] != '\\')
        len++;
    return len;
}

static void put_string(struct cw_json *json, struct cw_str text)
{
    put(json, CW_STR("\""));
    while (text.len > 0) {
        size_t len = plain_prefix(text);
        put(json, cw_str_head(text, len));
        text = cw_str_from(text, len);
        if (text.len == 0)
            break;
        uint32_t point;
        len = cw_utf8_decode(text, &point);
        if (point == CW_UTF8_INVALID)
            put(json, CW_UTF8_REPLACEMENT);
        else if (point == '"' || point == '\\' || cw_utf8_is_unsafe(point))
            put_escaped(json, point);
        else
            put(json, cw_str_head(text, len));
        text = cw_str_from(text, len);
    }
    put(json, CW_STR("\""));
}

void cw_json_key(struct cw_json *json, const char *key)
{
    assert(json->depth > 0);
    begin_value(json);
    put_string(json, cw_str_c(key));
    put(json, json->indent ? CW_STR(": ") : CW_STR(":"));
    json->after_key = true;
}

void cw_json_str(struct cw_json *json, struct cw_str text)
{
    begin_value(json);
    put_string(json, text);
}

void cw_json_uint(struct cw_json *json, uint64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%" PRIu64, number);
    begin_value(json);
    put(json, cw_str_c(text));
}

void cw_json_int(struct cw_json *json, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%" PRId64, number);
    begin_value(json);
    put(json, cw_str_c(text));
}

void cw_json_bool(struct cw_json *json, bool value)
{
    begin_value(json);
    put(json, value ? CW_STR("true") : CW_STR("false"));
}

void cw_json_null(struct cw_json *json)
{
    begin_value(json);
    put(json, CW_STR("null"));
}

void cw_json_member_str(struct cw_json *json, const char *key, struct cw_str text)
{
    cw_json_key(json, key);
    cw_json_str(json, text);
}

void cw_json_member_str_or_null(struct cw_json *json, const char *key, struct cw_str text)
{
    cw_json_key(json, key);
    if (text.len)
        cw_json_str(json, text);
    else
        cw_json_null(json);
}

void cw_json_member_uint(struct cw_json *json, const char *key, uint64_t number)
{
    cw_json_key(json, key);
    cw_json_uint(json, number);
}

void cw_json_member_bool(struct cw_json *json, const char *key, bool value)
{
    cw_json_key(json, key);
    cw_json_bool(json, value);
}

void cw_json_member_time(struct cw_json *json, const char *key, cw_time time)
{
    char text[CW_TIME_TEXT];
    cw_json_member_str_or_null(json, key, cw_str_c(cw_time_text(time, text)));
}
