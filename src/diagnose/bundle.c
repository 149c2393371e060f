#include "diagnose/bundle.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"
#include "input/unpack.h"

/* A member that is no log. */
struct other {
    struct cw_str path;
    const char *reason; /* static */
    bool is_named_log;
};

struct bundle {
    struct cw_reading *reading;
    struct cw_case *c;
    const char *file;
    const struct cw_bundle_sink *sink;
    struct cw_arena arena;
    struct other others[CW_LIMIT_MEMBERS_LISTED];
    size_t other_count;
    uint64_t others_unlisted; /* beyond those */
    uint64_t failures;        /* members that could not be read */
    uint64_t outside;         /* members with names that lead out of the archive */
};

/* How logs are named: what is called so and is none was lost on the way. */
static const struct cw_str log_names[] = {
    {"cbs", 3}, {"setupapi", 8}, {"setupact", 8}, {"setuperr", 8}, {"dism", 4},
};

/* The event logs that tell of updates and drivers, which may stand beside many others. */
static const struct cw_str event_logs[] = {{"Setup.evtx", 10}, {"System.evtx", 11}};

static bool is_named_log(struct cw_str path)
{
    struct cw_str name = cw_str_basename(path);
    size_t tail = name.len > 4 ? name.len - 4 : 0;
    for (size_t i = 0; i < sizeof(event_logs) / sizeof(event_logs[0]); i++) {
        if (cw_str_eq_nocase(name, event_logs[i]))
            return true;
    }
    if (!cw_str_eq_nocase(cw_str_from(name, tail), CW_STR(".log")))
        return false;
    for (size_t i = 0; i < sizeof(log_names) / sizeof(log_names[0]); i++) {
        if (cw_str_starts_nocase(name, log_names[i]))
            return true;
    }
    return false;
}

/* Past the limit they are only counted: an archive in which everything is encrypted. */
static int note_failure(struct bundle *bundle, const char *path, const char *reason,
                        struct cw_error *error)
{
    if (++bundle->failures > CW_LIMIT_MEMBERS_LISTED)
        return CW_OK;
    int status = bundle->sink->not_read(bundle->sink->context, path, reason, true);
    return status < 0 ? cw_fail_nomem(error) : CW_OK;
}

static int on_not_read(void *context, const char *path, const char *reason, struct cw_error *error)
{
    return note_failure(context, path, reason, error);
}

/* Room for one more; one that is named like a log takes that of one that is not. */
static struct other *room_for(struct bundle *bundle, bool named_log)
{
    if (bundle->other_count < CW_LIMIT_MEMBERS_LISTED)
        return &bundle->others[bundle->other_count++];
    bundle->others_unlisted++;
    for (size_t i = 0; i < CW_LIMIT_MEMBERS_LISTED && named_log; i++) {
        if (!bundle->others[i].is_named_log)
            return &bundle->others[i];
    }
    return NULL;
}

static int note_other(struct bundle *bundle, const char *path, const char *reason,
                      struct cw_error *error)
{
    struct other other = {.reason = reason, .is_named_log = is_named_log(cw_str_c(path))};
    if (!cw_arena_str(&bundle->arena, cw_str_c(path), &other.path))
        return cw_fail_nomem(error);
    struct other *room = room_for(bundle, other.is_named_log);
    if (room)
        *room = other;
    return CW_OK;
}

static int on_member(void *context, struct cw_source *source, const struct cw_member_place *place,
                     struct cw_error *error)
{
    struct bundle *bundle = context;
    const char *path = cw_source_name(source);
    const char *no_log = NULL;
    struct cw_error reason = {0};
    if (bundle->c->source_count == CW_LIMIT_SOURCES)
        return note_failure(bundle, path, "there are more files than are read at once", error);
    int status = cw_reading_member(bundle->reading, source, bundle->file, place, &no_log, &reason);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(error);
    if (status < 0)
        return note_failure(bundle, path, reason.text, error);
    return no_log ? note_other(bundle, path, no_log, error) : CW_OK;
}

static int add_remark(struct bundle *bundle, const char *kind, const char *path, const char *text,
                      struct cw_error *error)
{
    struct cw_remark remark = {
        .kind = cw_str_c(kind), .path = cw_str_c(path), .text = cw_str_c(text), .count = 1};
    if (bundle->c->remark_count == CW_LIMIT_SOURCES)
        return CW_OK;
    return cw_case_remark(bundle->c, &remark) ? CW_OK : cw_fail_nomem(error);
}

/* Past the limit they are only counted, like failures. */
static int on_outside(void *context, const char *path, struct cw_error *error)
{
    struct bundle *bundle = context;
    if (++bundle->outside > CW_LIMIT_MEMBERS_LISTED)
        return CW_OK;
    return add_remark(bundle, "unsafe_path", path,
                      "the name leads out of the archive; as nothing is unpacked to the disk, the "
                      "member was read all the same",
                      error);
}

struct counted {
    const char *kind, *one, *many;
};

static const struct counted other_members = {
    "other_members",
    "member is no log of a known kind",
    "members are no logs of a known kind",
};
static const struct counted failed_members = {
    "members_not_read",
    "member could not be read",
    "members could not be read",
};
static const struct counted outside_members = {
    "unsafe_path",
    "member has a name that leads out of the archive",
    "members have names that lead out of the archive",
};

/* How many there were beside what was listed one by one. */
static int note_count(struct bundle *bundle, const struct counted *what, uint64_t count,
                      const char *path, struct cw_error *error)
{
    char text[160];
    if (count == 0)
        return CW_OK;
    (void)snprintf(text, sizeof(text), "%" PRIu64 " other %s", count,
                   count == 1 ? what->one : what->many);
    return add_remark(bundle, what->kind, path, text, error);
}

static uint64_t unlisted(uint64_t count)
{
    return count > CW_LIMIT_MEMBERS_LISTED ? count - CW_LIMIT_MEMBERS_LISTED : 0;
}

/* Lists what is to be listed of the members that are no logs; counts the others. */
static int list_others(struct bundle *bundle, bool has_log, uint64_t *ret_passed_over,
                       struct cw_error *error)
{
    const struct cw_bundle_sink *sink = bundle->sink;
    uint64_t passed_over = bundle->others_unlisted;
    for (size_t i = 0; i < bundle->other_count; i++) {
        const struct other *other = &bundle->others[i];
        if (has_log && !other->is_named_log)
            passed_over++;
        else if (sink->not_read(sink->context, other->path.ptr, other->reason, false) < 0)
            return cw_fail_nomem(error);
    }
    *ret_passed_over = passed_over;
    return CW_OK;
}

/* What was in the archive and is in no list yet. */
static int conclude(struct bundle *bundle, bool has_log, const char *path, struct cw_error *error)
{
    const struct cw_bundle_sink *sink = bundle->sink;
    uint64_t passed_over = 0;
    bool is_empty = !has_log && bundle->other_count == 0 && bundle->failures == 0;
    if (is_empty && sink->not_read(sink->context, path, "the archive holds no file", false) < 0)
        return cw_fail_nomem(error);
    int status = list_others(bundle, has_log, &passed_over, error);
    if (status == CW_OK)
        status = note_count(bundle, &other_members, passed_over, path, error);
    if (status == CW_OK)
        status = note_count(bundle, &failed_members, unlisted(bundle->failures), path, error);
    if (status == CW_OK)
        status = note_count(bundle, &outside_members, unlisted(bundle->outside), path, error);
    return status;
}

int cw_bundle_read(struct cw_reading *reading, struct cw_case *c, struct cw_source *source,
                   const char *file, const struct cw_bundle_sink *sink, struct cw_error *error)
{
    struct bundle bundle = {.reading = reading, .c = c, .file = file, .sink = sink};
    struct cw_unpack_sink unpack = {on_member, on_not_read, on_outside, &bundle};
    size_t first = c->source_count;
    int status = cw_unpack(source, cw_archive_budget(), &unpack, error);
    if (status == CW_OK)
        status = conclude(&bundle, c->source_count > first, cw_source_name(source), error);
    if (status == CW_OK && !cw_case_sort_sources(c, first))
        status = cw_fail_nomem(error);
    cw_arena_done(&bundle.arena);
    return status;
}
