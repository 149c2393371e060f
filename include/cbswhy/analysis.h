/* An analysis: logs in, report out.
 *
 *     struct cw_analysis *analysis;
 *     cw_analysis_new(rules, &analysis, &error);
 *     cw_analysis_add(analysis, "CBS.log", &error);
 *     cw_analysis_add(analysis, "setupapi.dev.log", &error);
 *     cw_analysis_finish(analysis, &error);
 *     cw_analysis_write(analysis, CW_FORMAT_TEXT, NULL, &output, &error);
 *     cw_analysis_free(analysis);
 *
 * Memory does not grow with the size of the logs. The result does not depend on the order in which
 * the logs are added, nor on the locale, time zone or thread count of the process.
 */
#ifndef CBSWHY_ANALYSIS_H
#define CBSWHY_ANALYSIS_H

#include "cbswhy/output.h"
#include "cbswhy/progress.h"
#include "cbswhy/rules.h"
#include "cbswhy/status.h"

struct cw_analysis;

/* `rules` is borrowed until the analysis is freed. */
int cw_analysis_new(const struct cw_rules *rules, struct cw_analysis **ret_analysis,
                    struct cw_error *error);
void cw_analysis_free(struct cw_analysis *analysis);

/* What the text of the logs is in, instead of telling it by the text: "utf-8", "utf-16le",
 * "utf-16be", or an ANSI code page as "cp936", "936" or "windows-1252". A code page is that of the
 * 8-bit logs; UTF-16 is recognised all the same. Before finish. CW_ERR_INVALID when the name is not
 * known, CW_ERR_UNSUPPORTED when this system can not convert it. */
int cw_analysis_set_encoding(struct cw_analysis *analysis, const char *encoding,
                             struct cw_error *error);

/* Has finish tell how far it is; the library itself shows nothing. The sink is copied, its context
 * borrowed until finish returns. Before finish, and at no measurable cost. */
void cw_analysis_set_progress(struct cw_analysis *analysis, const struct cw_progress_sink *sink);

/* Has finish note what speaks for and against one cause of the pack, see
 * cw_analysis_write_trial(). Before finish. CW_ERR_NOT_FOUND names the nearest cause. */
int cw_analysis_set_trial(struct cw_analysis *analysis, const char *cause, struct cw_error *error);

/* Notes a file, every file below a folder, or standard input ("-"); an archive stands for the logs
 * in it, whatever its name. They are read by finish, so that the order of the calls does not
 * matter. What can not be read or is no log is recorded for the report. CW_ERR_IO or
 * CW_ERR_NOT_FOUND when there is no such path, CW_ERR_NOMEM; the analysis stays usable. */
int cw_analysis_add(struct cw_analysis *analysis, const char *path, struct cw_error *error);

/* Reads everything, correlates and concludes. Once, after the last add. */
int cw_analysis_finish(struct cw_analysis *analysis, struct cw_error *error);

/* What the report says, for exit codes. Valid after finish. */
int cw_analysis_has_root_cause(const struct cw_analysis *analysis);
int cw_analysis_has_findings(const struct cw_analysis *analysis);
/* Something was missing, unreadable or read only in part. */
int cw_analysis_is_partial(const struct cw_analysis *analysis);

/* Valid after finish, any number of times. `style` may be NULL. CW_ERR_UNSUPPORTED for a batch
 * format, see below. */
int cw_analysis_write(const struct cw_analysis *analysis, enum cw_report_format format,
                      const struct cw_style *style, const struct cw_output *output,
                      struct cw_error *error);

/* Why the cause holds or not, as a tree of PASS and FAIL for each failure in the logs, with the
 * lines that came nearest. After finish, when cw_analysis_set_trial() was called. */
int cw_analysis_write_trial(const struct cw_analysis *analysis, const struct cw_style *style,
                            const struct cw_output *output, struct cw_error *error);

/* What was expected of analyses: a report as JSON or NDJSON, or such with less in it. Of a finding
 * `id`, `error.code` and `entities` count, and the verdict; what is left out is not compared. */
struct cw_expectation;

/* CW_ERR_NOT_FOUND or CW_ERR_IO when the file can not be read, CW_ERR_INVALID when it holds no
 * findings. */
int cw_expectation_open(const char *path, struct cw_expectation **ret_expectation,
                        struct cw_error *error);
/* NULL is fine. */
void cw_expectation_free(struct cw_expectation *expectation);
/* Nonzero when it is of several inputs, which it tells apart by their names. */
int cw_expectation_is_batch(const struct cw_expectation *expectation);
/* Writes the inputs that it knows and that nothing was compared of so far, as lines like those
 * below. Returns how many there are, or a negative status. */
int cw_expectation_unmet(const struct cw_expectation *expectation, const struct cw_output *output,
                         struct cw_error *error);
/* Writes the differences, a line each, below a line that names `input`; nothing when there are
 * none. Returns how many there are, or a negative status. */
int cw_expectation_compare(const struct cw_expectation *expectation, const char *input,
                           const struct cw_analysis *analysis, const struct cw_output *output,
                           struct cw_error *error);

/* Nonzero when two paths are logs of one machine, as far as their names tell: both have the name
 * that Windows gives to a log, with the same words in front of it, and lie in one folder or in the
 * folders of one Windows. Nothing is opened. */
int cw_is_one_machine(const char *path, const char *other);

/* The reports of several inputs, each a machine of its own, in one output. Batch formats are the
 * text, one report after the other, and those that cw_format_is_batch() names. */
struct cw_batch;

/* `style` (may be NULL) and `output` are borrowed until the batch is freed. CW_ERR_UNSUPPORTED when
 * the format holds one report only. */
int cw_batch_begin(enum cw_report_format format, const struct cw_style *style,
                   const struct cw_output *output, struct cw_batch **ret_batch,
                   struct cw_error *error);
/* What JUnit holds the reports against (borrowed until the batch is freed); without it an input
 * fails when its verdict is a failure. */
void cw_batch_expect(struct cw_batch *batch, const struct cw_expectation *expectation);
/* The finished analysis of the input that the user calls `input`. */
int cw_batch_add(struct cw_batch *batch, const char *input, const struct cw_analysis *analysis,
                 struct cw_error *error);
/* Writes what belongs behind the last report. Once. */
int cw_batch_end(struct cw_batch *batch, struct cw_error *error);
/* NULL is fine. */
void cw_batch_free(struct cw_batch *batch);

/* The normalised events of a log, or of every log in an archive, one JSON object a line.
 * `encoding` may be NULL: to be told by the text. */
int cw_events_write(const char *path, const char *encoding, const struct cw_output *output,
                    struct cw_error *error);

/* Whether an encoding of this name can be given above: CW_OK, CW_ERR_INVALID, CW_ERR_UNSUPPORTED.
 */
int cw_encoding_check(const char *encoding, struct cw_error *error);

/* Explains an error code in any spelling, as text or JSON, and names the causes of `rules` whose
 * `code` has it; CW_ERR_UNSUPPORTED for other formats. CW_ERR_NOT_FOUND when it is no code we can
 * read; an unknown but well-formed code is explained as such and is no error. */
int cw_code_explain(const struct cw_rules *rules, const char *spelling,
                    enum cw_report_format format, const struct cw_style *style,
                    const struct cw_output *output, struct cw_error *error);

/* "0.1.0" */
const char *cw_version(void);

/* The libraries this build uses, with their versions, one a line. */
int cw_build_info(const struct cw_output *output);

#endif
