#include "logs/stray.h"

/* Cut at a blank where there is one: no encoding has blanks inside of characters. */
static struct cw_str cut_to_fit(struct cw_str text)
{
    struct cw_str head = cw_str_head(text, CW_LIMIT_STRAY);
    size_t blank = cw_str_find_last_char(head, ' ');
    return blank == SIZE_MAX || blank == 0 ? head : cw_str_trim_end(cw_str_head(head, blank));
}

static struct cw_stray make_stray(uint64_t line, struct cw_str text)
{
    text = cw_str_trim_end(text);
    struct cw_stray stray = {.line = line, .cut = text.len > CW_LIMIT_STRAY};
    if (stray.cut)
        text = cut_to_fit(text);
    stray.len = (uint16_t)text.len;
    if (text.len)
        memcpy(stray.text, text.ptr, text.len);
    return stray;
}

static void insert(struct cw_strays *strays, const struct cw_stray *stray)
{
    size_t at = strays->count;
    while (at > 0 && strays->items[at - 1].line > stray->line)
        at--;
    if (at == CW_LIMIT_DIAGNOSTICS)
        return;
    strays->count += strays->count < CW_LIMIT_DIAGNOSTICS;
    memmove(strays->items + at + 1, strays->items + at,
            (strays->count - at - 1) * sizeof(strays->items[0]));
    strays->items[at] = *stray;
}

void cw_strays_add(struct cw_strays *strays, uint64_t line, struct cw_str text)
{
    /* Most come in order, and when there are many of them none but the first is looked at. */
    if (strays->count == CW_LIMIT_DIAGNOSTICS &&
        line >= strays->items[CW_LIMIT_DIAGNOSTICS - 1].line)
        return;
    struct cw_stray stray = make_stray(line, text);
    insert(strays, &stray);
}

void cw_strays_merge(struct cw_strays *strays, const struct cw_strays *others)
{
    for (size_t i = 0; i < others->count; i++)
        insert(strays, &others->items[i]);
}
