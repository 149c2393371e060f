/* Where reports go: a callback, so that the library prints nowhere by itself. */
#ifndef CBSWHY_OUTPUT_H
#define CBSWHY_OUTPUT_H

#include <stddef.h>

#include "cbswhy/status.h"

struct cw_output {
    /* Takes all `size` bytes and returns 0, or returns a negative cw_status, which the writer
     * passes on at once. */
    int (*write)(void *context, const char *bytes, size_t size);
    void *context;
};

enum cw_report_format {
    CW_FORMAT_TEXT,     /* for a person at a terminal */
    CW_FORMAT_JSON,     /* for programs: report.schema.json */
    CW_FORMAT_NDJSON,   /* the same on one line for each report, and a line of totals */
    CW_FORMAT_MARKDOWN, /* for a ticket, at most 30,000 characters */
    CW_FORMAT_CASE,     /* as a support case is closed */
    CW_FORMAT_HTML,     /* one file for a browser or a printer */
    CW_FORMAT_SARIF,    /* SARIF 2.1.0, for viewers of findings */
    CW_FORMAT_JUNIT     /* a test case for each report */
};
enum { CW_FORMATS = CW_FORMAT_JUNIT + 1 };

/* "text", "json", ... */
const char *cw_format_name(enum cw_report_format format);
/* Nonzero when one output of this format holds the reports of several inputs: cw_batch. */
int cw_format_is_batch(enum cw_report_format format);

/* What people read is written in; quoted log text stays as it is. */
enum cw_language { CW_LANGUAGE_EN, CW_LANGUAGE_ZH_CN };
enum { CW_LANGUAGES = CW_LANGUAGE_ZH_CN + 1 };

/* "en", "zh-CN". */
const char *cw_language_name(enum cw_language language);

/* How a report is laid out for a person. Of this, machine formats regard `all_titles` only. */
struct cw_style {
    int colour;  /* nonzero: ANSI colours */
    int width;   /* columns to wrap at; 0 = 80 */
    int verbose; /* nonzero: text has the failing section, and every finding in full */
    enum cw_language language;
    int all_titles; /* nonzero: JSON has the titles in every language, too */
};

/* Writes `text` as one line that can be shown on a terminal, whatever is in it: control characters
 * and those that reorder text become \x1b and \u202e, bytes that are not UTF-8 U+FFFD. 0, or what
 * `output` returned. */
int cw_output_line(const struct cw_output *output, const char *text);

/* A ready-made output: a file that appears under its name only when it is complete, or standard
 * output. */
struct cw_file_output;

/* `path` NULL or "-" is standard output. The bytes go to a new file beside `path`, which replaces
 * it when the output is closed; a device, a pipe or a symbolic link is written in place.
 * CW_ERR_IO when nothing can be created there. */
int cw_file_output_open(const char *path, struct cw_file_output **ret_file, struct cw_error *error);

/* What to hand to a writer. Good until the file is closed. */
const struct cw_output *cw_file_output_stream(const struct cw_file_output *file);

/* 0, or the status of the first write that failed: CW_ERR_CLOSED or CW_ERR_IO. */
int cw_file_output_failure(const struct cw_file_output *file);

/* Ends and frees it (NULL is fine). With `keep` nonzero what was written is brought to its place;
 * CW_ERR_CLOSED or CW_ERR_IO when that, or a write before it, failed. Otherwise, or on failure,
 * the new file is removed and what stood under its name stays. */
int cw_file_output_close(struct cw_file_output *file, int keep, struct cw_error *error);

#endif
