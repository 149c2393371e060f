/* cw_genlog: writes a synthetic log to standard output. */
#include "genlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USAGE_STATUS = 2 };

static const char usage[] = "usage: cw_genlog [--kind cbs|setupapi] [--seed N] [--size N[k|M|G]]\n"
                            "                 [--failures PER_GIB] [--noise PERCENT] >LOG\n";

struct kind {
    const char *name;
    void (*begin)(struct cw_gen *gen);
    void (*more)(struct cw_gen *gen);
};

static const struct kind kinds[] = {
    {"cbs", cw_gen_cbs_begin, cw_gen_cbs},
    {"setupapi", cw_gen_setupapi_begin, cw_gen_setupapi},
};

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    }
    return NULL;
}

/* A number with an optional k, M or G (powers of 1024). */
static bool parse_number(const char *text, uint64_t *ret_number)
{
    static const char units[] = "kMG";
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    uint64_t number = strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;
    if (unit)
        number <<= 10 * (unit - units + 1);
    if (unit ? end[1] : end[0])
        return false;
    *ret_number = number;
    return true;
}

static bool parse_option(const char *name, const char *value, struct cw_gen_options *options,
                         const struct kind **ret_kind)
{
    uint64_t number = 0;
    if (strcmp(name, "--kind") == 0) {
        const struct kind *kind = find_kind(value);
        if (kind)
            *ret_kind = kind;
        return kind != NULL;
    }
    if (!parse_number(value, &number))
        return false;
    if (strcmp(name, "--seed") == 0)
        options->seed = number;
    else if (strcmp(name, "--size") == 0)
        options->size = number;
    else if (strcmp(name, "--failures") == 0)
        options->failures = number;
    else if (strcmp(name, "--noise") == 0 && number <= 100)
        options->noise = (unsigned)number;
    else
        return false;
    return true;
}

int main(int argc, char **argv)
{
    struct cw_gen_options options = {.seed = 1, .size = 1 << 30, .failures = 40};
    const struct kind *kind = &kinds[0];
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc || !parse_option(argv[i], argv[i + 1], &options, &kind)) {
            fputs(usage, stderr);
            return USAGE_STATUS;
        }
    }
    struct cw_gen gen;
    if (cw_gen_init(&gen, &options) < 0) {
        fputs("cw_genlog: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    setvbuf(stdout, NULL, _IONBF, 0);
    kind->begin(&gen);
    while (gen.left > gen.len)
        kind->more(&gen);
    cw_gen_flush(&gen);
    cw_gen_done(&gen);
    if (gen.write_failed)
        fputs("cw_genlog: cannot write to standard output\n", stderr);
    return gen.write_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
