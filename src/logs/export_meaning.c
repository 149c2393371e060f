/* Sources and ids are the same in every language, and so are the names of packages and the codes in
 * a message; its words are not. (libyal/winevt-kb: message files of cbsmsg.dll and wusa.exe.)
 *
 *     Servicing 3            Package KB5026361 failed to be changed to the Installed state.
 *                            Status: 0x800f0922.
 *     WUSA 3                 Windows update "..." could not be installed because of error
 *                            2149842967 "..." (Command line: "...")
 *     WindowsUpdateClient 20 Installation Failure: Windows failed to install the following update
 *                            with error 0x80070005: 2023-05 Cumulative Update (KB5026361).
 *     UserPnp 20001          Driver Management concluded the process to install driver
 *                            oem5.inf_amd64_... for Device Instance ID ... with the following
 *                            status: 0x5.
 *     Service Control 7023   The Windows Modules Installer service terminated with the following
 *     Manager                error: %%126
 *
 * "Successfully installed" of WUSA is not believed: it stands there before the restart that
 * decides.
 */
#include "logs/export_meaning.h"

#include "codes/code_spelling.h"
#include "logs/export_name.h"
#include "logs/kb.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

enum meaning {
    SAYS_NOTHING,
    SAYS_FAILED,    /* the code is in the message */
    SAYS_INSTALLED, /* whatever the message is */
    SAYS_CHANGED,   /* to a state that is in the message */
    SAYS_STATUS,    /* of a driver: what the last number of the message says */
    SAYS_NO_MODULE  /* of a service, for one reason out of many */
};

static const struct {
    const char *source;
    const char *id;
    enum meaning meaning;
    uint32_t code; /* what the event stands for when its message has no code */
} meanings[] = {
    {"Servicing", "2", SAYS_CHANGED, CW_CODE_NONE},
    {"Servicing", "3", SAYS_FAILED, CW_CODE_NONE},
    {"Servicing", "5", SAYS_FAILED, 0x800f081e}, /* not applicable */
    {"Servicing", "6", SAYS_FAILED, CW_CODE_NONE},
    {"Servicing", "9", SAYS_INSTALLED, CW_CODE_NONE}, /* an optional part was turned on */
    {"Servicing", "11", SAYS_FAILED, CW_CODE_NONE},
    {"Servicing", "12", SAYS_FAILED, CW_CODE_NONE},
    {"Servicing", "16", SAYS_FAILED, CW_CODE_NONE},
    {"WUSA", "3", SAYS_FAILED, CW_CODE_NONE},
    {"WUSA", "6", SAYS_FAILED, 0x800f0823}, /* it needs a newer servicing stack */
    {"WUSA", "8", SAYS_FAILED, CW_CODE_NONE},
    {"WindowsUpdateClient", "19", SAYS_INSTALLED, CW_CODE_NONE},
    {"WindowsUpdateClient", "20", SAYS_FAILED, CW_CODE_NONE},
    {"WindowsUpdateClient", "24", SAYS_FAILED, CW_CODE_NONE},
    {"UserPnp", "20001", SAYS_STATUS, CW_CODE_NONE},
    {"Kernel-PnP", "411", SAYS_STATUS, CW_CODE_NONE}, /* a device had a problem starting */
    {"Service Control Manager", "7023", SAYS_NO_MODULE, 0x8007007e},
};

/* The state Installed; the bytes are code page 936. The number is that of the data, where its name
 * may be missing. */
static const char *const installed[] = {" Installed ", "已安装", "\xd2\xd1\xb0\xb2\xd7\xb0",
                                        "IntendedPackageState: 5112"};

/* In front of the name of a package that has no number. */
static const char *const package_words[] = {"ackage ", "程序包 ", "\xb3\xcc\xd0\xf2\xb0\xfc ",
                                            "PackageIdentifier: "};

/* The service of servicing, and error 126, which an export may have put into words: English ones
 * only, as those of another language tell no error from another. */
static const char *const servicing_service[] = {"Windows Modules Installer", "TrustedInstaller"};
static const char *const no_module[] = {"%%126", "The specified module could not be found"};

/* What ends a sentence. */
static const char *const stops[] = {".", "。", "\xa1\xa3"};

static bool has_one_of(struct cw_str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_find(text, cw_str_c(words[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

/* --- codes --------------------------------------------------------------------------------- */

/* The number with 0x at `at`. */
static bool hex_at(struct cw_str text, size_t at, uint32_t *ret_number, struct cw_str *ret_written)
{
    size_t end = at + 2;
    while (end < text.len && cw_hex_digit(text.ptr[end]) >= 0)
        end++;
    *ret_written = cw_str_head(cw_str_from(text, at), end - at);
    return cw_spelling_hex(*ret_written, ret_number);
}

/* An HRESULT in decimal, as WUSA writes it. */
static bool decimal_at(struct cw_str text, size_t at, uint32_t *ret_number,
                       struct cw_str *ret_written)
{
    size_t end = at;
    while (end < text.len && cw_is_digit(text.ptr[end]))
        end++;
    *ret_written = cw_str_head(cw_str_from(text, at), end - at);
    return cw_spelling_decimal(*ret_written, ret_number) && *ret_number >> 31 != 0;
}

/* The first number that is the code of a failure: in other languages than English, the word in
 * front of it says nothing. */
static bool find_number(struct cw_event *event)
{
    for (size_t at = 0; at < event->text.len; at++) {
        struct cw_str written;
        uint32_t number;
        bool after_digit = at > 0 && cw_is_digit(event->text.ptr[at - 1]);
        bool hex = cw_str_starts(cw_str_from(event->text, at), CW_STR("0x"));
        if (after_digit || !cw_is_digit(event->text.ptr[at]) ||
            !(hex ? hex_at(event->text, at, &number, &written)
                  : decimal_at(event->text, at, &number, &written)))
            continue;
        uint32_t code = cw_code_normalise(number, CW_CODE_SETUPAPI);
        if (!cw_code_is_failure(code))
            continue;
        event->code = code;
        event->code_written = written;
        return true;
    }
    return false;
}

static bool find_code(struct cw_event *event)
{
    return cw_code_find(event->text, &event->code, &event->code_written) || find_number(event);
}

/* The last number with 0x. */
static bool find_status(struct cw_event *event)
{
    for (size_t at = event->text.len; at > 0; at--) {
        uint32_t number;
        if (!cw_str_starts(cw_str_from(event->text, at - 1), CW_STR("0x")) ||
            !hex_at(event->text, at - 1, &number, &event->code_written))
            continue;
        event->code = cw_code_normalise(number, CW_CODE_SETUPAPI);
        return true;
    }
    return false;
}

/* --- names --------------------------------------------------------------------------------- */

/* What stands around `at` between blanks and quotes. */
static struct cw_str word_around(struct cw_str text, size_t at)
{
    size_t begin = at;
    size_t end = at;
    while (begin > 0 && !cw_is_space(text.ptr[begin - 1]) && text.ptr[begin - 1] != '"')
        begin--;
    while (end < text.len && !cw_is_space(text.ptr[end]) && text.ptr[end] != '"')
        end++;
    while (end > begin && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == ','))
        end--;
    return cw_str_head(cw_str_from(text, begin), end - begin);
}

static bool package_of(struct cw_str text, struct cw_str *ret_package)
{
    size_t tilde = cw_str_find_char(text, '~');
    if (tilde != SIZE_MAX) {
        *ret_package = word_around(text, tilde);
        return true;
    }
    for (size_t i = 0; i < sizeof(package_words) / sizeof(package_words[0]); i++) {
        struct cw_str word = cw_str_c(package_words[i]);
        size_t at = cw_str_find(text, word);
        if (at == SIZE_MAX)
            continue;
        *ret_package = word_around(text, at + word.len);
        return ret_package->len > 0;
    }
    return false;
}

static struct cw_str without_stop(struct cw_str text)
{
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
        struct cw_str stop = cw_str_c(stops[i]);
        if (cw_str_ends(text, stop))
            return cw_str_head(text, text.len - stop.len);
    }
    return text;
}

/* The title of an update stands behind the code, or, when there is none, behind the last colon. */
static struct cw_str title_of(const struct cw_event *event)
{
    struct cw_str colon = CW_STR(": ");
    struct cw_str title = event->text;
    size_t at;
    if (event->code_written.len > 0)
        title = cw_str_from(title, (size_t)(event->code_written.ptr - title.ptr));
    if ((at = cw_str_find(title, colon)) == SIZE_MAX)
        return CW_STR_NONE;
    do {
        title = cw_str_from(title, at + colon.len);
        at = cw_str_find(title, colon);
    } while (event->code_written.len == 0 && at != SIZE_MAX);
    return without_stop(title);
}

static void set_name(struct cw_event *event, const char *name, struct cw_str value)
{
    if (value.len == 0)
        return;
    event->name = cw_str_c(name);
    event->value = value;
}

static void name_update(const struct cw_export_fields *fields, struct cw_event *event)
{
    struct cw_str value;
    if (cw_kb_of_package(event->text, &value))
        set_name(event, "kb", value);
    else if (package_of(event->text, &value))
        set_name(event, "package", value);
    else
        set_name(event, "update", fields->title.len ? fields->title : title_of(event));
}

static void name_driver(struct cw_event *event)
{
    size_t at = cw_str_find_nocase(event->text, CW_STR(".inf"));
    if (at != SIZE_MAX)
        set_name(event, "inf", word_around(event->text, at));
}

/* --- events -------------------------------------------------------------------------------- */

/* Without a code it is a failure all the same. */
static void report_failure(const struct cw_export_fields *fields, struct cw_event *event,
                           uint32_t code)
{
    if (!find_code(event)) {
        event->code = code;
        event->code_written = CW_STR_NONE;
    }
    event->mark = event->code == CW_CODE_NONE ? CW_MARK_FAILURE : CW_MARK_REPORT;
    name_update(fields, event);
}

static void report_success(const struct cw_export_fields *fields, struct cw_event *event)
{
    event->code = CW_CODE_NONE;
    event->code_written = CW_STR_NONE;
    event->mark = CW_MARK_REPORT;
    name_update(fields, event);
}

static void report_status(struct cw_event *event)
{
    if (!find_status(event))
        return;
    event->mark = CW_MARK_REPORT;
    name_driver(event);
}

/* Nothing says what kind of event this is. Only failures name an update and a code. */
static void report_unknown(const struct cw_export_fields *fields, struct cw_event *event)
{
    struct cw_str name;
    if (!cw_kb_of_package(event->text, &name) && !package_of(event->text, &name))
        return;
    if (find_code(event) && event->code >> 31 != 0)
        report_failure(fields, event, CW_CODE_NONE);
}

static void report_no_module(struct cw_event *event, uint32_t code)
{
    if (!has_one_of(event->text, servicing_service, COUNT_OF(servicing_service)) ||
        !has_one_of(event->text, no_module, COUNT_OF(no_module)))
        return;
    event->code = code;
    event->code_written = CW_STR_NONE;
    event->mark = CW_MARK_REPORT;
}

static bool is_source(struct cw_str source, const char *name)
{
    struct cw_str prefix = CW_STR("Microsoft-Windows-");
    if (cw_str_starts_nocase(source, prefix))
        source = cw_str_from(source, prefix.len);
    return cw_str_eq_nocase(source, cw_str_c(name));
}

void cw_export_mean(const struct cw_export_fields *fields, struct cw_event *event)
{
    enum meaning meaning = SAYS_NOTHING;
    uint32_t code = CW_CODE_NONE;
    if (fields->source.len == 0 || fields->id.len == 0) {
        report_unknown(fields, event);
        return;
    }
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        if (!is_source(fields->source, meanings[i].source) ||
            !cw_str_eq(fields->id, cw_str_c(meanings[i].id)))
            continue;
        meaning = meanings[i].meaning;
        code = meanings[i].code;
    }
    if (meaning == SAYS_FAILED)
        report_failure(fields, event, code);
    else if (meaning == SAYS_STATUS)
        report_status(event);
    else if (meaning == SAYS_NO_MODULE)
        report_no_module(event, code);
    else if (meaning == SAYS_INSTALLED ||
             (meaning == SAYS_CHANGED && has_one_of(event->text, installed, COUNT_OF(installed))))
        report_success(fields, event);
}
