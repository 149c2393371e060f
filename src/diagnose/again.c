#include "diagnose/again.h"

#include "input/decode.h"

int cw_read_again(const struct cw_case_source *log, uint64_t offset, char *bytes, size_t size,
                  size_t *ret_used)
{
    struct cw_source *source = NULL;
    struct cw_source *text = NULL;
    size_t used = 0;
    int64_t got = 1;
    int status = cw_member_open(log->file.ptr, &log->place, &source, NULL);
    if (status == CW_OK)
        status = cw_source_decode(source, log->encoding, &text, NULL);
    if (status == CW_OK && cw_source_can_read_at(text)) {
        while (used < size && got > 0) {
            got = cw_source_read_at(text, offset + used, bytes + used, size - used, NULL);
            used += got > 0 ? (size_t)got : 0;
        }
    }
    cw_source_close(text);
    cw_source_close(source);
    *ret_used = used;
    return status == CW_ERR_NOMEM || got == CW_ERR_NOMEM ? CW_ERR_NOMEM : CW_OK;
}
