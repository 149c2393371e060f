/* A table is text, one entry a line, sorted by number:
 *
 *     0x00000005<TAB>ERROR_ACCESS_DENIED<TAB>WIN32<TAB>winerror.h
 *     0x800f0922<TAB>CBS_E_INSTALLERS_FAILED<TAB>CBS<TAB>CbsCore
 *
 * messages.tsv has the symbol first: SYMBOL<TAB>message<TAB>remark.
 */
#include "codes/code_table.h"

#include "base/cursor.h"
#include "base/embedded.h"
#include "codes/code.h"

extern const struct cw_embedded_file cw_codes_embedded[];
extern const size_t cw_codes_embedded_count;

enum {
    NUMBER_WIDTH = 10, /* "0x80070005" */
    SYMBOL_COLUMN = NUMBER_WIDTH + 1
};

/* In order of preference: facts.tsv holds the names that CBS.log itself prints. */
static const char *const code_tables[] = {"facts.tsv",   "winerror.tsv", "wuerror.tsv",
                                          "bitsmsg.tsv", "setupapi.tsv", "mosetup.tsv",
                                          "ntstatus.tsv"};
static const char *const device_tables[] = {"cfg.tsv", "cfgmgr32.tsv"};
static const char *const win32_tables[] = {"facts.tsv", "winerror.tsv"};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct cw_code_family families[] = {
    {"BITS", "Background transfer error", "the download service (BITS)"},
    {"CBS", "Component-Based Servicing error", "the servicing stack itself (CbsCore)"},
    {"CM_PROB", "Device problem",
     "Plug and Play, about one device; Device Manager calls it a code"},
    {"COM", "COM or general HRESULT", "COM, RPC, the task scheduler, or any component"},
    {"CR", "Configuration manager result", "CfgMgr32, for the function that was called"},
    {"MOSETUP", "Windows Setup error", "Windows Setup, during an upgrade"},
    {"MSI", "Windows Installer error", "Windows Installer (msiexec)"},
    {"NTSTATUS", "NTSTATUS", "the kernel, a driver or ntdll; CSI reports these as well"},
    {"PSFX", "Delta payload error", "the servicing stack, rebuilding files from express deltas"},
    {"SETUPAPI", "SetupAPI error", "SetupAPI and the Plug and Play installation of drivers"},
    {"SPAPI", "SetupAPI error as an HRESULT",
     "SetupAPI and the Plug and Play installation of drivers"},
    {"SXS", "Side-by-side error", "the component store (CSI) or an activation context"},
    {"TRUST", "Signature or certificate error", "WinTrust and CryptoAPI, checking a signature"},
    {"TXF", "Transaction or log error", "transactions of files and registry (KTM, TxF, CLFS)"},
    {"WIN32", "Win32 error", "any function of Windows: it names the reason, not the place"},
    {"WINSOCK", "Windows Sockets error", "the network"},
    {"WU", "Windows Update error", "the Windows Update agent"},
};

static struct cw_str file_named(const char *name)
{
    for (size_t i = 0; i < cw_codes_embedded_count; i++) {
        const struct cw_embedded_file *file = &cw_codes_embedded[i];
        if (strcmp(file->name, name) == 0)
            return (struct cw_str){(const char *)file->data, file->size};
    }
    return CW_STR_NONE;
}

static struct cw_str line_at(struct cw_str table, size_t start)
{
    struct cw_str rest = cw_str_from(table, start);
    return cw_str_head(rest, cw_str_find_char(rest, '\n'));
}

static uint32_t number_of(struct cw_str line)
{
    struct cw_cursor cursor = cw_cursor(line);
    uint64_t number = 0;
    if (cw_cursor_literal(&cursor, CW_STR("0x")))
        cw_cursor_hex(&cursor, NUMBER_WIDTH - 2, &number);
    return (uint32_t)number;
}

/* Start of the first line whose number is not below `number`. */
static size_t lower_bound(struct cw_str table, uint32_t number)
{
    size_t low = 0;
    size_t high = table.len;
    while (low < high) {
        size_t start = low + (high - low) / 2;
        while (start > low && table.ptr[start - 1] != '\n')
            start--;
        struct cw_str line = line_at(table, start);
        if (number_of(line) < number)
            low = start + line.len + 1;
        else
            high = start;
    }
    return low;
}

bool cw_code_is_device_family(struct cw_str family)
{
    return cw_str_eq(family, CW_STR("CM_PROB")) || cw_str_eq(family, CW_STR("CR"));
}

/* Device numbers and the small NTSTATUS values, which all mean success, are no Win32 errors. */
static uint32_t canonical(uint32_t number, struct cw_str family)
{
    bool apart = cw_code_is_device_family(family) || cw_str_eq(family, CW_STR("NTSTATUS"));
    return apart ? number : cw_code_normalise(number, CW_CODE_WIN32);
}

static bool parse_line(struct cw_str line, struct cw_code_entry *ret_entry)
{
    struct cw_code_entry entry = {.number = number_of(line)};
    struct cw_cursor cursor = cw_cursor(cw_str_from(line, SYMBOL_COLUMN));
    if (!cw_cursor_until(&cursor, CW_STR("\t"), &entry.symbol) ||
        !cw_cursor_until(&cursor, CW_STR("\t"), &entry.family))
        return false;
    entry.source = cursor.rest;
    entry.code = canonical(entry.number, entry.family);
    *ret_entry = entry;
    return true;
}

/* Appends the entries of `number`; returns the new count. */
static size_t collect(struct cw_str table, uint32_t number, size_t most, size_t count,
                      struct cw_code_entry *entries)
{
    size_t at = lower_bound(table, number);
    while (at < table.len && count < most) {
        struct cw_str line = line_at(table, at);
        if (number_of(line) != number || !parse_line(line, &entries[count]))
            break;
        count++;
        at += line.len + 1;
    }
    return count;
}

size_t cw_code_entries(uint32_t code, size_t most, struct cw_code_entry *ret_entries)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(code_tables) && code != CW_CODE_NONE; i++)
        count = collect(file_named(code_tables[i]), code, most, count, ret_entries);
    if (code != CW_CODE_NONE && code >> 16 != 0x8007)
        return count;
    for (size_t i = 0; i < COUNT_OF(win32_tables); i++)
        count = collect(file_named(win32_tables[i]), code & 0xffff, most, count, ret_entries);
    return count;
}

size_t cw_code_device_entries(uint32_t number, size_t most, struct cw_code_entry *ret_entries)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(device_tables); i++)
        count = collect(file_named(device_tables[i]), number, most, count, ret_entries);
    return count;
}

/* The line that has `symbol` between `column` and a tab; empty when there is none. */
static struct cw_str line_with_symbol(struct cw_str table, size_t column, struct cw_str symbol)
{
    for (size_t at = 0; at < table.len;) {
        struct cw_str line = line_at(table, at);
        struct cw_str rest = cw_str_from(line, column);
        if (cw_str_starts_nocase(rest, symbol) && cw_str_find_char(rest, '\t') == symbol.len)
            return line;
        at += line.len + 1;
    }
    return CW_STR_NONE;
}

static bool symbol_in(const char *const *tables, size_t count, struct cw_str symbol,
                      struct cw_code_entry *ret_entry)
{
    for (size_t i = 0; i < count; i++) {
        struct cw_str line = line_with_symbol(file_named(tables[i]), SYMBOL_COLUMN, symbol);
        if (line.len > 0)
            return parse_line(line, ret_entry);
    }
    return false;
}

bool cw_code_entry_of_symbol(struct cw_str symbol, struct cw_code_entry *ret_entry)
{
    return symbol.len > 0 && (symbol_in(code_tables, COUNT_OF(code_tables), symbol, ret_entry) ||
                              symbol_in(device_tables, COUNT_OF(device_tables), symbol, ret_entry));
}

struct cw_code_note cw_code_note_of_symbol(struct cw_str symbol)
{
    struct cw_code_note note = {CW_STR_NONE, CW_STR_NONE};
    if (symbol.len == 0)
        return note;
    struct cw_str line = line_with_symbol(file_named("messages.tsv"), 0, symbol);
    struct cw_str texts = cw_str_from(line, symbol.len + 1);
    size_t tab = cw_str_find_char(texts, '\t');
    note.message = cw_str_head(texts, tab);
    if (tab != SIZE_MAX)
        note.remark = cw_str_from(texts, tab + 1);
    return note;
}

const struct cw_code_family *cw_code_family(struct cw_str id)
{
    for (size_t i = 0; i < COUNT_OF(families); i++) {
        if (cw_str_eq(id, cw_str_c(families[i].id)))
            return &families[i];
    }
    return NULL;
}
