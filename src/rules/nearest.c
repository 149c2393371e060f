#include "rules/nearest.h"

enum { ID_MOST = 96 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must change, Levenshtein; ids longer than ID_MOST are not compared. */
static size_t distance(struct cw_str a, struct cw_str b)
{
    size_t row[ID_MOST + 1];
    if (a.len > ID_MOST || b.len > ID_MOST)
        return SIZE_MAX;
    for (size_t k = 0; k <= b.len; k++)
        row[k] = k;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.len; k++) {
            size_t replace = diagonal + (a.ptr[i - 1] != b.ptr[k - 1]);
            diagonal = row[k];
            row[k] = least(replace, least(row[k], row[k - 1]) + 1);
        }
    }
    return row[b.len];
}

struct nearest {
    struct cw_str wanted, id;
    size_t distance;
};

static void consider(struct nearest *nearest, struct cw_str id)
{
    size_t far = distance(nearest->wanted, id);
    if (far < nearest->distance) {
        nearest->distance = far;
        nearest->id = id;
    }
}

int cw_rules_no_id(const struct cw_rules *rules, struct cw_str id, struct cw_error *error)
{
    struct nearest nearest = {.wanted = id, .distance = SIZE_MAX};
    for (size_t i = 0; i < rules->cause_count; i++)
        consider(&nearest, rules->causes[i].id);
    for (size_t i = 0; i < rules->signal_count; i++)
        consider(&nearest, rules->signals[i].id);
    if (nearest.id.len == 0)
        return cw_fail(error, CW_ERR_NOT_FOUND, "no rule has the id '%.*s'", CW_STR_ARG(id));
    return cw_fail(error, CW_ERR_NOT_FOUND, "no rule has the id '%.*s'; the nearest is '%.*s'",
                   CW_STR_ARG(id), CW_STR_ARG(nearest.id));
}
