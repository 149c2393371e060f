/*     instance = bus "\" device "\" id ;      or with "#", as in the names of interfaces
 *
 *     USB\VID_0781&PID_5567\4C530001230901117282         the device's own number
 *     USBSTOR\DISK&VEN_A&PROD_B&REV_1.26\4C530001230901117282&0
 *     PCI\VEN_8086&DEV_1E31&SUBSYS_0&REV_04\3&11583659&0&A0      made up by Windows
 *
 * Windows makes an id up where the device has no number; such an id holds a '&' besides the one in
 * front of its last number (Microsoft: "Instance IDs").
 */
#include "logs/identifier_scan.h"

enum {
    SERIAL_LEAST = 5, /* shorter ones count: 0001 */
    HARDWARE_ADDRESS = 12
};

static const char *const buses[] = {
    "USB",  "USBSTOR", "SCSI",     "HID",     "IDE",      "PCI",     "SD",    "1394",
    "SBP2", "NVME",    "UASPSTOR", "FTDIBUS", "USBPRINT", "BTHENUM", "BTHLE", "BTHLEDEVICE",
};

static bool is_bus(struct cw_str word)
{
    for (size_t i = 0; i < sizeof(buses) / sizeof(buses[0]); i++) {
        if (cw_str_eq_nocase(word, cw_str_c(buses[i])))
            return true;
    }
    return false;
}

static bool is_of_id(char c)
{
    static const char others[] = "&_.-+%@!~$?";
    return cw_identifier_is_word(c) || cw_identifier_is_any(c, others);
}

/* The names of devices hold blanks as underscores, and brackets. */
static size_t end_of_device(struct cw_str text, size_t at)
{
    static const char others[] = "()*";
    while (at < text.len && (is_of_id(text.ptr[at]) || cw_identifier_is_any(text.ptr[at], others)))
        at++;
    return at;
}

static size_t end_of_id(struct cw_str text, size_t at)
{
    while (at < text.len && is_of_id(text.ptr[at]))
        at++;
    return at;
}

/* Without "&0" at its end. */
static size_t without_count(struct cw_str id)
{
    size_t end = id.len;
    while (end > 0 && cw_is_digit(id.ptr[end - 1]))
        end--;
    return end > 1 && end < id.len && id.ptr[end - 1] == '&' ? end - 1 : id.len;
}

static bool is_serial(struct cw_str id)
{
    bool says_something = false;
    for (size_t i = 0; i < id.len; i++) {
        if (id.ptr[i] == '&')
            return false;
        says_something |= id.ptr[i] != '0' && id.ptr[i] != '_' && id.ptr[i] != '.';
    }
    return id.len >= SERIAL_LEAST && says_something;
}

static bool is_hex(struct cw_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (cw_hex_digit(text.ptr[i]) < 0)
            return false;
    }
    return true;
}

/* BTHENUM\DEV_001122AABBCC: the address of what is on the other end. */
static void emit_hardware_address(struct cw_identifier_scan *scan, size_t begin, size_t end)
{
    struct cw_str device = cw_identifier_between(scan->text, begin, end);
    size_t at = cw_str_find_nocase(device, CW_STR("DEV_"));
    struct cw_str address =
        cw_str_head(cw_str_from(device, at == SIZE_MAX ? device.len : at + 4), HARDWARE_ADDRESS);
    bool ends = cw_hex_digit(cw_identifier_at(scan->text, begin + at + 4 + HARDWARE_ADDRESS)) < 0;
    if (address.len == HARDWARE_ADDRESS && is_hex(address) && ends)
        cw_identifier_emit(scan, CW_IDENTIFIER_MAC, begin + at + 4,
                           begin + at + 4 + HARDWARE_ADDRESS);
}

/* `at` is what stands behind the bus. */
void cw_identifier_device(struct cw_identifier_scan *scan, size_t at)
{
    struct cw_str text = scan->text;
    char separator = text.ptr[at];
    size_t word = at;
    while (word > 0 && cw_identifier_is_word(text.ptr[word - 1]))
        word--;
    if (word == at || !is_bus(cw_identifier_between(text, word, at)))
        return;
    size_t begin = at + 1;
    while (cw_identifier_at(text, begin) == separator)
        begin++;
    size_t end = end_of_device(text, begin);
    emit_hardware_address(scan, begin, end);
    if (end == begin || cw_identifier_at(text, end) != separator)
        return;
    begin = end + 1;
    while (cw_identifier_at(text, begin) == separator)
        begin++;
    end = end_of_id(text, begin);
    while (end > begin && text.ptr[end - 1] == '.')
        end--;
    struct cw_str id = cw_identifier_between(text, begin, end);
    id = cw_str_head(id, without_count(id));
    if (is_serial(id))
        cw_identifier_emit(scan, CW_IDENTIFIER_SERIAL, begin, begin + id.len);
}
