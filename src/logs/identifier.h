/* What identifies a person, a machine or a network in the text of a log: found by where it stands
 * and by its form, never by what it means.
 *
 *     C:\Users\jdoe\AppData\Local\Temp\Jane's\x.inf     USER jdoe, PATH Jane's
 *     USB\VID_0781&PID_5567\4C530001230901117282        SERIAL 4C53...
 *     http://wsus01.corp.example.com:8530/selfupdate    HOST wsus01, DOMAIN corp.example.com
 *
 * What looks alike and identifies nobody is no identifier: the profiles, accounts and SIDs that
 * every Windows has, hosts of Microsoft, instance ids that Windows made up itself (they hold a
 * '&'), versions of four parts, times, GUIDs.
 */
#ifndef CW_LOGS_IDENTIFIER_H
#define CW_LOGS_IDENTIFIER_H

#include "base/str.h"

enum cw_identifier {
    CW_IDENTIFIER_USER,
    CW_IDENTIFIER_HOST,
    CW_IDENTIFIER_DOMAIN, /* of the DNS, or as in CORP\jdoe */
    CW_IDENTIFIER_SID,    /* of a machine or a domain; the number of an account in it is no part */
    CW_IDENTIFIER_SERIAL, /* of a device */
    CW_IDENTIFIER_MAC,
    CW_IDENTIFIER_IP,
    CW_IDENTIFIER_EMAIL,
    CW_IDENTIFIER_PATH, /* what a user named below the profile */
    CW_IDENTIFIER_WORD  /* what the caller named; never found by itself */
};
enum { CW_IDENTIFIERS = CW_IDENTIFIER_WORD + 1 };

/* "user", "host", ... */
struct cw_str cw_identifier_name(enum cw_identifier kind);
/* "USER", "HOST", ...: what takes its place is this, '-' and a number from 1 on. */
struct cw_str cw_identifier_stem(enum cw_identifier kind);

struct cw_identifier_span {
    enum cw_identifier kind;
    size_t begin, end; /* bytes of the text; begin < end */
};

struct cw_identifier_sink {
    /* Spans come in no order and may lie in one another: an address of mail holds a user and a
     * domain. Returns 0 or a negative cw_status, which ends the search. */
    int (*found)(void *context, const struct cw_identifier_span *span);
    /* The text holds what has the form of a token: "USER-7". May be NULL. */
    int (*token)(void *context, enum cw_identifier kind, uint64_t number);
    void *context;
};

/* Everything in `text`, one line or several; its bytes may be UTF-8 or of a code page. 0, or what
 * the sink returned. */
int cw_identifier_find(struct cw_str text, const struct cw_identifier_sink *sink);

/* Tells `found` of the numbers of four parts that may be addresses as well as versions, and which
 * cw_identifier_find() lets pass. 0, or what the sink returned. */
int cw_identifier_find_undecided(struct cw_str text, const struct cw_identifier_sink *sink);

/* Whether all of `text` has the form of a token; *ret_kind and *ret_number tell which. */
bool cw_identifier_is_token(struct cw_str text, enum cw_identifier *ret_kind, uint64_t *ret_number);

/* Whether four numbers with dots from `begin` to `end` are the version of something, by what stands
 * around them. */
bool cw_identifier_is_version(struct cw_str text, size_t begin, size_t end);

#endif
