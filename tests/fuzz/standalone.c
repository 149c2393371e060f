/* Runs a fuzz target over files, for compilers without libFuzzer: the seeds, and with them every
 * input that once broke something, stay tests. Each file is given whole and cut in three places,
 * because a log ends where it ends. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/fuzzing.h"

enum { SEED_MOST = 4 * 1024 * 1024 };

/* A copy of exactly this size, so that a sanitizer sees one byte too many. */
static int run(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = calloc(size > 0 ? size : 1, 1);
    if (!copy)
        return 1;
    for (size_t i = 0; i < size; i++)
        copy[i] = bytes[i];
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    return 0;
}

static int replay(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(bytes, 1, SEED_MOST, file) : 0;
    if (!file || ferror(file)) {
        (void)fprintf(stderr, "can not read %s\n", path);
        return 1;
    }
    (void)fclose(file);
    for (size_t quarter = 1; quarter <= 4; quarter++) {
        if (run(bytes, size * quarter / 4) != 0)
            return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    uint8_t *bytes = malloc(SEED_MOST);
    int failed = !bytes || run((const uint8_t *)"", 0) != 0;
    for (int i = 1; i < argc && !failed; i++)
        failed = replay(argv[i], bytes);
    free(bytes);
    (void)printf("%d seeds replayed\n", argc - 1);
    return failed;
}
