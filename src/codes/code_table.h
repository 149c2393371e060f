/* The tables of names, read where they lie: sorted lines of text inside the program.
 *
 * Nothing is loaded or indexed. A number is found by binary search, a name by reading through
 * (some 300 KiB), which is done for a name that stands in a log or was typed, never for each line.
 * Strings point into the program and are good for ever.
 */
#ifndef CW_CODES_CODE_TABLE_H
#define CW_CODES_CODE_TABLE_H

#include "base/str.h"

struct cw_code_entry {
    uint32_t number;      /* as the table has it: 5, 0xc0000022, 10 */
    uint32_t code;        /* canonical (codes/code.h); the number itself when it is a device's */
    struct cw_str symbol; /* "ERROR_ACCESS_DENIED" */
    struct cw_str family; /* "WIN32", see cw_code_family() */
    struct cw_str source; /* header or document, see codes/README.md */
};

/* Writes the entries of a canonical code, the preferred one first, at most `most`; returns how
 * many were written. */
size_t cw_code_entries(uint32_t code, size_t most, struct cw_code_entry *ret_entries);

/* The same for the small numbers that have nothing to do with error codes but look like them:
 * device problems (CM_PROB_...) and answers of the configuration manager (CR_...). */
size_t cw_code_device_entries(uint32_t number, size_t most, struct cw_code_entry *ret_entries);

/* ASCII letters compare without case. */
bool cw_code_entry_of_symbol(struct cw_str symbol, struct cw_code_entry *ret_entry);

/* True for the families of cw_code_device_entries(). */
bool cw_code_is_device_family(struct cw_str family);

struct cw_code_note {
    struct cw_str message; /* one short sentence */
    struct cw_str remark;  /* what usually hides behind it; may be empty */
};

/* Both empty when we have nothing to say. */
struct cw_code_note cw_code_note_of_symbol(struct cw_str symbol);
/* Of a canonical code, whichever of its names the note stands under. */
struct cw_code_note cw_code_note(uint32_t code);

struct cw_code_family {
    const char *id;    /* "WIN32" */
    const char *title; /* "Win32 error" */
    const char *layer; /* who raises it */
};

/* NULL when there is no such family. */
const struct cw_code_family *cw_code_family(struct cw_str id);

#endif
