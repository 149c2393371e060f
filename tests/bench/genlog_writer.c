/* Buffer, random numbers and clock of the generator. */
#include "genlog.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GIB = 1 << 30 };

static uint64_t draw(struct cw_gen *gen)
{
    /* splitmix64: every seed is as good as any other. */
    uint64_t z = gen->random += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint32_t cw_gen_below(struct cw_gen *gen, uint32_t bound)
{
    return (uint32_t)(((draw(gen) >> 32) * bound) >> 32);
}

void cw_gen_picker_add(struct cw_gen_picker *picker, uint32_t weight)
{
    assert(picker->count < CW_GEN_CHOICES);
    uint32_t before = picker->count > 0 ? picker->sum[picker->count - 1] : 0;
    picker->sum[picker->count++] = before + weight;
}

size_t cw_gen_pick(struct cw_gen *gen, const struct cw_gen_picker *picker)
{
    uint32_t at = cw_gen_below(gen, picker->sum[picker->count - 1]);
    size_t low = 0, high = picker->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (picker->sum[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void schedule_failure(struct cw_gen *gen)
{
    uint64_t interval = gen->options.failures ? GIB / gen->options.failures : 0;
    if (interval == 0)
        gen->next_failure = UINT64_MAX;
    else
        gen->next_failure += interval / 2 + draw(gen) % interval;
}

int cw_gen_init(struct cw_gen *gen, const struct cw_gen_options *options)
{
    *gen = (struct cw_gen){.options = *options, .random = options->seed, .left = options->size};
    gen->buf = malloc(CW_GEN_BUFFER);
    if (!gen->buf)
        return -1;
    const struct cw_civil begin = {.year = 2023, .month = 3, .day = 6, .hour = 8, .minute = 12};
    gen->now = cw_time_from_civil(&begin) + (cw_time)cw_gen_below(gen, 86400u * 1000u);
    gen->stamp_time = CW_TIME_NONE;
    schedule_failure(gen);
    cw_gen_recast(gen);
    return 0;
}

void cw_gen_done(struct cw_gen *gen)
{
    free(gen->buf);
    gen->buf = NULL;
}

void cw_gen_flush(struct cw_gen *gen)
{
    size_t size = gen->len < gen->left ? gen->len : (size_t)gen->left;
    if (fwrite(gen->buf, 1, size, stdout) != size) {
        gen->write_failed = true;
        gen->left = size;
    }
    gen->left -= size;
    gen->len = 0;
}

void cw_gen_room(struct cw_gen *gen)
{
    if (gen->len > CW_GEN_BUFFER - CW_GEN_RECORD)
        cw_gen_flush(gen);
}

bool cw_gen_failure_due(struct cw_gen *gen)
{
    uint64_t position = gen->options.size - gen->left + gen->len;
    if (position < gen->next_failure)
        return false;
    schedule_failure(gen);
    return true;
}

void cw_gen_put(struct cw_gen *gen, const char *bytes, size_t size)
{
    assert(size <= CW_GEN_BUFFER - gen->len);
    memcpy(gen->buf + gen->len, bytes, size);
    gen->len += size;
}

void cw_gen_text(struct cw_gen *gen, const char *text)
{
    cw_gen_put(gen, text, strlen(text));
}

void cw_gen_decimal(struct cw_gen *gen, uint64_t value, unsigned width)
{
    char digits[20];
    size_t at = sizeof(digits);
    while (value > 0 || at + width > sizeof(digits)) {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    }
    cw_gen_put(gen, digits + at, sizeof(digits) - at);
}

void cw_gen_hex(struct cw_gen *gen, uint64_t value, unsigned digits)
{
    char text[16];
    assert(digits <= sizeof(text));
    for (unsigned i = digits; i-- > 0; value >>= 4)
        text[i] = "0123456789abcdef"[value & 15];
    cw_gen_put(gen, text, digits);
}

void cw_gen_advance(struct cw_gen *gen, uint32_t milliseconds)
{
    gen->now += milliseconds;
}

/* Two digits at `text`. */
static void two_digits(char *text, unsigned value)
{
    text[0] = (char)('0' + value / 10);
    text[1] = (char)('0' + value % 10);
}

void cw_gen_stamp(struct cw_gen *gen)
{
    cw_time second = gen->now / 1000;
    if (second != gen->stamp_time) {
        struct cw_civil civil = cw_civil_from_time(gen->now);
        gen->stamp_time = second;
        memcpy(gen->stamp, "0000-00-00 00:00:00", 20);
        two_digits(gen->stamp, civil.year / 100);
        two_digits(gen->stamp + 2, civil.year % 100);
        two_digits(gen->stamp + 5, civil.month);
        two_digits(gen->stamp + 8, civil.day);
        two_digits(gen->stamp + 11, civil.hour);
        two_digits(gen->stamp + 14, civil.minute);
        two_digits(gen->stamp + 17, civil.second);
    }
    cw_gen_put(gen, gen->stamp, 19);
}
