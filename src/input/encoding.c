#include "input/encoding.h"

static const struct {
    const char *name;
    const char *script;
} encodings[CW_ENCODINGS] = {
    [CW_ENCODING_UNKNOWN] = {"8-bit", ""},
    [CW_ENCODING_UTF8] = {"utf-8", ""},
    [CW_ENCODING_UTF16LE] = {"utf-16le", ""},
    [CW_ENCODING_UTF16BE] = {"utf-16be", ""},
    [CW_ENCODING_CP932] = {"cp932", "Japanese"},
    [CW_ENCODING_CP936] = {"cp936", "Chinese, simplified"},
    [CW_ENCODING_CP949] = {"cp949", "Korean"},
    [CW_ENCODING_CP950] = {"cp950", "Chinese, traditional"},
    [CW_ENCODING_CP1250] = {"cp1250", "Central European"},
    [CW_ENCODING_CP1251] = {"cp1251", "Cyrillic"},
    [CW_ENCODING_CP1252] = {"cp1252", "Western European"},
    [CW_ENCODING_CP1253] = {"cp1253", "Greek"},
    [CW_ENCODING_CP1254] = {"cp1254", "Turkish"},
    [CW_ENCODING_CP1255] = {"cp1255", "Hebrew"},
    [CW_ENCODING_CP1256] = {"cp1256", "Arabic"},
    [CW_ENCODING_CP1257] = {"cp1257", "Baltic"},
    [CW_ENCODING_CP1258] = {"cp1258", "Vietnamese"},
};

/* Other spellings that the prefixes below do not give. */
static const struct {
    const char *name;
    enum cw_encoding encoding;
} aliases[] = {
    {"utf8", CW_ENCODING_UTF8},       {"utf16le", CW_ENCODING_UTF16LE},
    {"utf16be", CW_ENCODING_UTF16BE}, {"shift_jis", CW_ENCODING_CP932},
    {"gbk", CW_ENCODING_CP936},       {"gb2312", CW_ENCODING_CP936},
    {"uhc", CW_ENCODING_CP949},       {"big5", CW_ENCODING_CP950},
};

struct cw_str cw_encoding_name(enum cw_encoding encoding)
{
    return cw_str_c(encodings[encoding].name);
}

struct cw_str cw_encoding_script(enum cw_encoding encoding)
{
    return cw_str_c(encodings[encoding].script);
}

static bool find_name(struct cw_str name, enum cw_encoding *ret_encoding)
{
    for (unsigned i = CW_ENCODING_UTF8; i < CW_ENCODINGS; i++) {
        if (cw_str_eq_nocase(name, cw_str_c(encodings[i].name))) {
            *ret_encoding = (enum cw_encoding)i;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        if (cw_str_eq_nocase(name, cw_str_c(aliases[i].name))) {
            *ret_encoding = aliases[i].encoding;
            return true;
        }
    }
    return false;
}

/* A code page by its bare number. */
static bool find_number(struct cw_str number, enum cw_encoding *ret_encoding)
{
    for (unsigned i = CW_ENCODING_CP932; i < CW_ENCODINGS; i++) {
        if (cw_str_eq(number, cw_str_from(cw_str_c(encodings[i].name), 2))) {
            *ret_encoding = (enum cw_encoding)i;
            return true;
        }
    }
    return false;
}

bool cw_encoding_find(struct cw_str name, enum cw_encoding *ret_encoding)
{
    static const char *const prefixes[] = {"windows-", "cp-", "ms", ""};
    if (find_name(name, ret_encoding))
        return true;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        struct cw_str prefix = cw_str_c(prefixes[i]);
        if (cw_str_starts_nocase(name, prefix) &&
            find_number(cw_str_from(name, prefix.len), ret_encoding))
            return true;
    }
    return false;
}
