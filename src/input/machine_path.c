#include "input/machine_path.h"

#include "input/windows_root.h"

/* What Windows calls its logs, up to a date or a number and the ending. */
static const char *const names[] = {
    "CBS",
    "CbsPersist",
    "setupapi",
    "setupapi.app",
    "setupapi.dev",
    "setupapi.offline",
    "setupapi.setup",
    "setupapi.upgrade",
    "setupact",
    "setuperr",
    "dism",
    "CheckSUR",
    "CheckSUR.persist",
    "poqexec",
    "WindowsUpdate",
    "ReportingEvents",
};

/* Where a log comes from. */
struct origin {
    struct cw_str folder; /* without the part that is the same on every machine */
    struct cw_str words;  /* in front of the log's name: "PC1_" */
    bool is_known;        /* it has the name of a log */
};

static bool is_separator(char c)
{
    return c == '/' || c == '\\';
}

static struct cw_str without_separators_at_end(struct cw_str folder)
{
    while (folder.len > 1 && is_separator(folder.ptr[folder.len - 1]))
        folder.len--;
    return folder;
}

static struct cw_str last_name(struct cw_str folder)
{
    size_t start = folder.len;
    while (start > 0 && !is_separator(folder.ptr[start - 1]))
        start--;
    return cw_str_from(folder, start);
}

/* ".20200123_074821.log", "_20200122131204.cab", ".log.gz" */
static bool is_date_and_ending(struct cw_str rest)
{
    size_t at = 0;
    while (at < rest.len && (cw_is_digit(rest.ptr[at]) || strchr("._", rest.ptr[at])))
        at++;
    struct cw_str ending = cw_str_from(rest, at);
    return at > 0 && rest.ptr[at - 1] == '.' &&
           (cw_str_starts_nocase(ending, CW_STR("log")) ||
            cw_str_starts_nocase(ending, CW_STR("cab")));
}

/* The words in front of the name of a log; false when there is none. */
static bool find_log_name(struct cw_str file, struct cw_str *ret_words)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct cw_str name = cw_str_c(names[i]);
        size_t at = cw_str_find_nocase(file, name);
        if (at == SIZE_MAX || (at > 0 && !strchr("_-. ", file.ptr[at - 1])) ||
            !is_date_and_ending(cw_str_from(file, at + name.len)))
            continue;
        *ret_words = cw_str_head(file, at);
        return true;
    }
    return false;
}

/* "C/Windows" of "C/Windows/Logs/CBS", and "case" of "case/CBS": collectors keep the last name. */
static struct cw_str without_place(struct cw_str folder)
{
    struct cw_str last = last_name(folder);
    for (size_t i = 0; i < cw_windows_place_count; i++) {
        struct cw_str place = cw_str_c(cw_windows_places[i].folder);
        struct cw_str above = without_separators_at_end(cw_str_head(folder, folder.len - last.len));
        if (place.len == 0 || !cw_str_eq_nocase(last_name(place), last))
            continue;
        bool is_in_logs = cw_str_starts(place, CW_STR("Logs/")) &&
                          cw_str_eq_nocase(last_name(above), CW_STR("Logs"));
        return is_in_logs ? without_separators_at_end(cw_str_head(above, above.len - 4)) : above;
    }
    return folder;
}

static struct origin origin_of(struct cw_str path)
{
    struct origin origin = {.is_known = false};
    while (cw_str_starts(path, CW_STR("./")))
        path = cw_str_from(path, 2);
    struct cw_str file = last_name(path);
    if (!find_log_name(file, &origin.words))
        return origin;
    origin.is_known = true;
    origin.folder =
        without_place(without_separators_at_end(cw_str_head(path, path.len - file.len)));
    return origin;
}

bool cw_paths_of_one_machine(struct cw_str a, struct cw_str b)
{
    const struct origin left = origin_of(a);
    const struct origin right = origin_of(b);
    return left.is_known && right.is_known && cw_str_eq(left.folder, right.folder) &&
           cw_str_eq(left.words, right.words);
}
