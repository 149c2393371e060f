#include "diagnose/machines.h"

#include "model/history.h"

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

bool cw_are_other_machines(const struct cw_case *c, size_t a, size_t b)
{
    const struct cw_case_source *left = &c->sources[a];
    const struct cw_case_source *right = &c->sources[b];
    return left->log != right->log && has_nearer(c, left, right) && has_nearer(c, right, left);
}

static struct cw_str folder_of(const struct cw_case_source *source)
{
    return cw_series_folder(source->path, source->place.depth > 0);
}

bool cw_may_be_same_machine(const struct cw_case *c, size_t a, size_t b)
{
    const struct cw_case_source *left = &c->sources[a];
    const struct cw_case_source *right = &c->sources[b];
    if (left->log != right->log)
        return !cw_are_other_machines(c, a, b);
    if (!cw_str_eq_nocase(folder_of(left), folder_of(right)))
        return false;
    return left->log != CW_LOG_CBS ||
           cw_str_eq_nocase(cw_series_name(left->path), cw_series_name(right->path));
}
