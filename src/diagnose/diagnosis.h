/* A whole diagnosis: paths in, report out. The public API (cbswhy/analysis.h) is a thin coat. */
#ifndef CW_DIAGNOSE_DIAGNOSIS_H
#define CW_DIAGNOSE_DIAGNOSIS_H

#include "diagnose/finding.h"
#include "diagnose/incident.h"
#include "diagnose/reading.h"

struct cw_diagnosis;

int cw_diagnosis_new(const struct cw_rules *rules, struct cw_diagnosis **ret_diagnosis,
                     struct cw_error *error);
void cw_diagnosis_free(struct cw_diagnosis *diagnosis);

/* What the text of all logs is in; CW_ENCODING_UNKNOWN, the default, has it detected. Before
 * finish. */
void cw_diagnosis_encoding(struct cw_diagnosis *diagnosis, enum cw_encoding encoding);

/* Tells `sink` what is read. Before finish. */
void cw_diagnosis_watch(struct cw_diagnosis *diagnosis, const struct cw_progress_sink *sink);

/* Has `harvest`, which is borrowed until finish returns, look at every line. Before finish. */
void cw_diagnosis_harvest(struct cw_diagnosis *diagnosis, struct cw_harvest *harvest);

/* Has finish note why this cause holds or not. Before finish. CW_ERR_NOT_FOUND names the nearest
 * cause, CW_ERR_NOMEM. */
int cw_diagnosis_try(struct cw_diagnosis *diagnosis, struct cw_str cause, struct cw_error *error);
/* As given. */
const struct cw_rules *cw_diagnosis_rules(const struct cw_diagnosis *diagnosis);
/* What was noted; NULL when nothing was wanted. After finish. */
const struct cw_trial *cw_diagnosis_trial(const struct cw_diagnosis *diagnosis);

/* Notes the files that `path` stands for. Nothing is read yet, so that the order in which paths
 * are given does not matter. CW_ERR_NOT_FOUND or CW_ERR_IO when there is no such path: it is
 * recorded, and the diagnosis goes on without it. */
int cw_diagnosis_add(struct cw_diagnosis *diagnosis, const char *path, struct cw_error *error);

/* The same for bytes in memory, which are borrowed until finish; read `piece` bytes at a time. */
int cw_diagnosis_add_memory(struct cw_diagnosis *diagnosis, const char *name, struct cw_str bytes,
                            size_t piece, struct cw_error *error);

/* Reads everything, in order of the paths, and concludes. */
int cw_diagnosis_finish(struct cw_diagnosis *diagnosis, struct cw_error *error);

/* After finish. Good until the diagnosis is freed. */
const struct cw_report *cw_diagnosis_report(const struct cw_diagnosis *diagnosis);
/* What the report was made of. The same. */
const struct cw_incidents *cw_diagnosis_incidents(const struct cw_diagnosis *diagnosis);
/* Something was missing, unreadable, no log although named, or read only in part. */
bool cw_diagnosis_is_partial(const struct cw_diagnosis *diagnosis);

#endif
