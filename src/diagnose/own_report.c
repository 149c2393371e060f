#include "diagnose/own_report.h"

/* How each form begins, and what stands further on in it. */
static const struct {
    const char *opening, *mark;
} forms[] = {
    {"FAILURE  ", "\nWhat was read\n"},
    {"NO FAILURE  ", "\nWhat was read\n"},
    {"UNKNOWN  ", "\nWhat was read\n"},
    {"\xE5\xA4\xB1\xE8\xB4\xA5  ", "\n\xE5\xB7\xB2\xE8\xAF\xBB\xE5\x8F\x96\xE7\x9A\x84"},
    {"\xE6\x9C\xAA\xE8\xA7\x81\xE5\xA4\xB1\xE8\xB4\xA5  ",
     "\n\xE5\xB7\xB2\xE8\xAF\xBB\xE5\x8F\x96\xE7\x9A\x84"},
    {"\xE6\x97\xA0\xE6\xB3\x95\xE5\x88\xA4\xE5\xAE\x9A  ",
     "\n\xE5\xB7\xB2\xE8\xAF\xBB\xE5\x8F\x96\xE7\x9A\x84"},
    {"Problem definition\n-----", "\nCoverage\n-----"},
    {"\xE9\x97\xAE\xE9\xA2\x98\xE5\xAE\x9A\xE4\xB9\x89\n-----",
     "\n\xE6\x97\xA5\xE5\xBF\x97\xE8\xA6\x86\xE7\x9B\x96\xE8\x8C\x83\xE5\x9B\xB4\n-----"},
    {"# ", "\ncbswhy "},
    {"<!DOCTYPE html>\n", "content=\"default-src 'none'; style-src 'unsafe-inline'\">"},
    {"{", "\"name\": \"cbswhy\""},
    {"{", "\"name\":\"cbswhy\""},
    {"<?xml ", "<testsuites name=\"cbswhy"},
};

bool cw_is_own_report(struct cw_str head)
{
    if (cw_str_starts(head, CW_STR("\xEF\xBB\xBF")))
        head = cw_str_from(head, 3);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (cw_str_starts(head, cw_str_c(forms[i].opening)) &&
            cw_str_find(head, cw_str_c(forms[i].mark)) != SIZE_MAX)
            return true;
    }
    return false;
}
