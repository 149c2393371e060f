#include "logs/kb.h"

bool cw_kb_of_package(struct cw_str package, struct cw_str *ret_kb)
{
    for (size_t at = 0; at + 2 < package.len; at++) {
        struct cw_str rest = cw_str_from(package, at);
        if (!cw_str_starts(rest, CW_STR("KB")) || !cw_is_digit(rest.ptr[2]))
            continue;
        size_t end = 2;
        while (end < rest.len && cw_is_digit(rest.ptr[end]))
            end++;
        /* Six or seven digits; anything else only looks like one. */
        if (end < 8 || end > 9)
            continue;
        *ret_kb = cw_str_head(rest, end);
        return true;
    }
    return false;
}
