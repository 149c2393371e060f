#include "diagnose/no_log.h"

#include "diagnose/own_report.h"

/* Files that are worth a word of advice, by their first bytes. */
static const struct {
    struct cw_str magic;
    const char *why;
} known[] = {
    {{"0\0\0\0LfLe", 8},
     "it is an event log of Windows XP: Event Viewer can save it as text, which can be read"},
    {{"regf", 4}, "it is a registry hive"},
};

const char *cw_why_no_log(struct cw_str head, const struct cw_line_reader *lines,
                          const struct cw_text *text)
{
    uint64_t bytes = cw_line_reader_bytes(lines);
    if (text->events)
        return "it is an event log without an event that could be read: on any Windows, wevtutil "
               "qe FILE /lf:true /f:RenderedXml > FILE.xml makes an export of it, which can be "
               "read";
    if (head.len == 0 && bytes && cw_line_reader_nuls(lines) == bytes)
        return "it holds nothing but NUL bytes";
    if (head.len == 0 && bytes)
        return "it is no log of a known kind";
    if (head.len == 0)
        return "the file is empty";
    if (cw_is_own_report(head))
        return "it is a report of cbswhy";
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (cw_str_starts(head, known[i].magic))
            return known[i].why;
    }
    return cw_str_find_char(head, '\0') != SIZE_MAX ? "it holds NUL bytes: binary data"
                                                    : "it is no log of a known kind";
}
