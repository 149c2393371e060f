/* What identifies a person, a machine or a network in the text of a log: found by where it stands
 * and by its form, never by what it means.
 *
 *     C:\Users\jdoe\AppData\Local\Temp\Jane's\x.inf     USER jdoe, PATH Jane's
 *     USB\VID_0781&PID_5567\4C530001230901117282        SERIAL 4C53...
 *     http://wsus01.corp.example.com:8530/selfupdate    HOST wsus01, DOMAIN corp.example.com
 *
 * What looks alike and identifies nobody is no identity: the profiles, accounts and SIDs that every
 * Windows has, hosts of Microsoft, instance ids that Windows made up itself (they hold a '&'),
 * versions of four parts, times, GUIDs.
 */
#ifndef CW_LOGS_IDENTITY_H
#define CW_LOGS_IDENTITY_H

#include "base/str.h"

enum cw_identity {
    CW_IDENTITY_USER,
    CW_IDENTITY_HOST,
    CW_IDENTITY_DOMAIN, /* of the DNS, or as in CORP\jdoe */
    CW_IDENTITY_SID,    /* of a machine or a domain; the number of an account in it is no part */
    CW_IDENTITY_SERIAL, /* of a device */
    CW_IDENTITY_MAC,
    CW_IDENTITY_IP,
    CW_IDENTITY_EMAIL,
    CW_IDENTITY_PATH, /* what a user named below the profile */
    CW_IDENTITY_WORD  /* what the caller named; never found by itself */
};
enum { CW_IDENTITIES = CW_IDENTITY_WORD + 1 };

/* "user", "host", ... */
struct cw_str cw_identity_name(enum cw_identity kind);
/* "USER", "HOST", ...: what takes its place is this, '-' and a number from 1 on. */
struct cw_str cw_identity_stem(enum cw_identity kind);

struct cw_identity_span {
    enum cw_identity kind;
    size_t begin, end; /* bytes of the text; begin < end */
};

struct cw_identity_sink {
    /* Spans come in no order and may lie in one another: an address of mail holds a user and a
     * domain. Returns 0 or a negative cw_status, which ends the search. */
    int (*found)(void *context, const struct cw_identity_span *span);
    /* The text holds what has the form of a token: "USER-7". May be NULL. */
    int (*token)(void *context, enum cw_identity kind, uint64_t number);
    void *context;
};

/* Everything in `text`, one line or several; its bytes may be UTF-8 or of a code page. 0, or what
 * the sink returned. */
int cw_identity_find(struct cw_str text, const struct cw_identity_sink *sink);

/* Whether all of `text` has the form of a token; *ret_kind and *ret_number tell which. */
bool cw_identity_is_token(struct cw_str text, enum cw_identity *ret_kind, uint64_t *ret_number);

/* Whether four numbers with dots from `begin` to `end` are the version of something, by what stands
 * around them. */
bool cw_identity_is_version(struct cw_str text, size_t begin, size_t end);

#endif
