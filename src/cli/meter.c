/* The line is rewritten in place with a carriage return and blanks: every terminal knows them. It
 * ends before the last column, behind which terminals begin a new line. */
#include "cli/meter.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    FIRST_AFTER = 1000, /* milliseconds: what is done by then needs no meter */
    AGAIN_AFTER = 200,
    COLUMNS = 80, /* of a terminal that does not say */
    COLUMNS_LEAST = 24,
    COLUMNS_MOST = 200,
    MEGABYTE = 1000 * 1000,
    LINE_MOST = 1024
};

struct line {
    char text[LINE_MOST];
    size_t len;
    unsigned columns;
};

static void put(struct line *line, const char *text, size_t len, unsigned columns)
{
    if (len > sizeof(line->text) - line->len)
        return;
    memcpy(line->text + line->len, text, len);
    line->len += len;
    line->columns += columns;
}

static void put_ascii(struct line *line, const char *text)
{
    put(line, text, strlen(text), (unsigned)strlen(text));
}

/* Bytes of the character at `text`, which is UTF-8. */
static size_t character(const char *text)
{
    size_t len = 1;
    while (((unsigned char)text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* Those beyond ASCII may be wide; too few columns do no harm. */
static unsigned columns_of(const char *text)
{
    return (unsigned char)*text < 0x80 ? 1 : 2;
}

static unsigned columns_of_all(const char *text)
{
    unsigned columns = 0;
    for (; *text; text += character(text))
        columns += columns_of(text);
    return columns;
}

/* The end of a name tells more than its beginning. */
static void put_name(struct line *line, const char *name, unsigned room)
{
    unsigned columns = columns_of_all(name);
    bool cut = columns > room;
    room -= cut ? 3 : 0;
    for (; columns > room; name += character(name))
        columns -= columns_of(name);
    put_ascii(line, cut ? "..." : "");
    put(line, name, strlen(name), columns);
}

/* "cbswhy: 812 MB, 406 MB/s, bundle.zip/CBS.log" */
static void write_line(struct line *line, const struct cw_progress *progress, unsigned width)
{
    char text[96];
    uint64_t rate = progress->bytes / (progress->milliseconds + 1) * 1000;
    (void)snprintf(text, sizeof(text), "cbswhy: %" PRIu64 " MB, %" PRIu64 " MB/s, ",
                   progress->bytes / MEGABYTE, rate / MEGABYTE);
    text[width < sizeof(text) ? width : sizeof(text) - 1] = '\0';
    put_ascii(line, text);
    if (line->columns + 8 <= width)
        put_name(line, progress->name, width - line->columns);
}

static unsigned choose_width(const struct cw_meter *meter)
{
    int columns = meter->columns();
    columns = columns == 0 ? COLUMNS : columns < COLUMNS_MOST ? columns : COLUMNS_MOST;
    return columns < COLUMNS_LEAST ? 0 : (unsigned)columns - 1;
}

static void show(const struct cw_meter *meter, const struct line *line)
{
    (void)meter->output->write(meter->output->context, line->text, line->len);
}

void cw_meter_init(struct cw_meter *meter, const struct cw_output *output, int (*columns)(void))
{
    *meter = (struct cw_meter){.output = output, .columns = columns};
}

void cw_meter_step(void *context, const struct cw_progress *progress)
{
    struct cw_meter *meter = context;
    struct cw_progress total = {
        .name = progress->name,
        .bytes = meter->before.bytes + progress->bytes,
        .milliseconds = meter->before.milliseconds + progress->milliseconds,
    };
    meter->total = total;
    uint64_t due = meter->shown_at ? meter->shown_at + AGAIN_AFTER : FIRST_AFTER;
    if (total.milliseconds < due)
        return;
    unsigned width = choose_width(meter);
    struct line line = {.len = 0};
    if (width == 0)
        return;
    put(&line, "\r", 1, 0);
    write_line(&line, &total, width);
    unsigned columns = line.columns;
    while (line.columns < meter->shown && line.columns < width)
        put_ascii(&line, " ");
    show(meter, &line);
    meter->shown = columns;
    meter->shown_at = total.milliseconds;
}

void cw_meter_clear(struct cw_meter *meter)
{
    struct line line = {.len = 0};
    meter->before = meter->total;
    if (meter->shown == 0)
        return;
    put(&line, "\r", 1, 0);
    while (line.columns < meter->shown)
        put_ascii(&line, " ");
    put(&line, "\r", 1, 0);
    show(meter, &line);
    meter->shown = 0;
}
