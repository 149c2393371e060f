/* The columns in front of a CBS.log record's text.
 *
 *     2018-02-21 21:14:03, Error      [0x01805b] CSI    0000004e (F) Failed execution of ...
 *     |0                 |19 |21         |32       |43    |50
 *
 * Published copies squeeze the blanks (", Info CBS text"), mask the time ("<DateTime>, Info") or
 * drop it ("Info CBS text"). Those are read too, where the caller allows it.
 */
#ifndef CW_LOGS_CBS_HEAD_H
#define CW_LOGS_CBS_HEAD_H

#include "logs/event.h"

/* "YYYY-MM-DD HH:MM:SS," */
enum { CW_CBS_STAMP = 20 };

struct cw_cbs_head {
    cw_time time; /* CW_TIME_NONE when masked or dropped */
    enum cw_level level;
    struct cw_str event_id;  /* "0x01805b", or empty */
    struct cw_str component; /* may be empty */
    struct cw_str text;      /* to the end of the line; its leading blanks are still there */
};

/* The time of a line that begins with "YYYY-MM-DD HH:MM:SS, "; CW_TIME_NONE when it does not, or
 * when it is no possible time. */
cw_time cw_cbs_stamp(struct cw_str line);

/* True when the line begins with a stamp, possible or not, and a level follows. */
bool cw_cbs_is_head(struct cw_str line);

/* True for a head without a readable time: masked, or dropped. */
bool cw_cbs_is_loose_head(struct cw_str line);

/* The columns of a line for which one of the two above holds, or of one with a stamp alone, which
 * is then followed by text. */
struct cw_cbs_head cw_cbs_head_parse(struct cw_str line);

/* Takes "0000004e ", "0000004e@2024/9/10:02:44:47.829 " off the front of a CSI text. False when it
 * does not begin with a sequence number; then nothing is changed. `ret_utc` is CW_TIME_NONE when
 * there is no stamp. */
bool cw_cbs_sequence(struct cw_str *text, uint32_t *ret_sequence, cw_time *ret_utc);

/* How sure one can be that a log that begins with these bytes is a CBS.log: 0 ... 100. */
int cw_cbs_bid(struct cw_str head);

/* How the heads of a log are written, judged by its first bytes. */
struct cw_cbs_manner {
    bool loose;    /* none has a readable time */
    bool squeezed; /* the first one has not the columns that Windows writes */
};

struct cw_cbs_manner cw_cbs_manner(struct cw_str head);

#endif
