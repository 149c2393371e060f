/* cw_timeit: times commands side by side, in round robin.
 *
 *     cw_timeit ROUNDS BYTES OUTPUT COMMANDS [LABEL]
 *
 * COMMANDS is a file with a command a line: label, program, arguments, parted by tabs. Every round
 * runs each of them once, so that a slow moment of the machine hits all alike; what is printed is
 * the median over the rounds of the time itself and of the ratio to the first command (and to the
 * command LABEL) in the same round. Commands inherit standard input; their output goes to the file
 * OUTPUT, because grep stops at the first match when it sees /dev/null. POSIX, unlike the rest.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_COMMANDS = 16,
    MAX_ARGUMENTS = 32,
    MAX_ROUNDS = 99,
    USAGE_STATUS = 2,
    NOT_RUN_STATUS = 127
};

extern char **environ;

struct command {
    char line[4096];
    char *argv[MAX_ARGUMENTS + 1]; /* [0] is the label */
    double seconds[MAX_ROUNDS];
    long peak_kib;
    int status;
};

struct bench {
    struct command commands[MAX_COMMANDS];
    size_t count;
    size_t rounds;
    size_t against; /* index of the second reference, or 0 */
    double bytes;
    const char *output;
};

static bool split_line(struct command *command)
{
    size_t count = 0;
    for (char *word = strtok(command->line, "\t\n"); word; word = strtok(NULL, "\t\n")) {
        if (count == MAX_ARGUMENTS)
            return false;
        command->argv[count++] = word;
    }
    return count >= 2;
}

static bool load_commands(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    bool fine = true;
    struct command *command = bench->commands;
    while (fine && bench->count < MAX_COMMANDS &&
           fgets(command->line, sizeof(command->line), file)) {
        fine = split_line(command++);
        bench->count++;
    }
    fclose(file);
    return fine && bench->count > 0;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* 0, or an errno value. */
static int start(char *const *argv, const char *output, pid_t *ret_child)
{
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure)
        return failure;
    failure = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output,
                                               O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (!failure)
        failure = posix_spawnp(ret_child, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

static void run(struct command *command, const char *output, size_t round)
{
    struct rusage usage;
    pid_t child;
    int status;
    double begin = now();
    int failure = start(command->argv + 1, output, &child);
    if (failure) {
        fprintf(stderr, "cw_timeit: %s: %s\n", command->argv[1], strerror(failure));
        command->status = NOT_RUN_STATUS;
        return;
    }
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
        ;
    command->seconds[round] = now() - begin;
    if (usage.ru_maxrss > command->peak_kib)
        command->peak_kib = usage.ru_maxrss;
    command->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof(*values), compare);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* Median over the rounds of this command's time over the other's; without another, of its time. */
static double median_over(const struct bench *bench, const struct command *command,
                          const struct command *other)
{
    double values[MAX_ROUNDS];
    for (size_t i = 0; i < bench->rounds; i++)
        values[i] = other ? command->seconds[i] / other->seconds[i] : command->seconds[i];
    return median(values, bench->rounds);
}

static void print_table(const struct bench *bench)
{
    const struct command *first = &bench->commands[0];
    const struct command *second = &bench->commands[bench->against];
    printf("%-20s %9s %7s", "", "seconds", "GB/s");
    printf("   x %-10.10s   x %-14.14s %9s %6s\n", first->argv[0], second->argv[0], "peak MiB",
           "status");
    for (size_t i = 0; i < bench->count; i++) {
        const struct command *command = &bench->commands[i];
        if (command->status == NOT_RUN_STATUS) {
            printf("%-20s not run\n", command->argv[0]);
            continue;
        }
        double seconds = median_over(bench, command, NULL);
        printf("%-20s %9.4f %7.2f   %-12.2f", command->argv[0], seconds,
               bench->bytes / seconds / 1e9, median_over(bench, command, first));
        printf("   %-16.3f %9.1f %6d\n", median_over(bench, command, second),
               (double)command->peak_kib / 1024, command->status);
    }
}

static size_t find_label(const struct bench *bench, const char *label)
{
    for (size_t i = 0; i < bench->count; i++) {
        if (strcmp(bench->commands[i].argv[0], label) == 0)
            return i;
    }
    return 0;
}

static int time_commands(struct bench *bench, const char *label)
{
    bench->against = label ? find_label(bench, label) : 0;
    for (size_t round = 0; round < bench->rounds; round++) {
        for (size_t i = 0; i < bench->count; i++)
            run(&bench->commands[i], bench->output, round);
    }
    print_table(bench);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    long rounds = argc >= 5 ? strtol(argv[1], NULL, 10) : 0;
    if (rounds < 1 || rounds > MAX_ROUNDS || argc > 6) {
        fputs("usage: cw_timeit ROUNDS BYTES OUTPUT COMMANDS [LABEL]\n", stderr);
        return USAGE_STATUS;
    }
    struct bench *bench = calloc(1, sizeof(*bench));
    if (!bench)
        return EXIT_FAILURE;
    bench->rounds = (size_t)rounds;
    bench->bytes = strtod(argv[2], NULL);
    bench->output = argv[3];
    int status = EXIT_FAILURE;
    if (load_commands(bench, argv[4]))
        status = time_commands(bench, argc == 6 ? argv[5] : NULL);
    else
        fprintf(stderr, "cw_timeit: %s: no commands, or not readable\n", argv[4]);
    free(bench);
    return status;
}
