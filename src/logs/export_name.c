#include "logs/export_name.h"

#include "codes/code_spelling.h"

/* Event Viewer in English and Chinese, then the properties of PowerShell. Bytes are code page 936.
 */
static const struct {
    const char *name;
    enum cw_export_role role;
} names[] = {
    {"Date and Time", CW_EXPORT_TIME},
    {"日期和时间", CW_EXPORT_TIME},
    {"\xc8\xd5\xc6\xda\xba\xcd\xca\xb1\xbc\xe4", CW_EXPORT_TIME},
    {"Date", CW_EXPORT_TIME},
    {"日期", CW_EXPORT_TIME},
    {"\xc8\xd5\xc6\xda", CW_EXPORT_TIME},
    {"Source", CW_EXPORT_SOURCE},
    {"来源", CW_EXPORT_SOURCE},
    {"\xc0\xb4\xd4\xb4", CW_EXPORT_SOURCE},
    {"Event ID", CW_EXPORT_ID},
    {"事件 ID", CW_EXPORT_ID},
    {"\xca\xc2\xbc\xfe ID", CW_EXPORT_ID},
    {"Level", CW_EXPORT_LEVEL},
    {"级别", CW_EXPORT_LEVEL},
    {"\xbc\xb6\xb1\xf0", CW_EXPORT_LEVEL},
    {"Description", CW_EXPORT_MESSAGE},
    {"描述", CW_EXPORT_MESSAGE},
    {"\xc3\xe8\xca\xf6", CW_EXPORT_MESSAGE},
    {"Log Name", CW_EXPORT_LOG},
    {"日志名称", CW_EXPORT_LOG},
    {"\xc8\xd5\xd6\xbe\xc3\xfb\xb3\xc6", CW_EXPORT_LOG},
    {"TimeCreated", CW_EXPORT_TIME},
    {"TimeGenerated", CW_EXPORT_TIME},
    {"ProviderName", CW_EXPORT_SOURCE},
    {"Id", CW_EXPORT_ID},
    {"EventID", CW_EXPORT_ID},
    {"LevelDisplayName", CW_EXPORT_LEVEL},
    {"EntryType", CW_EXPORT_LEVEL},
    {"Message", CW_EXPORT_MESSAGE},
};

static const struct {
    const char *word;
    enum cw_level level;
} levels[] = {
    {"Critical", CW_LEVEL_ERROR},
    {"Error", CW_LEVEL_ERROR},
    {"Warning", CW_LEVEL_WARNING},
    {"关键", CW_LEVEL_ERROR},
    {"错误", CW_LEVEL_ERROR},
    {"警告", CW_LEVEL_WARNING},
    {"\xb9\xd8\xbc\xfc", CW_LEVEL_ERROR},
    {"\xb4\xed\xce\xf3", CW_LEVEL_ERROR},
    {"\xbe\xaf\xb8\xe6", CW_LEVEL_WARNING},
    {"1", CW_LEVEL_ERROR},
    {"2", CW_LEVEL_ERROR},
    {"3", CW_LEVEL_WARNING},
};

const enum cw_export_role cw_export_viewer_columns[CW_EXPORT_VIEWER_COLUMNS] = {
    CW_EXPORT_LEVEL, CW_EXPORT_TIME,  CW_EXPORT_SOURCE,
    CW_EXPORT_ID,    CW_EXPORT_OTHER, CW_EXPORT_MESSAGE};

enum cw_export_role cw_export_role_of(struct cw_str name)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (cw_str_eq_nocase(name, cw_str_c(names[i].name)))
            return names[i].role;
    }
    return CW_EXPORT_OTHER;
}

enum cw_level cw_export_level(struct cw_str word)
{
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (cw_str_eq_nocase(word, cw_str_c(levels[i].word)))
            return levels[i].level;
    }
    return CW_LEVEL_INFO;
}

bool cw_export_is_id(struct cw_str text)
{
    uint32_t number;
    return cw_spelling_decimal(text, &number) && number <= UINT16_MAX;
}
