#include "model/machines.h"

#include "base/cursor.h"
#include "model/history.h"

enum {
    /* Updates that only switch a release on raise its build, from 26100 to 26200 at the most; the
     * servicing stack, of which CBS.log tells, stays. Other releases are further apart. */
    BUILDS_APART = 200,
    CLOCK_SLACK_MS = 10 * 60 * 1000
};

/* Where Windows keeps its logs, one kind in each; collectors leave the names. */
static const char *const windows_folders[] = {
    "CBS", "INF", "DISM", "Logs", "MoSetup", "Panther", "SoftwareDistribution", "Windows", "WinSxS",
};

/* --- what they say ------------------------------------------------------------------------- */

struct release {
    uint64_t major, minor, build;
};

/* "10.0.19041", with or without more behind it. */
static bool release_of(struct cw_str version, struct release *ret_release)
{
    struct cw_cursor cursor = cw_cursor(version);
    return cw_cursor_decimal(&cursor, &ret_release->major) && cw_cursor_char(&cursor, '.') &&
           cw_cursor_decimal(&cursor, &ret_release->minor) && cw_cursor_char(&cursor, '.') &&
           cw_cursor_decimal(&cursor, &ret_release->build);
}

static bool releases_differ(struct cw_str version, struct cw_str other)
{
    struct release a;
    struct release b;
    if (!release_of(version, &a) || !release_of(other, &b))
        return false;
    return a.major != b.major || a.minor != b.minor || a.build > b.build + BUILDS_APART ||
           b.build > a.build + BUILDS_APART;
}

bool cw_boots_differ(cw_time a, cw_time b)
{
    return a != CW_TIME_NONE && b != CW_TIME_NONE &&
           (a > b + CLOCK_SLACK_MS || b > a + CLOCK_SLACK_MS);
}

/* --- where they lie ------------------------------------------------------------------------ */

static struct cw_str folder_of(const struct cw_case_source *source)
{
    return cw_series_folder(source->path, source->place.depth > 0);
}

/* "CBS" of "x/Logs/CBS/CBS.log". */
static struct cw_str folder_name(const struct cw_case_source *source)
{
    struct cw_str folder = folder_of(source);
    return cw_str_basename(cw_str_head(folder, folder.len ? folder.len - 1 : 0));
}

static bool is_windows_folder(struct cw_str name)
{
    for (size_t i = 0; i < sizeof(windows_folders) / sizeof(windows_folders[0]); i++) {
        if (cw_str_eq_nocase(name, cw_str_c(windows_folders[i])))
            return true;
    }
    return false;
}

/* In two folders, and not because Windows keeps them so. */
static bool lie_apart(const struct cw_case_source *a, const struct cw_case_source *b)
{
    if (cw_str_eq_nocase(folder_of(a), folder_of(b)))
        return false;
    return a->log == b->log ||
           (!is_windows_folder(folder_name(a)) && !is_windows_folder(folder_name(b)));
}

/* How many bytes the paths have in common, in whole folders and words of a name. */
static size_t nearness(struct cw_str a, struct cw_str b)
{
    size_t whole = 0;
    for (size_t i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++) {
        if (cw_str_find_char(CW_STR("/\\_-. "), a.ptr[i]) != SIZE_MAX)
            whole = i + 1;
    }
    return whole;
}

/* A log of the kind of `than` lies nearer to `source` than that one. */
static bool has_nearer(const struct cw_case *c, const struct cw_case_source *source,
                       const struct cw_case_source *than)
{
    size_t most = nearness(source->path, than->path);
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_case_source *other = &c->sources[i];
        if (other->recognised && other->log == than->log && other->copy_of == CW_SOURCE_NONE &&
            nearness(source->path, other->path) > most)
            return true;
    }
    return false;
}

bool cw_logs_contradict(const struct cw_case *c, size_t left, size_t right)
{
    const struct cw_case_source *a = &c->sources[left];
    const struct cw_case_source *b = &c->sources[right];
    bool told = a->architecture.len && b->architecture.len;
    if (!lie_apart(a, b))
        return false;
    return (told && !cw_str_eq_nocase(a->architecture, b->architecture)) ||
           releases_differ(a->os_version, b->os_version);
}

bool cw_are_other_machines(const struct cw_case *c, size_t a, size_t b)
{
    const struct cw_case_source *left = &c->sources[a];
    const struct cw_case_source *right = &c->sources[b];
    return cw_logs_contradict(c, a, b) ||
           (left->log != right->log && has_nearer(c, left, right) && has_nearer(c, right, left));
}

/* What collectors put in front of the name and behind it: "PC1_" of "PC1_setupapi.dev.log", "_PC1"
 * of "setupapi.dev_PC1.log". */
struct added {
    struct cw_str before, behind;
};

static bool is_letter(char c)
{
    char lower = cw_to_lower(c);
    return lower >= 'a' && lower <= 'z';
}

static struct added added_to_setupapi(struct cw_str path)
{
    const struct cw_str setupapi = CW_STR("setupapi");
    struct cw_str name = cw_str_basename(path);
    size_t at = cw_str_find_nocase(name, setupapi);
    if (at == SIZE_MAX)
        return (struct added){CW_STR_NONE, CW_STR_NONE};
    struct cw_str rest = cw_str_from(name, at + setupapi.len);
    rest = cw_str_head(rest, cw_str_find_nocase(rest, CW_STR(".log")));
    size_t kind = rest.len && rest.ptr[0] == '.' ? 1 : 0;
    while (kind > 0 && kind < rest.len && is_letter(rest.ptr[kind]))
        kind++;
    return (struct added){cw_str_head(name, at), cw_str_from(rest, kind)};
}

static bool is_word(struct cw_str behind)
{
    return behind.len > 1 && is_letter(behind.ptr[1]);
}

/* What stands behind may be a date or "_old", too: only two words that differ tell two machines. */
static bool may_be_same_setupapi(struct cw_str left, struct cw_str right)
{
    struct added a = added_to_setupapi(left);
    struct added b = added_to_setupapi(right);
    return cw_str_eq_nocase(a.before, b.before) &&
           (!is_word(a.behind) || !is_word(b.behind) || cw_str_eq_nocase(a.behind, b.behind));
}

bool cw_may_be_same_machine(const struct cw_case *c, size_t a, size_t b)
{
    const struct cw_case_source *left = &c->sources[a];
    const struct cw_case_source *right = &c->sources[b];
    if (left->log != right->log)
        return !cw_are_other_machines(c, a, b);
    if (!cw_str_eq_nocase(folder_of(left), folder_of(right)))
        return false;
    if (left->log == CW_LOG_SETUPAPI)
        return may_be_same_setupapi(left->path, right->path);
    return left->log != CW_LOG_CBS ||
           cw_str_eq_nocase(cw_series_name(left->path), cw_series_name(right->path));
}

bool cw_run_knows_other_boots(const struct cw_case *c, const struct cw_run *run,
                              const struct cw_section *section)
{
    if (!lie_apart(&c->sources[run->source], &c->sources[section->source]) ||
        !cw_boots_differ(run->boot, section->boot))
        return false;
    /* The run's log would tell of the later boot, and the section would stand below it. */
    return section->boot > run->boot || section->start > run->boot + CLOCK_SLACK_MS;
}
