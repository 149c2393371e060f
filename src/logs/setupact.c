/* setupact.log and setuperr.log: what Windows Setup did during an installation or an upgrade, and
 * what Sysprep did to an image.
 *
 *     log    = { record | continuation } ;
 *     record = stamp ', ' level [ '[' id ']' ] component text NL ;   columns as in CBS.log
 *
 *     2016-10-05 15:27:09, Error                 SP     Operation failed: Migrate framework (Full).
 *                                                       Error: 0x8007042B[gle=0x000000b7]
 *     2019-03-29 00:25:29, Info       [0x090008] PANTHR CBlackboard::Open: X:\windows\...
 * succeeded.
 *
 * (learn.microsoft.com, "Log files and resolving upgrade errors"; logs in public repositories.)
 * setuperr.log holds the records of level Error alone. Records of the servicing stack (CBS, CSI)
 * stand between the others, since Setup has it work on the image; CBS.log has none of Setup's
 * components. Setups that ended well leave hundreds of lines of level Error: only what is listed
 * here is believed to be a failure.
 */
#include <string.h>

#include "logs/cbs_head.h"
#include "logs/text_log.h"

enum {
    BID_LINES = 200,
    LOOSE_SPAN = 40 /* the words that stand for a time */
};

/* Of Setup, and of nothing that writes to CBS.log. */
static const struct cw_str components[] = {
    {"SP", 2},     {"MIG", 3}, {"MOUPG", 5}, {"CONX", 4}, {"IBS", 3},  {"IBSLIB", 6},
    {"PANTHR", 6}, {"CMI", 3}, {"DIAG", 4},  {"UI", 2},   {"TOOL", 4}, {"SYSPRP", 6},
};

/* Takes a component of Setup's off the front of `text`. */
static bool take_component(struct cw_str *text, struct cw_str *ret_component)
{
    struct cw_str own = cw_str_trim(*text);
    for (size_t i = 0; i < sizeof(components) / sizeof(components[0]); i++) {
        struct cw_str rest = cw_str_from(own, components[i].len);
        if (!cw_str_starts(own, components[i]) || rest.len == 0 || !cw_is_space(rest.ptr[0]))
            continue;
        *ret_component = cw_str_head(own, components[i].len);
        *text = cw_str_trim(rest);
        return true;
    }
    return false;
}

/* "<DateTime>, Error MIG Failed to ..." and "Error MIG Failed to ...", as documents print it. */
static bool loose_head(struct cw_str line, struct cw_text_head *ret_head)
{
    static const struct {
        struct cw_str name;
        enum cw_level level;
    } levels[] = {{{"Info ", 5}, CW_LEVEL_INFO},
                  {{"Warning ", 8}, CW_LEVEL_WARNING},
                  {{"Error ", 6}, CW_LEVEL_ERROR}};
    struct cw_str rest = cw_str_trim(line);
    size_t comma = cw_str_find(cw_str_head(rest, LOOSE_SPAN), CW_STR(", "));
    if (comma != SIZE_MAX)
        rest = cw_str_from(rest, comma + 2);
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        struct cw_text_head head = {.time = CW_TIME_NONE, .level = levels[i].level};
        head.text = cw_str_from(rest, levels[i].name.len);
        if (!cw_str_starts(rest, levels[i].name) || !take_component(&head.text, &head.component))
            continue;
        *ret_head = head;
        return true;
    }
    return false;
}

static bool read_head(struct cw_str line, struct cw_text_head *ret_head)
{
    if (!cw_cbs_is_head(line))
        return loose_head(line, ret_head);
    struct cw_cbs_head head = cw_cbs_head_parse(line);
    if (head.component.len == 0)
        (void)take_component(&head.text, &head.component);
    *ret_head = (struct cw_text_head){
        .time = head.time, .level = head.level, .component = head.component, .text = head.text};
    return true;
}

static bool setupact_head(void *state, struct cw_str line, struct cw_text_head *ret_head)
{
    (void)state;
    return read_head(line, ret_head);
}

/* What a line that has `text` in it says. */
struct telling {
    const char *text;
    enum cw_mark mark;
    const char *operation; /* of which, or NULL */
};

/* The operation stands between the text and this. */
#define NAMED ". Error: "
#define SYSPREP "Sysprep"

static const struct telling tellings[] = {
    {"SetupHost Logging Begin", CW_MARK_BEGIN, NULL},
    {"Setup has started phase ", CW_MARK_BEGIN, NULL},
    {"Setup has completed phase ", CW_MARK_SUCCESS, NULL},
    {"Beginning of a new sysprep run", CW_MARK_BEGIN, SYSPREP},
    {"Operation failed: ", CW_MARK_FAILURE, NAMED},
    {"Execution of operations queue failed, abandoning. Error: ", CW_MARK_FAILURE, NULL},
    {" Shell application requested abort!", CW_MARK_FAILURE, NULL},
    {"MigPlatformStartupOffline caught exception: ", CW_MARK_FAILURE, NULL},
    {"Failed to create CBS session ", CW_MARK_FAILURE, NULL},
    {"CMountWIM::DoExecute: Failed to mount WIM file ", CW_MARK_FAILURE, NULL},
    {"halting sysprep execution. dwRet = ", CW_MARK_FAILURE, SYSPREP},
    {"WinMain:Hit failure while ", CW_MARK_END, SYSPREP},
    {"CSetupHost::Execute(", CW_MARK_END, NULL},
};

/* ERROR_RESTART_APPLICATION: Setup goes on in another process of its own. */
static const uint32_t goes_on = 0x800705bb;

static void name_operation(struct cw_event *event, const char *operation, size_t at)
{
    struct cw_str name = cw_str_c(operation);
    struct cw_str rest = cw_str_from(event->text, at);
    event->name = CW_STR("operation");
    event->value =
        cw_str_eq(name, CW_STR(NAMED)) ? cw_str_head(rest, cw_str_find(rest, name)) : name;
}

static void setupact_read(void *state, struct cw_event *event)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tellings) / sizeof(tellings[0]); i++) {
        const struct telling *telling = &tellings[i];
        size_t at = cw_str_find(event->text, cw_str_c(telling->text));
        if (at == SIZE_MAX)
            continue;
        event->mark = event->code == goes_on ? CW_MARK_NONE : telling->mark;
        if (telling->operation)
            name_operation(event, telling->operation, at + strlen(telling->text));
        return;
    }
}

static bool is_own(struct cw_str component)
{
    for (size_t i = 0; i < sizeof(components) / sizeof(components[0]); i++) {
        if (cw_str_eq(component, components[i]))
            return true;
    }
    return false;
}

/* A component of Setup's decides, unless the log is CBS.log with a line of Setup pasted to it. */
static int setupact_bid(struct cw_str head)
{
    unsigned own = 0;
    unsigned servicing = 0;
    struct cw_str line;
    for (unsigned i = 0; i < BID_LINES && cw_text_log_line(&head, &line); i++) {
        struct cw_text_head columns = {.component = CW_STR_NONE};
        bool strict = cw_cbs_is_head(line);
        bool is_head = read_head(line, &columns);
        servicing += strict ? cw_str_eq(columns.component, CW_STR("CBS"))
                            : !is_head && cw_cbs_is_loose_head(line);
        own += is_own(columns.component);
    }
    return own > servicing ? 96 : 0;
}

static const struct cw_text_format setupact = {
    .head = setupact_head, .read = setupact_read, .codes_on_demand = true};

const struct cw_format cw_format_setupact = {
    .log = CW_LOG_SETUPACT,
    .bid = setupact_bid,
    .parsing = &cw_text_log,
    .records = &setupact,
};
