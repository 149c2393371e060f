/* dism.log: the commands of DISM, and of the programs that use it.
 *
 *     log     = { record | continuation } ;
 *     record  = stamp ', ' level 'DISM' text NL ;        columns as in CBS.log (cbs_head.h)
 *     session = '<----- Starting ' NAME ' session ----->' ... '<----- Ending ' NAME ' session
 * ----->'
 *
 *     2024-06-11 10:02:07, Info                  DISM   DISM.EXE: Executing command line: dism ...
 *     2024-06-11 10:02:41, Error                 DISM   DISM.EXE: DISM Package Manager processed
 *                                                the command line but failed. HRESULT=800F081F
 *
 * When an image is serviced offline, records of the servicing stack (CBS, CSI) stand between them.
 * Most lines of level Error are of providers that were asked and could not help: only what the
 * program itself says of its command is a verdict.
 */
#include "logs/cbs_head.h"
#include "logs/text_log.h"

enum { BID_LINES = 50 };

static bool dism_head(void *state, struct cw_str line, struct cw_text_head *ret_head)
{
    (void)state;
    if (!cw_cbs_is_head(line))
        return false;
    struct cw_cbs_head head = cw_cbs_head_parse(line);
    *ret_head = (struct cw_text_head){
        .time = head.time, .level = head.level, .component = head.component, .text = head.text};
    return true;
}

/* How a line tells of the session; what follows `before` up to `end` is the value. */
struct telling {
    const char *before;
    enum cw_mark mark;
    const char *name;
};

static const struct telling tellings[] = {
    {"<----- Starting ", CW_MARK_BEGIN, NULL},
    {"<----- Ending ", CW_MARK_END, NULL},
    {"DISM.EXE: Executing command line: ", CW_MARK_DETAIL, "command"},
    {"Parent process command line: ", CW_MARK_DETAIL, "command"},
    {"processed the command line but failed. HRESULT=", CW_MARK_FAILURE, NULL},
    {"DISM.EXE: Failed validating command line: ", CW_MARK_FAILURE, "command"},
    {"DISM.EXE: Failed to access the image folder or image's windows folder.", CW_MARK_FAILURE,
     NULL},
    {"CommandObject::InternalExecute(hr:0x", CW_MARK_FAILURE, NULL},
};

static void dism_read(void *state, struct cw_event *event)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tellings) / sizeof(tellings[0]); i++) {
        struct cw_str before = cw_str_c(tellings[i].before);
        size_t at = cw_str_find(event->text, before);
        if (at == SIZE_MAX)
            continue;
        event->mark = tellings[i].mark;
        if (tellings[i].name) {
            struct cw_str value = cw_str_from(event->text, at + before.len);
            event->name = cw_str_c(tellings[i].name);
            event->value = cw_str_trim(cw_str_head(value, cw_str_find_char(value, '\n')));
        }
        return;
    }
}

/* CBS.log has such columns, too; there, the component of hardly any line is DISM. */
static int dism_bid(struct cw_str head)
{
    unsigned lines = 0;
    unsigned own = 0;
    struct cw_str line;
    while (lines < BID_LINES && cw_text_log_line(&head, &line)) {
        if (!cw_cbs_is_head(line))
            continue;
        lines++;
        own += cw_str_eq(cw_cbs_head_parse(line).component, CW_STR("DISM"));
    }
    return own * 2 > lines ? 95 : 0;
}

static const struct cw_text_format dism = {.head = dism_head, .read = dism_read};

const struct cw_format cw_format_dism = {
    .log = CW_LOG_DISM,
    .bid = dism_bid,
    .parsing = &cw_text_log,
    .records = &dism,
};
