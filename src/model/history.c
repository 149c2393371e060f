#include "model/history.h"

#include <stdlib.h>

#include "model/run_opening.h"

/* Behind the name that a log has of its own; what comes before these is a name that somebody gave.
 */
static const char *const endings[] = {".log", ".txt", ".bak", ".old", "copy", "old", "bak"};

static const char *const packed_endings[] = {".cab", ".gz", ".xz", ".zst", ".bz2"};

static bool ends_nocase(struct cw_str text, struct cw_str ending)
{
    return text.len >= ending.len &&
           cw_str_eq_nocase(cw_str_from(text, text.len - ending.len), ending);
}

static bool ends_with_any(struct cw_str text, const char *const *list, size_t count,
                          size_t *ret_len)
{
    for (size_t i = 0; i < count; i++) {
        struct cw_str ending = cw_str_c(list[i]);
        if (!ends_nocase(text, ending))
            continue;
        *ret_len = ending.len;
        return true;
    }
    return false;
}

static bool is_decoration(char c)
{
    return cw_is_digit(c) || cw_str_find_char(CW_STR(" ._-()"), c) != SIZE_MAX;
}

/* "CBS" of "CBS - Copy (2).log.1". */
static struct cw_str undecorated(struct cw_str name)
{
    size_t len = 0;
    for (bool again = true; again;) {
        again = ends_with_any(name, endings, sizeof(endings) / sizeof(endings[0]), &len);
        if (again)
            name.len -= len;
        while (name.len && is_decoration(name.ptr[name.len - 1])) {
            name.len--;
            again = true;
        }
    }
    return name;
}

struct cw_str cw_series_name(struct cw_str path)
{
    static const struct cw_str persisted = {"CbsPersist", 10};
    struct cw_str name = undecorated(cw_str_basename(path));
    if (ends_nocase(name, persisted))
        name.len -= persisted.len - 3;
    return name;
}

/* "CBS.log", "setupapi.dev.log": nothing was added. */
static bool is_current(struct cw_str path)
{
    struct cw_str name = cw_str_basename(path);
    return undecorated(name).len == cw_series_name(path).len &&
           name.len == undecorated(name).len + 4;
}

static struct cw_str folder_of(struct cw_str path)
{
    return cw_str_head(path, path.len - cw_str_basename(path).len);
}

struct cw_str cw_series_folder(struct cw_str path, bool packed)
{
    struct cw_str folder = folder_of(path);
    struct cw_str holder = cw_str_head(folder, folder.len ? folder.len - 1 : 0);
    size_t len = 0;
    if (!packed)
        return folder;
    struct cw_str stem = undecorated(cw_str_basename(holder));
    bool alone = ends_with_any(cw_str_basename(holder), packed_endings,
                               sizeof(packed_endings) / sizeof(packed_endings[0]), &len);
    size_t dot = cw_str_find_last_char(stem, '.');
    bool same = dot != SIZE_MAX && cw_str_eq_nocase(undecorated(cw_str_head(stem, dot)),
                                                    undecorated(cw_str_basename(path)));
    return alone || same ? folder_of(holder) : folder;
}

/* --- order --- */

/* A log and what tells its series. */
struct member {
    const struct cw_case_source *source;
    struct cw_str folder, name;
    bool is_current; /* by its name it is the log that is written, and no older one */
    size_t index;
};

static int compare_nocase(struct cw_str a, struct cw_str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        char left = cw_to_lower(a.ptr[i]);
        char right = cw_to_lower(b.ptr[i]);
        if (left != right)
            return (unsigned char)left < (unsigned char)right ? -1 : 1;
    }
    return a.len < b.len ? -1 : a.len > b.len;
}

static int compare_series(const struct member *a, const struct member *b)
{
    if (a->source->log != b->source->log)
        return a->source->log < b->source->log ? -1 : 1;
    int order = cw_str_compare(a->folder, b->folder);
    return order ? order : compare_nocase(a->name, b->name);
}

static cw_time begin_of(const struct cw_case_source *source)
{
    return source->stats.first == CW_TIME_NONE ? INT64_MAX : source->stats.first;
}

static int compare_members(const void *a, const void *b)
{
    const struct member *left = a;
    const struct member *right = b;
    const struct cw_log_stats *ls = &left->source->stats;
    const struct cw_log_stats *rs = &right->source->stats;
    int order = compare_series(left, right);
    if (order)
        return order;
    if (begin_of(left->source) != begin_of(right->source))
        return begin_of(left->source) < begin_of(right->source) ? -1 : 1;
    if (ls->last != rs->last)
        return ls->last < rs->last ? -1 : 1;
    if (left->is_current != right->is_current)
        return left->is_current ? 1 : -1;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* The few lines of a log that was just begun may hold no time; its name says that it is the last.
 */
static bool has_history(const struct cw_case_source *source)
{
    return source->recognised && !source->damaged && source->copy_of == CW_SOURCE_NONE &&
           (source->stats.first != CW_TIME_NONE || is_current(source->path));
}

/* "10.0.19041" of "10.0.19041.1799". */
static struct cw_str build_of(struct cw_str version)
{
    size_t dots = 0;
    for (size_t i = 0; i < version.len; i++) {
        dots += version.ptr[i] == '.';
        if (dots == 3)
            return cw_str_head(version, i);
    }
    return version;
}

static bool may_follow(const struct cw_case_source *before, const struct cw_case_source *after)
{
    bool versions = before->os_version.len && after->os_version.len;
    return begin_of(after) >= before->stats.last && before->stats.last != CW_TIME_NONE &&
           (!versions || cw_str_eq(build_of(before->os_version), build_of(after->os_version)));
}

static size_t list_members(const struct cw_case *c, struct member *members)
{
    size_t count = 0;
    for (size_t i = 0; i < c->source_count; i++) {
        const struct cw_case_source *source = &c->sources[i];
        if (has_history(source))
            members[count++] = (struct member){
                .source = source,
                .folder = cw_series_folder(source->path, source->place.depth > 0),
                .name = cw_series_name(source->path),
                .is_current = is_current(source->path),
                .index = i,
            };
    }
    if (count)
        qsort(members, count, sizeof(*members), compare_members);
    return count;
}

static int compare_indices(const void *a, const void *b)
{
    const size_t *left = a;
    const size_t *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* One series, in its order, takes the places that its members had; `places` has room for them. */
static void place_series(const struct member *members, size_t count, size_t *places, size_t *order)
{
    for (size_t i = 0; i < count; i++)
        places[i] = members[i].index;
    qsort(places, count, sizeof(*places), compare_indices);
    for (size_t i = 0; i < count; i++)
        order[places[i]] = members[i].index;
}

/* `places` are those of the series now, in its order. */
static void link_series(struct cw_case *c, const size_t *places, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct cw_case_source *before = &c->sources[places[i - 1]];
        struct cw_case_source *after = &c->sources[places[i]];
        if (!may_follow(before, after))
            continue;
        before->next = places[i];
        after->previous = places[i - 1];
    }
}

static size_t series_length(const struct member *members, size_t count)
{
    size_t length = 1;
    while (length < count && compare_series(&members[0], &members[length]) == 0)
        length++;
    return length;
}

bool cw_history_order(struct cw_case *c)
{
    size_t most = c->source_count + 1;
    struct member *members = calloc(most, sizeof(*members));
    size_t *places = calloc(most, sizeof(*places));
    size_t *lengths = calloc(most, sizeof(*lengths));
    size_t *order = calloc(most, sizeof(*order));
    bool done = members && places && lengths && order;
    size_t count = done ? list_members(c, members) : 0;
    size_t series = 0;
    for (size_t i = 0; i < c->source_count && done; i++)
        order[i] = i;
    for (size_t at = 0; at < count; at += lengths[series++]) {
        lengths[series] = series_length(members + at, count - at);
        place_series(members + at, lengths[series], places + at, order);
    }
    done = done && cw_case_arrange(c, order);
    for (size_t i = 0, at = 0; i < series && done; at += lengths[i++])
        link_series(c, places + at, lengths[i]);
    free(members);
    free(places);
    free(lengths);
    free(order);
    return done;
}

void cw_history_place(const struct cw_case *c, size_t *source, uint64_t *line)
{
    while (*line > c->sources[*source].stats.lines && c->sources[*source].next != CW_SOURCE_NONE) {
        *line -= c->sources[*source].stats.lines;
        *source = c->sources[*source].next;
    }
}

/* --- joining --- */

static bool is_copy(const struct cw_case *c, size_t source)
{
    return c->sources[source].copy_of != CW_SOURCE_NONE;
}

static void drop_copies(struct cw_case *c)
{
    for (size_t i = 0; i < c->source_count; i++) {
        if (!is_copy(c, i))
            continue;
        cw_run_tracker_free(c->sources[i].runs);
        c->sources[i].runs = NULL;
    }
    for (size_t i = c->run_count; i-- > 0;) {
        if (is_copy(c, c->runs[i]->source))
            cw_case_drop_run(c, i);
    }
    for (size_t i = c->section_count; i-- > 0;) {
        if (is_copy(c, c->sections[i]->source))
            cw_case_drop_section(c, i);
    }
    for (size_t i = c->account_count; i-- > 0;) {
        if (is_copy(c, c->accounts[i]->source))
            cw_case_drop_account(c, i);
    }
}

static int join_next(struct cw_case *c, struct cw_case_source *source)
{
    struct cw_run_tracker *next = c->sources[source->next].runs;
    bool joined = false;
    int status = cw_run_opening_join(source->runs, next, &joined);
    if (status == CW_OK && !joined)
        status = cw_run_tracker_finish(source->runs);
    return status;
}

/* From the first log of its series to the last. */
static int join_series(struct cw_case *c, size_t first)
{
    int status = cw_run_opening_accept(c->sources[first].runs);
    for (size_t at = first; status == CW_OK; at = c->sources[at].next) {
        struct cw_case_source *source = &c->sources[at];
        bool goes_on = source->next != CW_SOURCE_NONE && c->sources[source->next].runs;
        status = goes_on ? join_next(c, source) : cw_run_tracker_finish(source->runs);
        cw_run_tracker_free(source->runs);
        source->runs = NULL;
        if (!goes_on)
            break;
    }
    return status;
}

int cw_history_join(struct cw_case *c)
{
    int status = CW_OK;
    drop_copies(c);
    for (size_t i = 0; i < c->source_count && status == CW_OK; i++) {
        const struct cw_case_source *source = &c->sources[i];
        if (source->runs && source->previous == CW_SOURCE_NONE)
            status = join_series(c, i);
    }
    if (status == CW_OK)
        cw_history_drop_repeats(c);
    return status;
}
