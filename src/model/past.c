#include "model/past.h"

#include <stdlib.h>

#include "base/hash.h"

void cw_past_done(struct cw_past *past)
{
    free(past->installs);
    free(past->written);
    *past = (struct cw_past){0};
}

void cw_past_set_name(struct cw_past_name *name, struct cw_str text)
{
    text = cw_str_head(cw_str_trim(text), CW_PAST_NAME);
    name->len = (unsigned char)text.len;
    if (text.len)
        memcpy(name->bytes, text.ptr, text.len);
}

struct cw_str cw_past_name(const struct cw_past_name *name)
{
    return (struct cw_str){name->bytes, name->len};
}

struct cw_str cw_past_text(const struct cw_past_line *line)
{
    return (struct cw_str){line->bytes, line->len};
}

void cw_past_set_line(struct cw_past_line *line, size_t source, const struct cw_event *event)
{
    struct cw_str text = cw_str_head(event->text, cw_str_find_char(event->text, '\n'));
    text = cw_str_head(text, CW_PAST_LINE);
    *line = (struct cw_past_line){
        .source = source,
        .line = event->line,
        .last_line = event->line,
        .time = event->time,
        .len = (unsigned short)text.len,
    };
    if (text.len)
        memcpy(line->bytes, text.ptr, text.len);
}

/* --- packages --- */

static bool same_name(const struct cw_past_name *a, const struct cw_past_name *b)
{
    return cw_str_eq_nocase(cw_past_name(a), cw_past_name(b));
}

static bool same_services(const struct cw_install *a, const struct cw_install *b)
{
    bool same = a->service_count == b->service_count;
    for (size_t i = 0; i < a->service_count && same; i++)
        same = same_name(&a->services[i], &b->services[i]);
    return same;
}

/* Windows installs one device again and again. */
static bool tells_the_same(const struct cw_install *a, const struct cw_install *b)
{
    return a->named.source == b->named.source && a->traits == b->traits &&
           same_name(&a->inf, &b->inf) && same_name(&a->published, &b->published) &&
           same_name(&a->version, &b->version) && same_name(&a->provider, &b->provider) &&
           same_services(a, b);
}

/* What was removed and came again did not stay. */
static bool was_removed_since(const struct cw_past *past, const struct cw_install *install)
{
    for (size_t i = 0; i < past->install_count; i++) {
        const struct cw_install *other = &past->installs[i];
        bool same = same_name(&other->inf, &install->inf) ||
                    same_name(&other->published, &install->published);
        if ((other->traits & CW_INSTALL_REMOVED) && same && other->again >= install->again)
            return true;
    }
    return false;
}

static bool is_oem(struct cw_str inf)
{
    return cw_str_starts_nocase(inf, CW_STR("oem")) && inf.len > 3 && cw_is_digit(inf.ptr[3]);
}

/* The package came by another way than with Windows. Whose it is may stand in another section. */
static bool is_of_interest(const struct cw_install *install)
{
    bool named = install->inf.len || install->published.len;
    bool added = install->provider.len || is_oem(cw_past_name(&install->published));
    bool removed = install->traits & CW_INSTALL_REMOVED;
    return named && !(install->traits & CW_INSTALL_OFFLINE) && (added || removed);
}

/* The record whose place a new one takes: the oldest. */
static struct cw_install *oldest_install(struct cw_past *past)
{
    struct cw_install *oldest = &past->installs[0];
    for (size_t i = 1; i < past->install_count; i++) {
        if (past->installs[i].again < oldest->again)
            oldest = &past->installs[i];
    }
    return oldest;
}

bool cw_past_add_install(struct cw_past *past, const struct cw_install *install)
{
    if (!is_of_interest(install))
        return true;
    if (!past->installs)
        past->installs = calloc(CW_LIMIT_INSTALLS, sizeof(*past->installs));
    if (!past->installs)
        return false;
    for (size_t i = 0; i < past->install_count; i++) {
        if (!tells_the_same(&past->installs[i], install) ||
            was_removed_since(past, &past->installs[i]))
            continue;
        past->installs[i].again = install->named.time;
        return true;
    }
    struct cw_install *place = NULL;
    if (past->install_count < CW_LIMIT_INSTALLS) {
        place = &past->installs[past->install_count++];
    } else {
        past->installs_dropped++;
        place = oldest_install(past);
        if (place->again > install->named.time)
            return true;
    }
    *place = *install;
    place->again = install->named.time;
    return true;
}

/* --- what was written --- */

static uint64_t hash_of(size_t source, enum cw_entity kind, struct cw_str name)
{
    uint64_t hash = cw_hash_number(CW_HASH_INIT, source);
    hash = cw_hash_number(hash, kind);
    for (size_t i = 0; i < name.len; i++) {
        char lower = cw_to_lower(name.ptr[i]);
        hash = cw_hash(hash, (struct cw_str){&lower, 1});
    }
    return hash;
}

static struct cw_written *oldest_written(struct cw_past *past)
{
    struct cw_written *oldest = &past->written[0];
    for (size_t i = 1; i < past->written_count; i++) {
        if (past->written[i].last.time < oldest->last.time)
            oldest = &past->written[i];
    }
    return oldest;
}

bool cw_past_add_written(struct cw_past *past, enum cw_entity kind, struct cw_str name,
                         const struct cw_past_line *line, struct cw_written **ret_written)
{
    *ret_written = NULL;
    if (!past->written)
        past->written = calloc(CW_LIMIT_WRITTEN, sizeof(*past->written));
    if (!past->written)
        return false;
    uint64_t hash = hash_of(line->source, kind, name);
    for (size_t i = 0; i < past->written_count; i++) {
        if (past->written[i].hash != hash || past->written[i].last.source != line->source)
            continue;
        past->written[i].last = *line;
        *ret_written = &past->written[i];
        return true;
    }
    struct cw_written *place = NULL;
    if (past->written_count < CW_LIMIT_WRITTEN) {
        place = &past->written[past->written_count++];
    } else {
        past->written_dropped++;
        place = oldest_written(past);
        if (place->last.time > line->time)
            return true;
    }
    *ret_written = place;
    *place = (struct cw_written){.kind = kind, .hash = hash, .first = *line, .last = *line};
    cw_past_set_name(&place->name, name);
    return true;
}
