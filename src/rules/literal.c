/* Literals from patterns. Of the runs of fixed bytes in
 *
 *     ^(?<inf>\S+) failed with (?:result|status) (?<code>\d+), giving up
 *
 * " failed with " and ", giving up" are in every match; the longer one is the literal.
 *
 * A pattern is read once, as PCRE2 reads it, into what is known of the text that each part
 * matches: how that text begins, how it ends, and the best set of literals of which one must be in
 * it. Parts are put together from left to right. Every byte that must match itself is written to
 * `out` in the order of the pattern, so a run of such bytes is a range of `out`.
 *
 * Anything that could make a run wrong - letters without case, comments, numeric escapes, control
 * verbs - refuses the whole pattern; anything that merely is not a fixed byte ends the run. So does
 * a line end: the filter looks at the lines of the file, whose ends and columns a joined record has
 * lost.
 */
#include "rules/literal.h"

#include "cbswhy/status.h"
#include "input/filter.h"

enum { GROUPS_DEEP = 32 };

/* Bytes [begin, end) of `out`. */
struct run {
    uint32_t begin, end;
};

struct set {
    struct run items[CW_LITERALS_MOST];
    size_t count; /* 0 = no set is known */
};

/* What is known of the text that a part of the pattern matches. */
struct part {
    struct run first; /* it begins with this */
    struct run last;  /* and ends with this; when not broken, `first` is all of it */
    bool broken;
    struct set best;
};

struct parser {
    struct cw_str pattern;
    size_t at;
    char *out;
    uint32_t used;
    const struct cw_strings *wanted; /* NULL: any run will do */
    unsigned depth;
    bool refused;
};

static const struct part nothing_known = {.broken = true};

static uint32_t run_length(struct run run)
{
    return run.end - run.begin;
}

static struct run join(struct run a, struct run b)
{
    if (run_length(a) == 0)
        return b;
    return (struct run){a.begin, run_length(b) ? b.end : a.end};
}

static struct cw_str run_text(const struct parser *parser, struct run run)
{
    return (struct cw_str){parser->out + run.begin, run_length(run)};
}

/* The part of `run` that may serve as a literal; empty when none may. */
static struct run usable(const struct parser *parser, struct run run)
{
    const struct run none = {0, 0};
    if (!parser->wanted)
        return run_length(run) >= CW_LITERAL_MIN ? run : none;
    struct run best = none;
    for (size_t i = 0; i < parser->wanted->count; i++) {
        struct cw_str literal = parser->wanted->items[i];
        size_t found = cw_str_find(run_text(parser, run), literal);
        if (found == SIZE_MAX || literal.len <= run_length(best))
            continue;
        best.begin = run.begin + (uint32_t)found;
        best.end = best.begin + (uint32_t)literal.len;
    }
    return best;
}

static uint32_t shortest(const struct set *set)
{
    uint32_t least = set->count ? UINT32_MAX : 0;
    for (size_t i = 0; i < set->count; i++) {
        if (run_length(set->items[i]) < least)
            least = run_length(set->items[i]);
    }
    return least;
}

/* A set is as good as its shortest literal is long. */
static void offer(struct set *best, const struct set *set)
{
    if (shortest(set) > shortest(best))
        *best = *set;
}

static void offer_run(const struct parser *parser, struct set *best, struct run run)
{
    struct set set = {{usable(parser, run)}, 1};
    offer(best, &set);
}

/* `part` becomes `part` followed by `next`. */
static void append(const struct parser *parser, struct part *part, const struct part *next)
{
    if (!part->broken) {
        part->first = join(part->first, next->first);
        part->last = next->broken ? next->last : part->first;
    } else if (!next->broken) {
        part->last = join(part->last, next->first);
    } else {
        offer_run(parser, &part->best, join(part->last, next->first));
        part->last = next->last;
    }
    part->broken = part->broken || next->broken;
    offer(&part->best, &next->best);
}

/* The best set of a part that is complete. */
static struct set conclude(const struct parser *parser, const struct part *part)
{
    struct set best = part->best;
    offer_run(parser, &best, part->first);
    offer_run(parser, &best, part->last);
    return best;
}

static bool at_end(const struct parser *parser)
{
    return parser->at >= parser->pattern.len;
}

static char peek(const struct parser *parser)
{
    return at_end(parser) ? '\0' : parser->pattern.ptr[parser->at];
}

static bool take(struct parser *parser, struct cw_str text)
{
    if (!cw_str_starts(cw_str_from(parser->pattern, parser->at), text))
        return false;
    parser->at += text.len;
    return true;
}

static struct part refuse(struct parser *parser)
{
    parser->refused = true;
    parser->at = parser->pattern.len;
    return nothing_known;
}

static struct part fixed_byte(struct parser *parser, char c)
{
    if (c == '\n' || c == '\r')
        return nothing_known;
    struct run run = {parser->used, parser->used + 1};
    parser->out[parser->used++] = c;
    return (struct part){.first = run, .last = run};
}

static bool is_letter(char c)
{
    c = cw_to_lower(c);
    return c >= 'a' && c <= 'z';
}

static struct part parse_escape(struct parser *parser)
{
    char c = peek(parser);
    if (at_end(parser))
        return refuse(parser);
    parser->at++;
    if (strchr("dDsSwWhHvVRXbBAZzGnr", c))
        return nothing_known;
    if (c == 't')
        return fixed_byte(parser, '\t');
    if (cw_is_digit(c) || is_letter(c))
        return refuse(parser);
    return fixed_byte(parser, c);
}

/* After a '[' inside a class: past ":alpha:]" when it begins such a name. False when it begins
 * what only looks like one. */
static bool skip_posix_class(struct parser *parser)
{
    if (peek(parser) == '.' || peek(parser) == '=')
        return false;
    if (!take(parser, CW_STR(":")))
        return true;
    (void)take(parser, CW_STR("^"));
    while (is_letter(peek(parser)))
        parser->at++;
    return take(parser, CW_STR(":]"));
}

/* After a backslash inside a class; false for what might hide the class's end. */
static bool skip_class_escape(struct parser *parser)
{
    char c = peek(parser);
    if (at_end(parser) || c == 'Q' || c == 'E' || c == 'c')
        return false;
    parser->at++;
    return true;
}

/* After '['. A class of one plain byte, "[.]", is that byte. */
static struct part parse_class(struct parser *parser)
{
    struct cw_str rest = cw_str_from(parser->pattern, parser->at);
    if (rest.len >= 2 && rest.ptr[1] == ']' && !strchr("^]\\[", rest.ptr[0])) {
        parser->at += 2;
        return fixed_byte(parser, rest.ptr[0]);
    }
    (void)take(parser, CW_STR("^"));
    (void)take(parser, CW_STR("]"));
    bool good = true;
    while (good && !at_end(parser)) {
        char c = parser->pattern.ptr[parser->at++];
        if (c == ']')
            return nothing_known;
        if (c == '\\')
            good = skip_class_escape(parser);
        else if (c == '[')
            good = skip_posix_class(parser);
    }
    return refuse(parser);
}

static bool skip_name(struct parser *parser, char close)
{
    size_t end = cw_str_find_char(cw_str_from(parser->pattern, parser->at), close);
    if (end == SIZE_MAX)
        return false;
    parser->at += end + 1;
    return true;
}

enum group { GROUP_PLAIN, GROUP_LOOK_AROUND, GROUP_REFUSED };

/* What follows '(' and says what kind of group it is. */
static enum group parse_group_head(struct parser *parser)
{
    static const char *const look_arounds[] = {"?=", "?!", "?<=", "?<!"};
    static const char *const plain[] = {"?:", "?>", "?|"};
    if (peek(parser) == '*')
        return GROUP_REFUSED;
    for (size_t i = 0; i < sizeof(look_arounds) / sizeof(look_arounds[0]); i++) {
        if (take(parser, cw_str_c(look_arounds[i])))
            return GROUP_LOOK_AROUND;
    }
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        if (take(parser, cw_str_c(plain[i])))
            return GROUP_PLAIN;
    }
    if (take(parser, CW_STR("?<")) || take(parser, CW_STR("?P<")))
        return skip_name(parser, '>') ? GROUP_PLAIN : GROUP_REFUSED;
    if (take(parser, CW_STR("?'")))
        return skip_name(parser, '\'') ? GROUP_PLAIN : GROUP_REFUSED;
    return peek(parser) == '?' ? GROUP_REFUSED : GROUP_PLAIN;
}

static struct part parse_alternatives(struct parser *parser);

/* After '('. */
static struct part parse_group(struct parser *parser)
{
    enum group group = parse_group_head(parser);
    if (group == GROUP_REFUSED || parser->depth == GROUPS_DEEP)
        return refuse(parser);
    parser->depth++;
    struct part inside = parse_alternatives(parser);
    parser->depth--;
    if (!take(parser, CW_STR(")")))
        return refuse(parser);
    return group == GROUP_LOOK_AROUND ? nothing_known : inside;
}

static struct part parse_atom(struct parser *parser)
{
    char c = parser->pattern.ptr[parser->at++];
    switch (c) {
    case '\\':
        return parse_escape(parser);
    case '[':
        return parse_class(parser);
    case '(':
        return parse_group(parser);
    case '.':
    case '^':
    case '$':
        return nothing_known;
    case '*':
    case '+':
    case '?':
        return refuse(parser); /* nothing to repeat: PCRE2 refuses it too */
    default:
        return fixed_byte(parser, c);
    }
}

enum repeat { ONCE, AT_LEAST_ONCE, PERHAPS };

/* After '{': "2}", "2,}" or "2,5}". Other braces are fixed bytes, but for those whose meaning has
 * changed between releases of PCRE2: "{,5}" and "{ 2 }". */
static enum repeat parse_counts(struct parser *parser)
{
    if (!cw_is_digit(peek(parser))) {
        if (peek(parser) == ',' || peek(parser) == ' ' || peek(parser) == '\t')
            (void)refuse(parser);
        else
            parser->at--;
        return ONCE;
    }
    enum repeat repeat = PERHAPS;
    for (; cw_is_digit(peek(parser)); parser->at++) {
        if (peek(parser) != '0')
            repeat = AT_LEAST_ONCE;
    }
    if (take(parser, CW_STR(","))) {
        while (cw_is_digit(peek(parser)))
            parser->at++;
    }
    if (!take(parser, CW_STR("}")))
        (void)refuse(parser);
    return repeat;
}

static enum repeat parse_repeat(struct parser *parser)
{
    enum repeat repeat = ONCE;
    if (take(parser, CW_STR("*")) || take(parser, CW_STR("?")))
        repeat = PERHAPS;
    else if (take(parser, CW_STR("+")))
        repeat = AT_LEAST_ONCE;
    else if (take(parser, CW_STR("{")))
        repeat = parse_counts(parser);
    if (repeat == ONCE)
        return ONCE;
    if (peek(parser) == '?' || peek(parser) == '+')
        parser->at++; /* lazy, possessive */
    if (parse_repeat(parser) != ONCE)
        (void)refuse(parser); /* a repetition of a repetition: PCRE2 allows "a{2}*" */
    return repeat;
}

static struct part parse_sequence(struct parser *parser)
{
    struct part sequence = {.broken = false};
    while (!at_end(parser) && peek(parser) != '|' && peek(parser) != ')') {
        struct part atom = parse_atom(parser);
        enum repeat repeat = parse_repeat(parser);
        if (repeat == PERHAPS)
            atom = nothing_known;
        else if (repeat == AT_LEAST_ONCE)
            atom.broken = true; /* `first` begins the first round, `last` ends the last one */
        append(parser, &sequence, &atom);
    }
    return sequence;
}

/* Adds the literals of one more alternative; false when it has none, or the set is full. */
static bool unite(struct set *set, const struct set *more)
{
    if (more->count == 0 || set->count + more->count > CW_LITERALS_MOST)
        return false;
    memcpy(set->items + set->count, more->items, more->count * sizeof(more->items[0]));
    set->count += more->count;
    return true;
}

/* Up to ')' or the end. */
static struct part parse_alternatives(struct parser *parser)
{
    struct part sequence = parse_sequence(parser);
    if (peek(parser) != '|')
        return sequence;
    struct part all = nothing_known;
    all.best = conclude(parser, &sequence);
    bool covered = all.best.count > 0;
    while (take(parser, CW_STR("|"))) {
        sequence = parse_sequence(parser);
        struct set best = conclude(parser, &sequence);
        covered = covered && unite(&all.best, &best);
    }
    if (!covered)
        all.best.count = 0;
    return all;
}

/* The set for the whole pattern; empty when there is none. */
static struct set parse_pattern(struct parser *parser)
{
    const struct set none = {.count = 0};
    if (parser->pattern.len >= UINT32_MAX)
        return none;
    struct part whole = parse_alternatives(parser);
    if (parser->refused || !at_end(parser))
        return none;
    return conclude(parser, &whole);
}

int cw_literals_derive(struct cw_str pattern, struct cw_arena *arena,
                       struct cw_strings *ret_literals)
{
    struct parser parser = {.pattern = pattern, .out = cw_arena_alloc(arena, pattern.len + 1)};
    if (!parser.out)
        return CW_ERR_NOMEM;
    struct set set = parse_pattern(&parser);
    if (set.count == 0)
        return CW_ERR_NOT_FOUND;
    struct cw_str *items = cw_arena_array(arena, set.count, sizeof(*items));
    if (!items)
        return CW_ERR_NOMEM;
    for (size_t i = 0; i < set.count; i++)
        items[i] = run_text(&parser, set.items[i]);
    *ret_literals = (struct cw_strings){items, set.count, set.count};
    return CW_OK;
}

static bool has_text(const struct parser *parser, const struct set *set, struct cw_str text)
{
    for (size_t i = 0; i < set->count; i++) {
        if (cw_str_eq(run_text(parser, set->items[i]), text))
            return true;
    }
    return false;
}

static size_t first_useless(const struct parser *parser, const struct set *set)
{
    size_t i = 0;
    while (i < parser->wanted->count && has_text(parser, set, parser->wanted->items[i]))
        i++;
    return i;
}

int cw_literals_prove(struct cw_str pattern, const struct cw_strings *literals,
                      size_t *ret_unproved)
{
    struct cw_arena scratch = {0};
    struct parser parser = {.pattern = pattern, .wanted = literals};
    parser.out = cw_arena_alloc(&scratch, pattern.len + 1);
    if (!parser.out)
        return CW_ERR_NOMEM;
    struct set set = parse_pattern(&parser);
    size_t useless = first_useless(&parser, &set);
    bool proved = set.count > 0 && useless == literals->count;
    cw_arena_done(&scratch);
    if (proved)
        return CW_OK;
    *ret_unproved = useless;
    return CW_ERR_INVALID;
}
