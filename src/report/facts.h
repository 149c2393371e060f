/* Facts of a report in words, for all renderers that people read: each appends to a buffer, as
 * plain text that is not yet escaped. */
#ifndef CW_REPORT_FACTS_H
#define CW_REPORT_FACTS_H

#include "diagnose/finding.h"
#include "report/say.h"

/* "2024-09-10 10:44:45.973", or "time unknown". */
void cw_put_time(struct cw_buf *buf, enum cw_language language, cw_time time);
/* "2024-09-10 10:22:51 to 2024-09-10 10:44:48", or nothing when both are unknown. */
void cw_put_span(struct cw_buf *buf, enum cw_language language, cw_time first, cw_time last);
/* "2024-09-10", or nothing. */
void cw_put_date(struct cw_buf *buf, cw_time time);
/* "C:\logs\setupapi.dev.log:14-16" */
void cw_put_source(struct cw_buf *buf, const struct cw_report *report,
                   const struct cw_chain_item *item);
/* The same and "  2024-09-10 10:44:45.973"; "by" stands before the time of a line that has none of
 * its own. */
void cw_put_place(struct cw_buf *buf, enum cw_language language, const struct cw_report *report,
                  const struct cw_chain_item *item);
/* "0x80070005 E_ACCESSDENIED: Access is denied." */
void cw_put_code(struct cw_buf *buf, uint32_t code);
/* The same for the finding's code, and " (= 0x00000005, result 5)". */
void cw_put_error(struct cw_buf *buf, const struct cw_finding *finding);
/* The items with `separator` between them. */
void cw_put_list(struct cw_buf *buf, const struct cw_strings *strings, const char *separator);
/* "rolled back at startup on 2023-03-14, progress 31 %, package state: Staged". False when there is
 * nothing to say but that it failed. */
bool cw_put_outcome(struct cw_buf *buf, enum cw_language language, const struct cw_report *report,
                    const struct cw_finding *finding);
/* "observed: why" */
void cw_put_confidence(struct cw_buf *buf, enum cw_language language, enum cw_confidence confidence,
                       struct cw_str reason);
/* "seen 3 times, 2024-09-10 10:22:51 to 2024-09-10 10:44:48" */
void cw_put_occurrences(struct cw_buf *buf, enum cw_language language,
                        const struct cw_finding *finding);
/* "failed 4 times since 2024-09-10, each time for this reason". False, and nothing, when the logs
 * show no other attempt. */
bool cw_put_history(struct cw_buf *buf, enum cw_language language,
                    const struct cw_finding *finding);
/* "exguard.inf (oem7.inf) of Example Security, service ExGuard"; the second adds class, load order
 * group and version. */
void cw_put_suspect(struct cw_buf *buf, enum cw_language language,
                    const struct cw_suspect *suspect);
void cw_put_suspect_facts(struct cw_buf *buf, enum cw_language language,
                          const struct cw_suspect *suspect);
/* " (2 for, 1 against: see below)" */
void cw_put_balance(struct cw_buf *buf, enum cw_language language,
                    const struct cw_interference *interference);
/* "3 for, 1 against; look first at exguard.inf (oem7.inf) of ..., installed 2021-03-08" */
void cw_put_weighing(struct cw_buf *buf, enum cw_language language,
                     const struct cw_interference *interference);
/* What is not listed, and how far the driver logs go back. */
void cw_put_weighing_rest(struct cw_buf *buf, enum cw_language language,
                          const struct cw_interference *interference);
/* "cbs, utf-8, 120 lines, 80 events, 2024-09-10 10:22:51 to 2024-09-10 10:44:48" */
void cw_put_reading(struct cw_buf *buf, enum cw_language language,
                    const struct cw_source_report *source);
/* "Windows 10.0.17763, amd64, local time is UTC+08:00", or nothing. */
void cw_put_machine(struct cw_buf *buf, enum cw_language language, const struct cw_report *report);
/* "logs/CBS.log:77: The line holds NUL bytes. (4 times)" */
void cw_put_diagnostic(struct cw_buf *buf, enum cw_language language,
                       const struct cw_diagnostic *diagnostic);

/* Words for what JSON has stable names for: "service", "FAILURE", "cause", "check". */
struct cw_str cw_entity_word(enum cw_language language, enum cw_entity entity);
struct cw_str cw_verdict_word(enum cw_language language, enum cw_verdict verdict);
struct cw_str cw_confidence_word(enum cw_language language, enum cw_confidence confidence);
struct cw_str cw_chain_role_word(enum cw_language language, enum cw_chain_role role);
struct cw_str cw_action_word(enum cw_language language, struct cw_str kind);

size_t cw_count_missing(const struct cw_report *report, enum cw_missing_kind kind);
/* True when an update was at work, and what became of it is open. Only a section that is named and
 * asks for no log of servicing is known to be no part of one. */
bool cw_is_unproven(const struct cw_report *report, const struct cw_finding *finding);
/* The moment whose day stands for the finding: its end, else the first time of its chain, which may
 * be that of another clock. */
cw_time cw_finding_day(const struct cw_finding *finding);
/* "time, inf": what joined the logs. */
void cw_put_agreed(struct cw_buf *buf, enum cw_language language, const struct cw_finding *finding);
/* How many entries the allow list has. */
size_t cw_allowlist_count(const struct cw_allowlist *allowlist);

/* The finding that the report is about, or NULL. */
const struct cw_finding *cw_report_main_finding(const struct cw_report *report);
/* The line to quote for a finding: its first cause, else the first of its chain, else NULL. */
const struct cw_chain_item *cw_finding_proof(const struct cw_finding *finding);
/* The part of the proof that shows the error code, with the words that introduce it; empty when it
 * holds none. */
struct cw_str cw_finding_proof_code(const struct cw_finding *finding,
                                    const struct cw_chain_item *item);
/* The words that begin at most 12 bytes before `at`, up to `end`. */
struct cw_str cw_str_with_words_before(struct cw_str text, size_t at, size_t end);

#endif
