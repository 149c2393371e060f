/* gram_frequency: how often byte 4-grams stand in logs, as the body of a C array.
 *
 *     gram_frequency LOG... >src/input/gram_frequency.inc
 *
 * 4,096 numbers: the base-2 logarithm, rounded down, of how many grams of a GiB of such logs have
 * this hash; 0 for those that are as rare as that or absent. A log counts with its size.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUCKETS = 4096,
    GRAM = 4,
    CHUNK = 64 * 1024,
    PER_LINE = 32,
    GIB = 1 << 30,
    USAGE_STATUS = 2
};

struct table {
    uint64_t count[BUCKETS];
    uint64_t total;
};

static uint32_t hash(const unsigned char *gram)
{
    uint32_t value = (uint32_t)gram[0] | (uint32_t)gram[1] << 8 | (uint32_t)gram[2] << 16 |
                     (uint32_t)gram[3] << 24;
    return (value * UINT32_C(2654435761)) >> 20;
}

static void count_grams(struct table *table, FILE *file)
{
    unsigned char bytes[GRAM - 1 + CHUNK];
    size_t kept = 0;
    for (;;) {
        size_t len = kept + fread(bytes + kept, 1, CHUNK, file);
        if (len == kept)
            return;
        for (size_t i = 0; i + GRAM <= len; i++, table->total++)
            table->count[hash(bytes + i)]++;
        kept = len < GRAM - 1 ? len : GRAM - 1;
        memmove(bytes, bytes + len - kept, kept);
    }
}

static int add_log(struct table *table, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    count_grams(table, file);
    int failed = ferror(file);
    fclose(file);
    return failed ? -1 : 0;
}

static unsigned log2_floor(uint64_t value)
{
    unsigned bits = 0;
    while (value >>= 1)
        bits++;
    return bits;
}

static void print_table(const struct table *table)
{
    puts("/* Base-2 logarithm of how often a byte 4-gram stands in healthy logs, by its hash; made "
         "by\n * tests/bench/gram_frequency.c. */");
    for (size_t i = 0; i < BUCKETS; i++) {
        double share = table->total ? (double)table->count[i] / (double)table->total : 0;
        printf("%u%s", log2_floor((uint64_t)(share * GIB)), (i + 1) % PER_LINE == 0 ? ",\n" : ", ");
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: gram_frequency LOG... >FILE\n", stderr);
        return USAGE_STATUS;
    }
    struct table *table = calloc(1, sizeof(*table));
    if (!table)
        return EXIT_FAILURE;
    for (int i = 1; i < argc; i++) {
        if (add_log(table, argv[i]) < 0) {
            fprintf(stderr, "gram_frequency: cannot read %s\n", argv[i]);
            free(table);
            return EXIT_FAILURE;
        }
    }
    print_table(table);
    free(table);
    return EXIT_SUCCESS;
}
