/* What must not reach a terminal, a browser or a tracker as it is, made visible. */
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "report/text_layout.h"

enum { ESCAPED_MOST = 16 };

static struct cw_str escaped(uint32_t point, bool keep_line_ends, char text[ESCAPED_MOST])
{
    if (point == CW_UTF8_INVALID)
        return CW_UTF8_REPLACEMENT;
    if (point == '\n' && keep_line_ends)
        return CW_STR("\n");
    if (point == '\n' || point == '\t')
        return CW_STR(" ");
    (void)snprintf(text, ESCAPED_MOST, point < 0x100 ? "\\x%02" PRIx32 : "\\u%04" PRIx32, point);
    return cw_str_c(text);
}

/* How many of the bytes may be shown as they are; of what follows them, the point and its length.
 */
static size_t harmless(struct cw_str bytes, uint32_t *ret_point, size_t *ret_len)
{
    size_t plain = 0;
    for (*ret_len = 0; plain < bytes.len; plain += *ret_len) {
        *ret_len = cw_utf8_decode(cw_str_from(bytes, plain), ret_point);
        if (cw_utf8_is_unsafe(*ret_point))
            return plain;
    }
    *ret_len = 0;
    return plain;
}

bool cw_text_escape(struct cw_buf *buf, struct cw_str bytes, bool keep_line_ends)
{
    while (bytes.len > 0) {
        char text[ESCAPED_MOST];
        uint32_t point;
        size_t len;
        size_t plain = harmless(bytes, &point, &len);
        if (!cw_buf_append(buf, cw_str_head(bytes, plain)) ||
            (len && !cw_buf_append(buf, escaped(point, keep_line_ends, text))))
            return false;
        bytes = cw_str_from(bytes, plain + len);
    }
    return true;
}

/* Without memory: it may be what there is no more of. */
int cw_output_line(const struct cw_output *output, const char *text)
{
    struct cw_str rest = cw_str_c(text);
    int status = CW_OK;
    while (status >= 0 && rest.len > 0) {
        char shown[ESCAPED_MOST];
        uint32_t point;
        size_t len;
        size_t plain = harmless(rest, &point, &len);
        status = plain ? output->write(output->context, rest.ptr, plain) : CW_OK;
        if (status >= 0 && len) {
            struct cw_str piece = escaped(point, false, shown);
            status = output->write(output->context, piece.ptr, piece.len);
        }
        rest = cw_str_from(rest, plain + len);
    }
    return status < 0 ? status : output->write(output->context, "\n", 1);
}
