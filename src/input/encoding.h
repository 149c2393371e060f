/* The encodings in which logs come. */
#ifndef CW_INPUT_ENCODING_H
#define CW_INPUT_ENCODING_H

#include "base/str.h"

enum cw_encoding {
    CW_ENCODING_UNKNOWN, /* to be detected; or, of 8-bit text: no code page fits */
    CW_ENCODING_UTF8,    /* and so ASCII */
    CW_ENCODING_UTF16LE,
    CW_ENCODING_UTF16BE,
    CW_ENCODING_CP932, /* Japanese */
    CW_ENCODING_CP936, /* Chinese, simplified */
    CW_ENCODING_CP949, /* Korean */
    CW_ENCODING_CP950, /* Chinese, traditional */
    CW_ENCODING_CP1250,
    CW_ENCODING_CP1251,
    CW_ENCODING_CP1252,
    CW_ENCODING_CP1253,
    CW_ENCODING_CP1254,
    CW_ENCODING_CP1255,
    CW_ENCODING_CP1256,
    CW_ENCODING_CP1257,
    CW_ENCODING_CP1258
};
enum { CW_ENCODINGS = CW_ENCODING_CP1258 + 1 };

/* "utf-8", "utf-16le", "cp936"; "8-bit" for CW_ENCODING_UNKNOWN. Always a C string. */
struct cw_str cw_encoding_name(enum cw_encoding encoding);
/* What people call it: "Chinese, simplified"; empty for Unicode. */
struct cw_str cw_encoding_script(enum cw_encoding encoding);
/* Any usual spelling in any case: "UTF-8", "utf16le", "CP936", "936", "windows-1252", "gbk". */
bool cw_encoding_find(struct cw_str name, enum cw_encoding *ret_encoding);

static inline bool cw_encoding_is_utf16(enum cw_encoding encoding)
{
    return encoding == CW_ENCODING_UTF16LE || encoding == CW_ENCODING_UTF16BE;
}

static inline bool cw_encoding_is_codepage(enum cw_encoding encoding)
{
    return encoding >= CW_ENCODING_CP932;
}

/* A code page in which a character has one or two bytes. */
static inline bool cw_encoding_is_double_byte(enum cw_encoding encoding)
{
    return encoding >= CW_ENCODING_CP932 && encoding <= CW_ENCODING_CP950;
}

#endif
