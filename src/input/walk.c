#include "input/walk.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/os.h"
#include "input/windows_root.h"

enum { PATH_MOST = 32 * 1024, PLACES_MOST = 4 * 1024 };

struct walk {
    const struct cw_walk_sink *sink;
    struct cw_error *error;
    struct cw_buf path; /* of the folder or file under way */
    struct cw_arena arena;
    struct cw_str real; /* where the folder that was asked for really is */
    bool in_part;       /* in a part of a Windows, which was said already */
};

struct names {
    struct cw_arena arena;
    struct cw_str *items;
    size_t count;
};

static int walk_folder(struct walk *walk, unsigned depth);

static int skip(const struct walk *walk, const char *reason)
{
    return walk->sink->skipped(walk->sink->context, walk->path.data, reason);
}

static bool push(struct walk *walk, struct cw_str name)
{
    bool slash = walk->path.len > 0 && walk->path.data[walk->path.len - 1] != '/';
    return (!slash || cw_buf_char(&walk->path, '/')) && cw_buf_append(&walk->path, name);
}

static void pop(struct walk *walk, size_t len)
{
    walk->path.len = len;
    walk->path.data[len] = '\0';
}

/* The names in the folder under way; none, and said so, when it can not be read. */
static int list(struct walk *walk, struct names *ret_names)
{
    struct cw_error reason = {0};
    *ret_names = (struct names){0};
    int status = cw_os_list_folder(walk->path.data, &ret_names->arena, &ret_names->items,
                                   &ret_names->count, &reason);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(walk->error);
    return status < 0 ? skip(walk, reason.text) : CW_OK;
}

/* --- every file below a folder --- */

/* Or it is the folder itself. */
static bool is_below(struct cw_str path, struct cw_str folder)
{
    struct cw_str rest = cw_str_from(path, folder.len);
    return cw_str_starts(path, folder) &&
           (rest.len == 0 || cw_str_ends(folder, CW_STR("/")) || cw_str_starts(rest, CW_STR("/")));
}

/* What it leads to inside is delivered by its own name. */
static int pass_link(struct walk *walk)
{
    struct cw_str real;
    struct cw_error reason = {0};
    int status = cw_os_real_path(walk->path.data, &walk->arena, &real, &reason);
    if (status == CW_ERR_NOMEM)
        return cw_fail_nomem(walk->error);
    if (status < 0)
        return skip(walk, reason.text);
    return is_below(real, walk->real)
               ? CW_OK
               : skip(walk, "a symbolic link that leads out of the folder is not followed");
}

static int walk_entry(struct walk *walk, unsigned depth)
{
    struct cw_os_info info;
    struct cw_error reason = {0};
    if (cw_os_stat(walk->path.data, &info, &reason) < 0)
        return skip(walk, reason.text);
    if (info.is_link)
        return pass_link(walk);
    switch (info.kind) {
    case CW_OS_FILE:
        return walk->sink->file(walk->sink->context, walk->path.data, walk->error);
    case CW_OS_FOLDER:
        if (depth + 1 > CW_LIMIT_WALK_DEPTH)
            return skip(walk, "the folder lies too deep");
        return walk_folder(walk, depth + 1);
    case CW_OS_STREAM:
    case CW_OS_NONE:
        return skip(walk, "neither a file nor a folder");
    }
    return CW_OK;
}

static int walk_names(struct walk *walk, const struct names *names, unsigned depth)
{
    size_t len = walk->path.len;
    int status = CW_OK;
    for (size_t i = 0; i < names->count && status >= 0; i++) {
        status = push(walk, names->items[i]) ? walk_entry(walk, depth) : cw_fail_nomem(walk->error);
        pop(walk, len);
    }
    return status;
}

/* --- the places where a Windows keeps its logs --- */

/* What is done with each folder found: `place` is the one that was looked for. */
struct visit {
    bool deliver; /* its logs; else it is only looked whether it is there */
    const struct cw_windows_place *place;
    size_t found;
};

/* The logs in the folder under way that belong to the place. */
static int visit_logs(struct walk *walk, struct visit *visit, unsigned depth)
{
    struct names names;
    size_t len = walk->path.len;
    const char *prefix = visit->place->prefix;
    int status = list(walk, &names);
    for (size_t i = 0; i < names.count && status >= 0; i++) {
        struct cw_os_info info;
        struct cw_str name = names.items[i];
        bool wanted =
            cw_is_log_name(name) && (!prefix || cw_str_starts_nocase(name, cw_str_c(prefix)));
        if (prefix && !wanted)
            continue;
        if (!push(walk, name))
            status = cw_fail_nomem(walk->error);
        else if (cw_os_stat(walk->path.data, &info, NULL) == CW_OK && !info.is_link &&
                 info.kind == CW_OS_FOLDER && !prefix && depth < CW_LIMIT_WALK_DEPTH)
            status = visit_logs(walk, visit, depth + 1);
        else if (wanted) {
            visit->found++;
            status = visit->deliver ? walk_entry(walk, CW_LIMIT_WALK_DEPTH) : CW_OK;
        }
        pop(walk, len);
    }
    cw_arena_done(&names.arena);
    return status;
}

/* Goes down `folder` name by name, whatever their case, and visits what is at its end. */
static int visit_place(struct walk *walk, struct visit *visit, struct cw_str folder)
{
    struct names names;
    size_t len = walk->path.len;
    if (folder.len == 0)
        return visit_logs(walk, visit, 0);
    size_t slash = cw_str_find_char(folder, '/');
    struct cw_str first = cw_str_head(folder, slash);
    struct cw_str rest = cw_str_from(folder, slash == SIZE_MAX ? slash : slash + 1);
    int status = list(walk, &names);
    for (size_t i = 0; i < names.count && status >= 0; i++) {
        struct cw_os_info info;
        if (!cw_str_eq_nocase(names.items[i], first))
            continue;
        if (!push(walk, names.items[i]))
            status = cw_fail_nomem(walk->error);
        else if (cw_os_stat(walk->path.data, &info, NULL) == CW_OK && info.kind == CW_OS_FOLDER &&
                 !info.is_link)
            status = visit_place(walk, visit, rest);
        pop(walk, len);
    }
    cw_arena_done(&names.arena);
    return status;
}

/* What is said about the places of one Windows. */
struct survey {
    bool deliver;
    bool is_old; /* of the Windows before this one: nothing of it is missed */
    struct cw_buf have, lack;
};

/* "Windows/INF/setupapi*.log" */
static void name_place(struct cw_buf *list, struct cw_str above,
                       const struct cw_windows_place *place)
{
    (void)cw_buf_append(list, list->len ? CW_STR(", ") : CW_STR(""));
    (void)cw_buf_append(list, above);
    (void)cw_buf_append(list, above.len && place->folder[0] ? CW_STR("/") : CW_STR(""));
    (void)cw_buf_append(list, cw_str_c(place->folder));
    if (place->prefix) {
        bool is_name = cw_str_find_char(cw_str_c(place->prefix), '.') != SIZE_MAX;
        (void)cw_buf_printf(list, "%s%s%s", above.len || place->folder[0] ? "/" : "", place->prefix,
                            is_name ? "" : "*.log");
    }
}

/* The path under way is `above`, as it is called in what is said. */
static int survey_places(struct walk *walk, struct survey *survey, struct cw_str above,
                         const struct cw_windows_place *places, size_t count)
{
    int status = CW_OK;
    for (size_t i = 0; i < count && status >= 0; i++) {
        struct visit visit = {.deliver = survey->deliver, .place = &places[i]};
        status = visit_place(walk, &visit, cw_str_c(places[i].folder));
        if (visit.found)
            name_place(&survey->have, above, &places[i]);
        else if (places[i].usual && !survey->is_old)
            name_place(&survey->lack, above, &places[i]);
    }
    return status;
}

static int survey_windows(struct walk *walk, struct survey *survey, struct cw_str above)
{
    return survey_places(walk, survey, above, cw_windows_places, cw_windows_place_count);
}

/* The Windows that an upgrade put aside, "Windows.old/Windows". */
static int survey_old(struct walk *walk, struct survey *survey, struct cw_str old)
{
    struct names names;
    char above[128];
    size_t len = walk->path.len;
    int status = list(walk, &names);
    survey->is_old = true;
    for (size_t i = 0; i < names.count && status >= 0; i++) {
        if (!cw_is_windows_name(names.items[i]))
            continue;
        struct cw_buf text;
        cw_buf_init(&text, sizeof(above));
        if (!push(walk, names.items[i]) || !cw_buf_append(&text, cw_str_head(old, 32)) ||
            !cw_buf_char(&text, '/') || !cw_buf_append(&text, names.items[i]))
            status = cw_fail_nomem(walk->error);
        else
            status = survey_windows(walk, survey, cw_buf_str(&text));
        cw_buf_done(&text);
        pop(walk, len);
    }
    survey->is_old = false;
    cw_arena_done(&names.arena);
    return status;
}

/* A root: the Windows in it, those before it, and what upgrades left beside. */
static int survey_root(struct walk *walk, struct survey *survey, const struct names *names)
{
    size_t len = walk->path.len;
    int status = CW_OK;
    for (size_t i = 0; i < names->count && status >= 0; i++) {
        struct cw_str name = names->items[i];
        if (!cw_is_windows_name(name) && !cw_is_windows_old_name(name))
            continue;
        if (!push(walk, name))
            status = cw_fail_nomem(walk->error);
        else
            status = cw_is_windows_name(name) ? survey_windows(walk, survey, name)
                                              : survey_old(walk, survey, name);
        pop(walk, len);
    }
    return status < 0 ? status
                      : survey_places(walk, survey, CW_STR_NONE, cw_windows_root_places,
                                      cw_windows_root_place_count);
}

/* --- what a folder is --- */

struct nature {
    bool is_windows; /* the folder Windows itself */
    bool is_root;    /* the folder that it lies in */
    bool is_whole;   /* and not only what somebody copied out of one */
};

/* The names in the subfolder `name`; none when it is no folder or can not be read, which is said
 * when it is walked. */
static int look_into(struct walk *walk, struct cw_str name, struct names *ret_names)
{
    struct cw_os_info info;
    size_t len = walk->path.len;
    *ret_names = (struct names){0};
    if (!push(walk, name))
        return cw_fail_nomem(walk->error);
    int status = CW_OK;
    if (cw_os_stat(walk->path.data, &info, NULL) == CW_OK && info.kind == CW_OS_FOLDER &&
        !info.is_link)
        status = cw_os_list_folder(walk->path.data, &ret_names->arena, &ret_names->items,
                                   &ret_names->count, NULL);
    pop(walk, len);
    return status == CW_ERR_NOMEM ? cw_fail_nomem(walk->error) : CW_OK;
}

/* The folder under way, in which `names` are, is the folder Windows. */
static int recognise_windows(struct walk *walk, const struct names *names, struct nature *nature)
{
    struct names system;
    int status = CW_OK;
    nature->is_windows = cw_has_windows_names(names->items, names->count);
    for (size_t i = 0; i < names->count && status >= 0 && nature->is_windows; i++) {
        if (!cw_str_eq_nocase(names->items[i], CW_STR("System32")))
            continue;
        status = look_into(walk, names->items[i], &system);
        nature->is_whole |= cw_has_system_names(system.items, system.count);
        cw_arena_done(&system.arena);
    }
    return status;
}

static int recognise_root(struct walk *walk, const struct names *names, struct nature *nature)
{
    struct names windows;
    size_t len = walk->path.len;
    int status = CW_OK;
    for (size_t i = 0; i < names->count && status >= 0; i++) {
        struct nature inner = {0};
        if (!cw_is_windows_name(names->items[i]))
            continue;
        status = look_into(walk, names->items[i], &windows);
        if (status >= 0 && !push(walk, names->items[i]))
            status = cw_fail_nomem(walk->error);
        if (status >= 0)
            status = recognise_windows(walk, &windows, &inner);
        nature->is_root |= inner.is_windows;
        nature->is_whole |= inner.is_whole;
        pop(walk, len);
        cw_arena_done(&windows.arena);
    }
    nature->is_whole |= nature->is_root && cw_has_disk_names(names->items, names->count);
    return status;
}

static int tell_windows(struct walk *walk, const struct survey *survey, bool is_whole)
{
    const struct cw_walk_windows windows = {walk->path.data, is_whole, cw_buf_str(&survey->have),
                                            cw_buf_str(&survey->lack)};
    if (survey->have.failed || survey->lack.failed)
        return cw_fail_nomem(walk->error);
    return walk->sink->windows(walk->sink->context, &windows, walk->error);
}

/* Delivers the known places of a whole Windows; of a part only says which there are. */
static int survey_all(struct walk *walk, const struct names *names, const struct nature *nature)
{
    struct survey survey = {.deliver = nature->is_whole};
    cw_buf_init(&survey.have, PLACES_MOST);
    cw_buf_init(&survey.lack, PLACES_MOST);
    int status = nature->is_root ? survey_root(walk, &survey, names)
                                 : survey_windows(walk, &survey, CW_STR_NONE);
    if (status >= 0)
        status = tell_windows(walk, &survey, nature->is_whole);
    cw_buf_done(&survey.have);
    cw_buf_done(&survey.lack);
    return status;
}

static int walk_listed(struct walk *walk, const struct names *names, unsigned depth)
{
    struct nature nature = {0};
    bool was_in_part = walk->in_part;
    int status = walk->in_part ? CW_OK : recognise_root(walk, names, &nature);
    if (status >= 0 && !walk->in_part && !nature.is_root)
        status = recognise_windows(walk, names, &nature);
    if (status >= 0 && (nature.is_root || nature.is_windows)) {
        status = survey_all(walk, names, &nature);
        walk->in_part = true;
    }
    if (status >= 0 && !nature.is_whole)
        status = walk_names(walk, names, depth);
    walk->in_part = was_in_part;
    return status;
}

static int walk_folder(struct walk *walk, unsigned depth)
{
    struct names names;
    int status = list(walk, &names);
    if (status >= 0)
        status = walk_listed(walk, &names, depth);
    cw_arena_done(&names.arena);
    return status < 0 ? status : CW_OK;
}

int cw_walk(const char *path, const struct cw_walk_sink *sink, struct cw_error *error)
{
    struct cw_os_info info = {.kind = CW_OS_STREAM};
    if (strcmp(path, "-") != 0) {
        int status = cw_os_stat(path, &info, error);
        if (status < 0)
            return status;
    }
    if (info.kind != CW_OS_FOLDER)
        return sink->file(sink->context, path, error);
    struct walk walk = {.sink = sink, .error = error};
    cw_buf_init(&walk.path, PATH_MOST);
    int status = cw_os_real_path(path, &walk.arena, &walk.real, error);
    if (status == CW_OK)
        status = cw_buf_append(&walk.path, cw_str_c(path)) ? walk_folder(&walk, 0)
                                                           : cw_fail_nomem(error);
    cw_buf_done(&walk.path);
    cw_arena_done(&walk.arena);
    return status;
}
