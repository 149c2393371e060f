/* What the executor of primitive operations (poqexec.exe) says on the screen while Windows starts,
 * typed from it or kept with its log:
 *
 *     message = [ 'Fatal error ' | 'Error ' ] NTSTATUS ' applying update operation' [ 's' ]
 *               [ ' ' N ' of ' M ] [ ' (' component ')' ] ;
 *
 *     Error C0190003 applying update operation 21417 of 247778 (wow64_microsoft-windows-x_...)
 *
 * The message is documented; the lines of poqexec.log (C:\Windows\WinSxS\poqexec.log) are not, and
 * no published copy of one was found. A log is told by the message alone; its other lines become
 * events that claim nothing.
 */
#include "base/cursor.h"
#include "logs/cbs_head.h"
#include "logs/text_log.h"

enum { BID_LINES = 200, STATUS_DIGITS = 8 };

#define APPLYING " applying update operation"

struct message {
    struct cw_str status;
    struct cw_str component; /* may be empty */
};

static bool is_status(struct cw_str text)
{
    struct cw_cursor cursor = cw_cursor(text);
    uint64_t number;
    return text.len == STATUS_DIGITS && cw_cursor_hex(&cursor, STATUS_DIGITS, &number) &&
           cw_cursor_end(&cursor) && number >> 28 == 0xc;
}

static bool message_of(struct cw_str text, struct message *ret_message)
{
    size_t at = cw_str_find(text, CW_STR(APPLYING));
    if (at == SIZE_MAX || at < STATUS_DIGITS)
        return false;
    struct cw_str status = cw_str_from(cw_str_head(text, at), at - STATUS_DIGITS);
    if (!is_status(status))
        return false;
    struct message message = {.status = status};
    struct cw_str rest = cw_str_from(text, at);
    size_t open = cw_str_find_char(rest, '(');
    size_t close = cw_str_find_char(rest, ')');
    if (open < close && close != SIZE_MAX)
        message.component = cw_str_trim(cw_str_head(cw_str_from(rest, open + 1), close - open - 1));
    *ret_message = message;
    return true;
}

static bool poqexec_head(void *state, struct cw_str line, struct cw_text_head *ret_head)
{
    struct message message;
    (void)state;
    if (cw_str_trim(line).len == 0)
        return false;
    ret_head->level = message_of(line, &message) ? CW_LEVEL_ERROR : CW_LEVEL_INFO;
    return true;
}

static void poqexec_read(void *state, struct cw_event *event)
{
    struct message message;
    uint32_t code;
    (void)state;
    if (!message_of(event->text, &message) || !cw_code_parse(message.status, &code))
        return;
    event->mark = CW_MARK_FAILURE;
    event->code = code;
    event->code_written = message.status;
    if (message.component.len > 0) {
        event->name = CW_STR("component");
        event->value = message.component;
    }
}

static int poqexec_bid(struct cw_str head)
{
    struct cw_str line;
    struct message message;
    bool says = false;
    for (unsigned i = 0; i < BID_LINES && cw_text_log_line(&head, &line); i++) {
        if (cw_cbs_is_head(line) || cw_cbs_is_loose_head(line))
            return 0;
        says |= message_of(line, &message);
    }
    return says ? 40 : 0;
}

static const struct cw_text_format poqexec = {.head = poqexec_head, .read = poqexec_read};

const struct cw_format cw_format_poqexec = {
    .log = CW_LOG_POQEXEC,
    .bid = poqexec_bid,
    .parsing = &cw_text_log,
    .records = &poqexec,
};
