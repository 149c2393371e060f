/* The parts of the search for identities; for identity*.c alone. */
#ifndef CW_LOGS_IDENTITY_SCAN_H
#define CW_LOGS_IDENTITY_SCAN_H

#include "logs/identity.h"

struct cw_identity_scan {
    struct cw_str text;
    const struct cw_identity_sink *sink;
    int status; /* the first failure of the sink */
};

/* Tells the sink, unless the span is empty. */
void cw_identity_emit(struct cw_identity_scan *scan, enum cw_identity kind, size_t begin,
                      size_t end);

/* A name of the DNS or of NetBIOS, or an address, that something calls a host. */
void cw_identity_emit_host(struct cw_identity_scan *scan, size_t begin, size_t end);

/* DOMAIN\user or user. */
void cw_identity_emit_account(struct cw_identity_scan *scan, size_t begin, size_t end);

/* Each looks at what stands around the byte `at`, which is one of those in its name. */
void cw_identity_profile(struct cw_identity_scan *scan, size_t at);   /* \ / */
void cw_identity_unc(struct cw_identity_scan *scan, size_t at);       /* \ */
void cw_identity_url(struct cw_identity_scan *scan, size_t at);       /* / */
void cw_identity_device(struct cw_identity_scan *scan, size_t at);    /* \ # */
void cw_identity_mail(struct cw_identity_scan *scan, size_t at);      /* @ */
void cw_identity_ipv4(struct cw_identity_scan *scan, size_t at);      /* . */
void cw_identity_ipv6(struct cw_identity_scan *scan, size_t at);      /* : */
void cw_identity_mac(struct cw_identity_scan *scan, size_t at);       /* : - */
void cw_identity_label(struct cw_identity_scan *scan, size_t at);     /* : = */
void cw_identity_element(struct cw_identity_scan *scan, size_t at);   /* > */
void cw_identity_sid(struct cw_identity_scan *scan, size_t at);       /* - */
void cw_identity_made_name(struct cw_identity_scan *scan, size_t at); /* - */
void cw_identity_token_at(struct cw_identity_scan *scan, size_t at);  /* - */

/* Words that look like names, and are those of every Windows or of its maker. */
bool cw_identity_is_builtin_account(struct cw_str name);
bool cw_identity_is_builtin_domain(struct cw_str name);
bool cw_identity_is_public_host(struct cw_str name);
bool cw_identity_is_profile_folder(struct cw_str name);
/* What diagnosis wants to know the name of, by its extension. */
bool cw_identity_is_program_file(struct cw_str name);

static inline bool cw_identity_is_separator(char c)
{
    return c == '\\' || c == '/';
}

static inline bool cw_identity_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of a word in any script. */
static inline bool cw_identity_is_word(char c)
{
    return cw_is_digit(c) || cw_identity_is_letter(c) || (unsigned char)c >= 0x80;
}

/* The byte at `at`, or a blank outside of the text. */
static inline char cw_identity_at(struct cw_str text, size_t at)
{
    return at < text.len ? text.ptr[at] : ' ';
}

static inline struct cw_str cw_identity_between(struct cw_str text, size_t begin, size_t end)
{
    return (struct cw_str){text.ptr + begin, end - begin};
}

#endif
