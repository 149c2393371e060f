#include "input/watch.h"

#include "base/os.h"
#include "base/utf8.h"

void cw_watch_init(struct cw_watch *watch, const struct cw_progress_sink *sink)
{
    *watch = (struct cw_watch){.sink = *sink, .start = cw_os_milliseconds()};
    watch->progress.name = watch->name;
}

/* One character as it may be shown. */
static struct cw_str make_safe(struct cw_str character, uint32_t point)
{
    if (point == CW_UTF8_INVALID)
        return CW_UTF8_REPLACEMENT;
    return cw_utf8_is_unsafe(point) ? CW_STR("?") : character;
}

void cw_watch_name(struct cw_watch *watch, struct cw_str name)
{
    /* Each byte may become the three of U+FFFD. */
    size_t most = (CW_WATCH_NAME - 1) / 3;
    size_t used = 0;
    name = cw_str_from(name, name.len > most ? name.len - most : 0);
    for (uint32_t point; name.len > 0;) {
        size_t len = cw_utf8_decode(name, &point);
        struct cw_str safe = make_safe(cw_str_head(name, len), point);
        memcpy(watch->name + used, safe.ptr, safe.len);
        used += safe.len;
        name = cw_str_from(name, len);
    }
    watch->name[used] = '\0';
}

void cw_watch_read(struct cw_watch *watch, size_t bytes)
{
    watch->progress.bytes += bytes;
    watch->progress.milliseconds = cw_os_milliseconds() - watch->start;
    watch->sink.step(watch->sink.context, &watch->progress);
}
