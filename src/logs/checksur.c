/* CheckSUR.log and CheckSUR.persist.log: what the System Update Readiness Tool found and repaired.
 *
 *     log     = { check } ;                        persist: one check below the other
 *     check   = RULER NL 'Checking System Update Readiness.' NL versions date
 *               { stage | finding | warning } 'Summary:' NL 'Seconds executed: ' N NL result
 *               [ 'Unavailable repair files:' NL { TAB path NL } ] ;
 *     date    = YYYY-MM-DD ' ' HH:MM NL ;
 *     finding = '(f)' TAB kind TAB code TAB what { TAB detail } NL { '(fix)' TAB kind TAB done NL }
 * ; warning = '(w)' TAB kind TAB code { TAB detail } NL ; result  = 'No errors detected' NL | '
 * Found ' N ' errors' NL { count NL } ; count   = ' Fixed ' N ' errors' | kind ' Total count: ' N |
 * 'Fixed: ' kind ...
 *
 *     (f)  CBS MUM Missing  0x00000002  servicing\Packages\Package_2_for_KB4343900~...~6.1.1.2.mum
 *      Found 3 errors
 *
 * The repair of a finding follows it, and what a finding lacks one is damaged still. Published
 * copies have blanks for the tabs. The same lines stand in CBS.log, too, below a head of that log.
 */
#include "base/cursor.h"
#include "logs/cbs_head.h"
#include "logs/text_log.h"

enum { BID_LINES = 200 };

#define TITLE "Checking System Update Readiness."

/* The record under way, as far as it decides what the next line is. */
enum part {
    PART_LINE,
    PART_FINDING, /* its repair may follow, and the rest of a garbled file's first line */
    PART_RESULT,  /* the counts follow */
    PART_UNREPAIRED
};

struct state {
    enum part part;
};

static const struct {
    struct cw_str text;
    enum part part;
} beginnings[] = {
    {{"Checking ", 9}, PART_LINE},
    {{"Binary Version ", 15}, PART_LINE},
    {{"Package Version ", 16}, PART_LINE},
    {{"Summary:", 8}, PART_LINE},
    {{"Seconds executed:", 17}, PART_LINE},
    {{"No errors detected", 18}, PART_LINE},
    {{"CheckSUR ", 9}, PART_LINE},
    {{"==========", 10}, PART_LINE},
    {{"(w)", 3}, PART_LINE},
    {{"(fix)", 5}, PART_LINE},
    {{"(f)", 3}, PART_FINDING},
    {{"Found ", 6}, PART_RESULT},
    {{"Unavailable repair files:", 25}, PART_UNREPAIRED},
};

/* "2010-06-15 12:31" */
static cw_time check_time(struct cw_str line)
{
    struct cw_cursor cursor = cw_cursor(line);
    struct cw_civil civil = {0};
    bool is_time = cw_cursor_fixed(&cursor, 4, &civil.year) && cw_cursor_char(&cursor, '-') &&
                   cw_cursor_fixed(&cursor, 2, &civil.month) && cw_cursor_char(&cursor, '-') &&
                   cw_cursor_fixed(&cursor, 2, &civil.day) && cw_cursor_char(&cursor, ' ') &&
                   cw_cursor_fixed(&cursor, 2, &civil.hour) && cw_cursor_char(&cursor, ':') &&
                   cw_cursor_fixed(&cursor, 2, &civil.minute) && cw_cursor_end(&cursor);
    return is_time ? cw_time_from_civil(&civil) : CW_TIME_NONE;
}

static bool begins(struct cw_str line, enum part *ret_part)
{
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
        if (cw_str_starts(line, beginnings[i].text)) {
            *ret_part = beginnings[i].part;
            return true;
        }
    }
    return false;
}

static bool checksur_head(void *state, struct cw_str line, struct cw_text_head *ret_head)
{
    struct state *own = state;
    struct cw_str text = cw_str_trim(line);
    enum part part = own->part == PART_UNREPAIRED ? PART_UNREPAIRED : PART_LINE;
    cw_time time = check_time(text);
    bool known = begins(text, &part) || time != CW_TIME_NONE;
    bool repair = own->part == PART_FINDING && cw_str_starts(text, CW_STR("(fix)"));
    bool follows = own->part == PART_FINDING || own->part == PART_RESULT;
    if (text.len == 0 || repair || (follows && !known))
        return false;
    own->part = part;
    ret_head->time = time;
    ret_head->text = text;
    if (part == PART_FINDING)
        ret_head->level = CW_LEVEL_ERROR;
    else if (cw_str_starts(text, CW_STR("(w)")))
        ret_head->level = CW_LEVEL_WARNING;
    return true;
}

/* --- findings ------------------------------------------------------------------------------ */

/* The columns of "(f)  kind  code  what  detail"; blanks may separate them. */
struct finding {
    struct cw_str kind; /* "CBS MUM Missing" */
    struct cw_str code; /* "0x00000002", or empty */
    struct cw_str rest;
};

static struct finding finding_of(struct cw_str line)
{
    struct cw_str columns = cw_str_trim(cw_str_from(line, cw_str_find_char(line, ')') + 1));
    size_t at = cw_str_find(columns, CW_STR("0x"));
    struct finding finding = {.kind = cw_str_trim(cw_str_head(columns, at))};
    if (at == SIZE_MAX)
        return finding;
    struct cw_cursor cursor = cw_cursor(cw_str_from(columns, at));
    uint64_t number;
    cw_cursor_skip(&cursor, 2);
    (void)cw_cursor_hex(&cursor, 8, &number);
    finding.code = cw_str_head(cw_str_from(columns, at), columns.len - at - cursor.rest.len);
    finding.rest = cw_str_trim(cursor.rest);
    return finding;
}

static struct cw_str without(struct cw_str name, const char *const *suffixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cw_str suffix = cw_str_c(suffixes[i]);
        if (cw_str_ends(name, suffix))
            return cw_str_head(name, name.len - suffix.len);
    }
    return name;
}

static size_t count_of(struct cw_str text, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == c;
    return count;
}

/* Name~token~architecture~language~version, with or without the ending of its file. */
static bool is_package(struct cw_str name)
{
    return count_of(name, '~') == 4;
}

/* amd64_microsoft-windows-x_31bf3856ad364e35_6.1.7601.17514_none_0b597007120f1506 */
static bool is_component(struct cw_str name)
{
    static const char *const architectures[] = {"amd64_", "x86_",   "wow64_", "msil_",
                                                "ia64_",  "arm64_", "arm_"};
    for (size_t i = 0; i < sizeof(architectures) / sizeof(architectures[0]); i++) {
        if (cw_str_starts(name, cw_str_c(architectures[i])))
            return count_of(name, '_') >= 5;
    }
    return false;
}

/* What the words of a line name: a package, else a component, else the first that is a file. */
static void name_entity(struct cw_event *event, struct cw_str words)
{
    static const char *const endings[] = {".mum", ".cat", ".manifest"};
    struct cw_cursor cursor = cw_cursor(words);
    struct cw_str word;
    for (; cw_cursor_blanks(&cursor), cw_cursor_word(&cursor, &word);) {
        struct cw_str name = without(cw_str_basename(word), endings, 3);
        bool package = is_package(name);
        if (package || is_component(name)) {
            event->name = package ? CW_STR("package") : CW_STR("component");
            event->value = name;
            return;
        }
        if (event->value.len == 0 && cw_str_find_char(word, '.') != SIZE_MAX) {
            event->name = CW_STR("file");
            event->value = word;
        }
    }
}

/* "(f) ..." with its repairs below it. */
static void read_finding(struct cw_event *event)
{
    size_t end = cw_str_find_char(event->text, '\n');
    struct finding finding = finding_of(cw_str_head(event->text, end));
    uint32_t code = CW_CODE_NONE;
    event->code = finding.code.len && cw_code_parse(finding.code, &code) ? code : CW_CODE_NONE;
    event->code_written = event->code == CW_CODE_NONE ? CW_STR_NONE : finding.code;
    struct cw_str below = cw_str_from(event->text, end);
    size_t fix = cw_str_find(below, CW_STR("\n(fix)"));
    struct cw_str repair = cw_str_trim(cw_str_from(below, fix == SIZE_MAX ? fix : fix + 6));
    if (cw_str_starts(repair, finding.kind) && repair.len > 0) {
        event->level = CW_LEVEL_WARNING;
        return;
    }
    event->mark = CW_MARK_FAILURE;
    name_entity(event, cw_str_head(finding.rest, cw_str_find_char(finding.rest, '\n')));
}

/* --- the result ---------------------------------------------------------------------------- */

/* The number behind the first of the words; false when there is none. */
static bool number_after(struct cw_str text, const char *words, uint64_t *ret_number)
{
    size_t at = cw_str_find(text, cw_str_c(words));
    struct cw_cursor cursor = cw_cursor(cw_str_from(text, at));
    return at != SIZE_MAX && cw_cursor_literal(&cursor, cw_str_c(words)) &&
           cw_cursor_decimal(&cursor, ret_number);
}

/* "Found 3 errors", and below it "Fixed 3 errors" or "Fix 1 errors". */
static void read_result(struct cw_event *event)
{
    uint64_t found = 0;
    uint64_t fixed = 0;
    if (!number_after(event->text, "Found ", &found))
        return;
    if (!number_after(event->text, "Fixed ", &fixed))
        (void)number_after(event->text, "Fix ", &fixed);
    event->mark = found > fixed ? CW_MARK_FAILURE : CW_MARK_SUCCESS;
}

static void checksur_read(void *state, struct cw_event *event)
{
    (void)state;
    event->code = CW_CODE_NONE;
    event->code_written = CW_STR_NONE;
    if (cw_str_starts(event->text, CW_STR(TITLE))) {
        event->mark = CW_MARK_BEGIN;
    } else if (event->time != CW_TIME_NONE) {
        event->mark = CW_MARK_DETAIL;
    } else if (cw_str_starts(event->text, CW_STR("(f)"))) {
        read_finding(event);
    } else if (cw_str_starts(event->text, CW_STR("Found "))) {
        read_result(event);
    } else if (cw_str_starts(event->text, CW_STR("No errors detected"))) {
        event->mark = CW_MARK_SUCCESS;
    } else if (cw_str_starts_nocase(event->text, CW_STR("servicing\\")) ||
               cw_str_starts_nocase(event->text, CW_STR("winsxs\\"))) {
        event->mark = CW_MARK_DETAIL;
        name_entity(event, event->text);
    }
}

/* Findings without a title are a part of such a log; among heads of CBS.log, they are of that. */
static int checksur_bid(struct cw_str head)
{
    bool titled = false;
    bool versioned = false;
    unsigned findings = 0;
    struct cw_str line;
    for (unsigned i = 0; i < BID_LINES && cw_text_log_line(&head, &line); i++) {
        if (cw_cbs_is_head(line) || cw_cbs_is_loose_head(line))
            return 0;
        titled |= cw_str_eq(line, CW_STR(TITLE));
        versioned |= cw_str_starts(line, CW_STR("Binary Version "));
        findings += cw_str_starts(line, CW_STR("(f)")) &&
                    (cw_str_starts(finding_of(line).kind, CW_STR("CBS ")) ||
                     cw_str_starts(finding_of(line).kind, CW_STR("CSI ")));
    }
    return titled && versioned ? 90 : findings > 0 ? 60 : 0;
}

static const struct cw_text_format checksur = {
    .state_size = sizeof(struct state),
    .head = checksur_head,
    .read = checksur_read,
};

const struct cw_format cw_format_checksur = {
    .log = CW_LOG_CHECKSUR,
    .bid = checksur_bid,
    .parsing = &cw_text_log,
    .records = &checksur,
};
