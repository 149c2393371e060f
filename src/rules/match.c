/* Signals against events, with PCRE2.
 *
 * Most patterns of a pack are never needed in a run, so each is compiled at its first candidate.
 * Patterns see bytes: neither UTF nor locale tables take part.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/match.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/cursor.h"
#include "base/limits.h"

enum {
    PATTERN_OPTIONS = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C,
    PATTERN_ERROR_TEXT = 128,
    JIT_STACK_START = 32 * 1024,
    /* Bytes. Compiling to machine code costs as much as interpreting some dozen records, and much
     * less than one in which everything but the end of the pattern stands a thousand times. */
    JIT_AFTER = 8 * 1024,
    GROUPS_MOST = 64
};

/* A pattern as the matcher keeps it. */
struct regex {
    pcre2_code *code; /* NULL: not yet needed */
    size_t seen;      /* bytes of the records it was tried on; counted up to JIT_AFTER */
};

struct cw_matcher {
    const struct cw_rules *rules;
    struct regex *regexes; /* one for each signal of the pack */
    pcre2_compile_context *compile;
    pcre2_match_context *match;
    pcre2_match_data *data;
    pcre2_jit_stack *stack; /* NULL when this PCRE2 has no JIT */
};

/* Line ends are the build's choice in PCRE2; here they are ours. NULL: out of memory. */
static pcre2_compile_context *compile_context(void)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context) {
        (void)pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        (void)pcre2_set_bsr(context, PCRE2_BSR_ANYCRLF);
    }
    return context;
}

static pcre2_match_context *match_context(void)
{
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (context) {
        (void)pcre2_set_match_limit(context, CW_LIMIT_REGEX_MATCH);
        (void)pcre2_set_depth_limit(context, CW_LIMIT_REGEX_DEPTH);
        (void)pcre2_set_heap_limit(context, CW_LIMIT_REGEX_HEAP_KIB);
    }
    return context;
}

static bool has_jit(void)
{
    uint32_t jit = 0;
    return pcre2_config(PCRE2_CONFIG_JIT, &jit) >= 0 && jit;
}

static int compile(const struct cw_signal *signal, pcre2_compile_context *context,
                   pcre2_code **ret_code, size_t *ret_offset, struct cw_error *error)
{
    int failure = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)signal->pattern.ptr, signal->pattern.len,
                                     PATTERN_OPTIONS, &failure, &offset, context);
    if (code) {
        *ret_code = code;
        return CW_OK;
    }
    if (failure == PCRE2_ERROR_HEAP_FAILED)
        return cw_fail_nomem(error);
    char text[PATTERN_ERROR_TEXT] = "";
    (void)pcre2_get_error_message(failure, (PCRE2_UCHAR *)text, sizeof(text));
    *ret_offset = offset;
    return cw_fail(error, CW_ERR_INVALID, "%s", text);
}

/* The names of the captures of a pattern, in order of name. */
struct names {
    const char *table;
    uint32_t count, size; /* entries, and bytes of an entry */
};

static struct names names_of(const pcre2_code *code)
{
    struct names names = {NULL, 0, 0};
    PCRE2_SPTR table = NULL;
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names.count);
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &names.size);
    names.table = (const char *)table;
    return names;
}

/* An entry is the number of the group in two bytes, high first, and its name. */
static struct cw_str name_at(const struct names *names, uint32_t index, size_t *ret_group)
{
    const char *entry = names->table + (size_t)index * names->size;
    *ret_group = (size_t)((unsigned char)entry[0] << 8 | (unsigned char)entry[1]);
    return cw_str_c(entry + 2);
}

static bool has_name(const struct names *names, struct cw_str name)
{
    size_t group = 0;
    for (uint32_t i = 0; i < names->count; i++) {
        if (cw_str_eq(name_at(names, i, &group), name))
            return true;
    }
    return false;
}

static int check_names(const struct cw_signal *signal, const pcre2_code *code,
                       struct cw_error *error)
{
    struct names names = names_of(code);
    uint32_t groups = 0;
    (void)pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups >= GROUPS_MOST)
        return cw_fail(error, CW_ERR_INVALID, "more than %d captures", GROUPS_MOST - 1);
    if (names.count > CW_CAPTURES_MAX)
        return cw_fail(error, CW_ERR_INVALID, "more than %d named captures", CW_CAPTURES_MAX);
    if (signal->code_capture.len && !has_name(&names, signal->code_capture))
        return cw_fail(error, CW_ERR_INVALID, "\"code\" names no capture of the pattern: %.*s",
                       CW_STR_ARG(signal->code_capture));
    return CW_OK;
}

int cw_signal_compile(const struct cw_signal *signal, size_t *ret_offset, struct cw_error *error)
{
    pcre2_compile_context *context = compile_context();
    if (!context)
        return cw_fail_nomem(error);
    pcre2_code *code = NULL;
    size_t offset = 0;
    int status = compile(signal, context, &code, &offset, error);
    if (status == CW_OK)
        status = check_names(signal, code, error);
    pcre2_code_free(code);
    pcre2_compile_context_free(context);
    if (status == CW_ERR_INVALID)
        *ret_offset = offset;
    return status;
}

int cw_matcher_new(const struct cw_rules *rules, struct cw_matcher **ret_matcher,
                   struct cw_error *error)
{
    struct cw_matcher *matcher = calloc(1, sizeof(*matcher));
    if (!matcher)
        return cw_fail_nomem(error);
    matcher->rules = rules;
    /* one more, so that an empty pack is no failed allocation */
    matcher->regexes = calloc(rules->signal_count + 1, sizeof(*matcher->regexes));
    matcher->compile = compile_context();
    matcher->match = match_context();
    matcher->data = pcre2_match_data_create(GROUPS_MOST, NULL);
    if (!matcher->regexes || !matcher->compile || !matcher->match || !matcher->data) {
        cw_matcher_free(matcher);
        return cw_fail_nomem(error);
    }
    if (has_jit())
        matcher->stack =
            pcre2_jit_stack_create(JIT_STACK_START, CW_LIMIT_REGEX_HEAP_KIB * 1024, NULL);
    if (matcher->stack)
        pcre2_jit_stack_assign(matcher->match, NULL, matcher->stack);
    *ret_matcher = matcher;
    return CW_OK;
}

void cw_matcher_free(struct cw_matcher *matcher)
{
    if (!matcher)
        return;
    for (size_t i = 0; matcher->regexes && i < matcher->rules->signal_count; i++)
        pcre2_code_free(matcher->regexes[i].code);
    free(matcher->regexes);
    pcre2_match_data_free(matcher->data);
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_context_free(matcher->match);
    pcre2_compile_context_free(matcher->compile);
    free(matcher);
}

static bool is_any_of(struct cw_str text, const struct cw_strings *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) {
        if (cw_str_eq(text, wanted->items[i]))
            return true;
    }
    return wanted->count == 0;
}

static bool operation_fits(const struct cw_scope *scope, const struct cw_strings *wanted)
{
    if (wanted->count == 0)
        return true;
    return scope->depth > 0 && is_any_of(scope->operations[scope->depth - 1].name, wanted);
}

static bool within_fits(const struct cw_scope *scope, const struct cw_strings *wanted)
{
    for (size_t i = 0; i < scope->depth; i++) {
        if (is_any_of(scope->operations[i].name, wanted))
            return true;
    }
    return wanted->count == 0;
}

/* All that can be told without the pattern. */
static unsigned field_misfits(const struct cw_signal *signal, const struct cw_event *event)
{
    unsigned misfits = 0;
    if (signal->levels && !(signal->levels >> event->level & 1U))
        misfits |= CW_MISFIT_LEVEL;
    if (signal->kinds && !(signal->kinds >> event->kind & 1U))
        misfits |= CW_MISFIT_KIND;
    if (!is_any_of(event->component, &signal->component))
        misfits |= CW_MISFIT_COMPONENT;
    if (!operation_fits(&event->scope, &signal->operation))
        misfits |= CW_MISFIT_OPERATION;
    if (!within_fits(&event->scope, &signal->within))
        misfits |= CW_MISFIT_WITHIN;
    if (!is_any_of(event->scope.title, &signal->section))
        misfits |= CW_MISFIT_SECTION;
    return misfits;
}

/* `size` is that of the record it is about to be tried on. */
static int prepare(struct cw_matcher *matcher, const struct cw_signal *signal, size_t size,
                   const pcre2_code **ret_code, struct cw_error *error)
{
    struct regex *regex = &matcher->regexes[signal - matcher->rules->signals];
    size_t offset = 0;
    if (!regex->code) {
        int status = compile(signal, matcher->compile, &regex->code, &offset, error);
        if (status < 0)
            return status;
    }
    bool was_rare = regex->seen < JIT_AFTER;
    regex->seen += was_rare ? size : 0;
    if (was_rare && regex->seen >= JIT_AFTER && matcher->stack)
        (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE); /* or it stays interpreted */
    *ret_code = regex->code;
    return CW_OK;
}

static int fail_match(const struct cw_signal *signal, int failure, struct cw_error *error)
{
    switch (failure) {
    case PCRE2_ERROR_NOMEMORY:
        return cw_fail_nomem(error);
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
        return cw_fail(error, CW_ERR_LIMIT, "the pattern of %.*s ran into a limit",
                       CW_STR_ARG(signal->id));
    default:
        return cw_fail(error, CW_ERR_INVALID, "the pattern of %.*s failed: PCRE2 error %d",
                       CW_STR_ARG(signal->id), failure);
    }
}

static void read_captures(const struct cw_matcher *matcher, const pcre2_code *code,
                          struct cw_str text, struct cw_match *match)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(matcher->data);
    struct names names = names_of(code);
    for (uint32_t i = 0; i < names.count && match->capture_count < CW_CAPTURES_MAX; i++) {
        size_t group = 0;
        struct cw_str name = name_at(&names, i, &group);
        if (group >= GROUPS_MOST || ends[2 * group] == PCRE2_UNSET)
            continue;
        struct cw_str value = {text.ptr + ends[2 * group], ends[2 * group + 1] - ends[2 * group]};
        match->captures[match->capture_count++] = (struct cw_capture){name, value};
    }
}

/* A captured code: a number in the form that the signal says, or any other spelling. */
static bool read_code(struct cw_str written, enum cw_code_form form, uint32_t *ret_code)
{
    struct cw_cursor cursor = cw_cursor(written);
    bool prefixed =
        cw_cursor_literal(&cursor, CW_STR("0x")) || cw_cursor_literal(&cursor, CW_STR("0X"));
    uint64_t value = 0;
    bool number = form == CW_CODE_WIN32 && !prefixed ? cw_cursor_decimal(&cursor, &value)
                                                     : cw_cursor_hex(&cursor, 8, &value);
    if (!number || !cw_cursor_end(&cursor) || value > UINT32_MAX)
        return cw_code_parse(written, ret_code);
    *ret_code = cw_code_normalise((uint32_t)value, form);
    return true;
}

static void set_code(const struct cw_event *event, struct cw_match *match)
{
    struct cw_str wanted = match->signal->code_capture;
    for (size_t i = 0; wanted.len && i < match->capture_count; i++) {
        if (!cw_str_eq(match->captures[i].name, wanted))
            continue;
        struct cw_str written = match->captures[i].value;
        if (read_code(written, match->signal->code_form, &match->code))
            match->code_written = written;
        return;
    }
    match->code = event->code;
    match->code_written = event->code_written;
}

/* 1 when the pattern is found in the text of the event, 0 when not, negative on failure; the
 * captures are then in matcher->data. */
static int find_pattern(struct cw_matcher *matcher, const struct cw_signal *signal,
                        struct cw_str text, const pcre2_code **ret_code, struct cw_error *error)
{
    int status = prepare(matcher, signal, text.len, ret_code, error);
    if (status < 0)
        return status;
    int found =
        pcre2_match(*ret_code, (PCRE2_SPTR)text.ptr, text.len, 0, 0, matcher->data, matcher->match);
    if (found == PCRE2_ERROR_NOMATCH)
        return 0;
    return found < 0 ? fail_match(signal, found, error) : 1;
}

int cw_matcher_misfits(struct cw_matcher *matcher, const struct cw_signal *signal,
                       const struct cw_event *event, unsigned *ret_misfits, struct cw_error *error)
{
    const pcre2_code *code = NULL;
    struct cw_str text = event->text.ptr ? event->text : CW_STR("");
    int found = find_pattern(matcher, signal, text, &code, error);
    if (found < 0)
        return found;
    *ret_misfits = field_misfits(signal, event) | (found ? 0 : CW_MISFIT_PATTERN);
    return CW_OK;
}

int cw_matcher_test(struct cw_matcher *matcher, const struct cw_signal *signal,
                    const struct cw_event *event, struct cw_match *ret_match,
                    struct cw_error *error)
{
    if (signal->log != event->log || field_misfits(signal, event))
        return 0;
    const pcre2_code *code = NULL;
    struct cw_str text = event->text.ptr ? event->text : CW_STR("");
    int found = find_pattern(matcher, signal, text, &code, error);
    if (found <= 0)
        return found;
    struct cw_match match = {.signal = signal, .code = CW_CODE_NONE};
    read_captures(matcher, code, text, &match);
    set_code(event, &match);
    *ret_match = match;
    return 1;
}
