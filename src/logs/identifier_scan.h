/* The parts of the search for identifiers; for identifier*.c alone. */
#ifndef CW_LOGS_IDENTIFIER_SCAN_H
#define CW_LOGS_IDENTIFIER_SCAN_H

#include "logs/identifier.h"

struct cw_identifier_scan {
    struct cw_str text;
    const struct cw_identifier_sink *sink;
    int status; /* the first failure of the sink */
};

/* Tells the sink, unless the span is empty. */
void cw_identifier_emit(struct cw_identifier_scan *scan, enum cw_identifier kind, size_t begin,
                        size_t end);

/* A name of the DNS or of NetBIOS, or an address, that something calls a host. */
void cw_identifier_emit_host(struct cw_identifier_scan *scan, size_t begin, size_t end);

/* A domain of the DNS; its first part is mostly what it is called in accounts. */
void cw_identifier_emit_domain(struct cw_identifier_scan *scan, size_t begin, size_t end);

/* DOMAIN\user or user. */
void cw_identifier_emit_account(struct cw_identifier_scan *scan, size_t begin, size_t end);

/* What stands behind a label, or in a column, of this kind. */
void cw_identifier_emit_value(struct cw_identifier_scan *scan, enum cw_identifier kind,
                              size_t begin, size_t end);
/* The cw_identifier that all of `name` is a label of, or -1. */
int cw_identifier_label_kind(struct cw_str name);

/* Each looks at what stands around the byte `at`, which is one of those in its name. */
void cw_identifier_profile(struct cw_identifier_scan *scan, size_t at);         /* \ / */
void cw_identifier_escaped_profile(struct cw_identifier_scan *scan, size_t at); /* % */
void cw_identifier_unc(struct cw_identifier_scan *scan, size_t at);             /* \ */
void cw_identifier_url(struct cw_identifier_scan *scan, size_t at);             /* / */
void cw_identifier_account(struct cw_identifier_scan *scan, size_t at);         /* \ */
void cw_identifier_device(struct cw_identifier_scan *scan, size_t at);          /* \ # */
void cw_identifier_mail(struct cw_identifier_scan *scan, size_t at);            /* @ */
void cw_identifier_ipv4(struct cw_identifier_scan *scan, size_t at);            /* . */
void cw_identifier_ipv6(struct cw_identifier_scan *scan, size_t at);            /* : */
void cw_identifier_mac(struct cw_identifier_scan *scan, size_t at);             /* : - */
void cw_identifier_label(struct cw_identifier_scan *scan, size_t at);           /* : = */
void cw_identifier_element(struct cw_identifier_scan *scan, size_t at);         /* > */
void cw_identifier_sid(struct cw_identifier_scan *scan, size_t at);             /* - */
void cw_identifier_made_name(struct cw_identifier_scan *scan, size_t at);       /* - */
void cw_identifier_token_at(struct cw_identifier_scan *scan, size_t at);        /* - */

/* Words that look like names, and are those of every Windows or of its maker. */
bool cw_identifier_is_builtin_account(struct cw_str name);
bool cw_identifier_is_builtin_domain(struct cw_str name);
bool cw_identifier_is_public_host(struct cw_str name);
bool cw_identifier_is_profile_folder(struct cw_str name);
/* What diagnosis wants to know the name of, by its extension. */
bool cw_identifier_is_program_file(struct cw_str name);

static inline bool cw_identifier_is_separator(char c)
{
    return c == '\\' || c == '/';
}

static inline bool cw_identifier_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool cw_identifier_is_any(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Of a word in any script. */
static inline bool cw_identifier_is_word(char c)
{
    return cw_is_digit(c) || cw_identifier_is_letter(c) || (unsigned char)c >= 0x80;
}

/* The byte at `at`, or a blank outside of the text. */
static inline char cw_identifier_at(struct cw_str text, size_t at)
{
    return at < text.len ? text.ptr[at] : ' ';
}

static inline struct cw_str cw_identifier_between(struct cw_str text, size_t begin, size_t end)
{
    return (struct cw_str){text.ptr + begin, end - begin};
}

#endif
