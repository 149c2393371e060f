#include "input/text.h"

#include "input/event_lines.h"
#include "input/evtx.h"

enum { MAGIC = 8 };

int cw_text_open(struct cw_text *text, struct cw_source *source, enum cw_encoding encoding,
                 struct cw_error *error)
{
    struct cw_str head = CW_STR_NONE;
    *text = (struct cw_text){0};
    /* A failure is met again when what comes before it has been read. */
    (void)cw_source_peek(source, MAGIC, &head, NULL);
    int status = CW_OK;
    if (cw_evtx_recognise(head)) {
        status = cw_source_evtx(source, &text->events, error);
        encoding = CW_ENCODING_UTF8;
    }
    if (status == CW_OK)
        status =
            cw_source_decode(text->events ? text->events : source, encoding, &text->plain, error);
    return status < 0 ? status : cw_source_event_lines(text->plain, &text->lines, error);
}

void cw_text_close(struct cw_text *text)
{
    cw_source_close(text->lines);
    cw_source_close(text->plain);
    cw_source_close(text->events);
    *text = (struct cw_text){0};
}
