/* A seeded writer of synthetic logs: what its formats share.
 *
 * A log is made of templates. `$` and a letter in a template stand for something drawn: a small
 * letter is drawn anew each time, a capital keeps its value for as long as the cast does, so that
 * the lines of one story name the same session, package, driver and error. genlog_expand.c lists
 * the letters.
 */
#ifndef CW_BENCH_GENLOG_H
#define CW_BENCH_GENLOG_H

#include "base/civil.h"
#include "genlog_names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CW_GEN_BUFFER = 1024 * 1024,
    CW_GEN_RECORD = 64 * 1024, /* no record is longer */
    CW_GEN_CHOICES = 160
};

struct cw_gen_options {
    uint64_t seed;
    uint64_t size;     /* bytes to write; the last line is cut there */
    uint64_t failures; /* failed runs a GiB */
    unsigned noise;    /* percent of lines that look like failures and are none */
};

/* What the capital letters stand for. */
struct cw_gen_cast {
    const struct cw_gen_driver *driver;
    const struct cw_gen_error *error;
    uint64_t old_hash, new_hash; /* of the driver's folders in the driver store */
    uint64_t session;            /* FILETIME */
    unsigned kb;
    unsigned revision;
};

/* Weights summed up, to draw an index by binary search. */
struct cw_gen_picker {
    uint32_t sum[CW_GEN_CHOICES];
    size_t count;
};

struct cw_gen {
    struct cw_gen_options options;
    struct cw_gen_picker usual, noise;
    struct cw_gen_cast cast;
    uint64_t random;
    uint64_t left; /* bytes still to be written */
    uint64_t next_failure;
    char *buf; /* CW_GEN_BUFFER bytes */
    size_t len;
    cw_time now;
    cw_time stamp_time; /* the second that stamp shows */
    char stamp[24];
    uint32_t sequence[2]; /* of the CSI records, one for each process */
    unsigned process;
    bool write_failed;
};

/* 0, or -1 without memory. */
int cw_gen_init(struct cw_gen *gen, const struct cw_gen_options *options);
void cw_gen_done(struct cw_gen *gen);
/* Writes what is in the buffer to standard output, but no more than is left. */
void cw_gen_flush(struct cw_gen *gen);
/* Flushes when the buffer could not take one more record. */
void cw_gen_room(struct cw_gen *gen);
/* Whether the next failure is due at this point of the log; if so, schedules the one after. */
bool cw_gen_failure_due(struct cw_gen *gen);

/* A number below `bound`, which is not 0. */
uint32_t cw_gen_below(struct cw_gen *gen, uint32_t bound);
/* Draws another driver, error, session and package. */
void cw_gen_recast(struct cw_gen *gen);
void cw_gen_advance(struct cw_gen *gen, uint32_t milliseconds);

void cw_gen_put(struct cw_gen *gen, const char *bytes, size_t size);
void cw_gen_text(struct cw_gen *gen, const char *text);
/* Decimal, with leading zeros up to `width`. */
void cw_gen_decimal(struct cw_gen *gen, uint64_t value, unsigned width);
/* The lowest `digits` hexadecimal digits. */
void cw_gen_hex(struct cw_gen *gen, uint64_t value, unsigned digits);
/* "2024-09-10 10:44:45" */
void cw_gen_stamp(struct cw_gen *gen);
/* A template. */
void cw_gen_expand(struct cw_gen *gen, const char *text);

void cw_gen_picker_add(struct cw_gen_picker *picker, uint32_t weight);
/* The index of one of the weights added. */
size_t cw_gen_pick(struct cw_gen *gen, const struct cw_gen_picker *picker);

/* The head of the file, once; then, as often as needed, some hundred lines up to a point where the
 * log could end. */
void cw_gen_cbs_begin(struct cw_gen *gen);
void cw_gen_cbs(struct cw_gen *gen);
void cw_gen_setupapi_begin(struct cw_gen *gen);
void cw_gen_setupapi(struct cw_gen *gen);

#endif
