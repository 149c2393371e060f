/*     path = { folder | archive } log ;
 *     log  = [ named ] what-Windows-calls-it [ named ] ;     SERVER01_CBS.log, CBS (2).log
 *
 * Who collects logs names folders, archives and files for the customer and the machine.
 */
#include "report/redact_find.h"
#include "report/redact_fold.h"

/* How the names of logs begin; longer ones first. */
static const char *const logs[] = {
    "CbsPersist", "CBS",     "setupapi", "dism",     "WindowsUpdate", "ReportingEvents",
    "CheckSUR",   "poqexec", "setupact", "setuperr", "Setup",         "System",
};

struct walk {
    struct cw_str path;
    const struct cw_redact_words *common;
    const struct cw_identifier_sink *sink;
    struct cw_buf folded;
};

/* Whether the part says nothing but common words. 1, 0, or CW_ERR_NOMEM. */
static int is_common(struct walk *walk, size_t begin, size_t end)
{
    struct cw_str part = {walk->path.ptr + begin, end - begin};
    cw_buf_clear(&walk->folded);
    if (!cw_redact_fold(&walk->folded, part))
        return CW_ERR_NOMEM;
    return cw_redact_words_has_all(walk->common, cw_buf_str(&walk->folded));
}

static int emit(struct walk *walk, enum cw_identifier kind, size_t begin, size_t end)
{
    struct cw_str path = walk->path;
    while (begin < end && cw_redact_word_begin(path, begin) != begin)
        begin++;
    while (end > begin && cw_redact_word_begin(path, end - 1) != end - 1)
        end--;
    if (begin == end)
        return CW_OK;
    int status = is_common(walk, begin, end);
    const struct cw_identifier_span span = {kind, begin, end};
    return status ? (status < 0 ? status : CW_OK) : walk->sink->found(walk->sink->context, &span);
}

/* Where Windows' own name for a log begins in the part; SIZE_MAX when it is none. */
static size_t find_log(struct cw_str path, size_t begin, size_t end, size_t *ret_end)
{
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        struct cw_str name = cw_str_c(logs[i]);
        for (size_t at = begin; at + name.len <= end; at++) {
            struct cw_str rest = {path.ptr + at, end - at};
            if (cw_redact_is_in_word(path, at) || !cw_str_starts_nocase(rest, name))
                continue;
            *ret_end = at + name.len;
            return at;
        }
    }
    return SIZE_MAX;
}

/* The extension at the end of a part, if it has one. */
static size_t end_of_stem(struct cw_str path, size_t begin, size_t end)
{
    for (size_t at = end; at > begin + 1 && end - at < 6; at--) {
        if (path.ptr[at - 1] == '.')
            return at - 1;
    }
    return end;
}

static int emit_part(struct walk *walk, size_t begin, size_t end)
{
    size_t name_end;
    size_t stem_end = end_of_stem(walk->path, begin, end);
    size_t name = find_log(walk->path, begin, end, &name_end);
    if (name == SIZE_MAX)
        return emit(walk, CW_IDENTIFIER_PATH, begin, stem_end);
    int status = emit(walk, CW_IDENTIFIER_HOST, begin, name);
    if (status == CW_OK && name_end < stem_end)
        status = emit(walk, CW_IDENTIFIER_HOST, name_end, stem_end);
    return status;
}

int cw_redact_find_in_path(struct cw_str path, const struct cw_redact_words *common,
                           const struct cw_identifier_sink *sink)
{
    struct walk walk = {.path = path, .common = common, .sink = sink};
    int status = CW_OK;
    cw_buf_init(&walk.folded, path.len + 1);
    for (size_t begin = 0; begin < path.len && status == CW_OK;) {
        size_t end = begin;
        while (end < path.len && path.ptr[end] != '/' && path.ptr[end] != '\\')
            end++;
        bool is_stdin = cw_str_eq(path, CW_STR("<stdin>"));
        if (end > begin && !is_stdin)
            status = emit_part(&walk, begin, end);
        begin = end + 1;
    }
    cw_buf_done(&walk.folded);
    return status;
}
