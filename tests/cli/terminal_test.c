/* The program with a terminal for its standard error: a pseudo terminal, and a log that comes
 * slowly. */
#define _XOPEN_SOURCE 700

#include "support/test.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char log_line[] = "2020-01-23 07:48:28, Info                  CBS    Nothing new\n";

enum { SEEN_MOST = 4096, WAIT_MS = 20 * 1000 };

struct run {
    int terminal;
    int log; /* where the program's standard input comes from */
    int report;
    pid_t child;
    char seen[SEEN_MOST]; /* what the terminal got */
    size_t seen_len;
};

static _Noreturn void become_program(const char *terminal, const int log[2], const int report[2],
                                     const char *option, const char *term)
{
    int slave = open(terminal, O_RDWR | O_NOCTTY);
    (void)dup2(log[0], STDIN_FILENO);
    (void)dup2(report[1], STDOUT_FILENO);
    (void)dup2(slave, STDERR_FILENO);
    (void)close(log[1]);
    (void)setenv("TERM", term, 1);
    (void)execl(CW_PROGRAM, "cbswhy", "analyze", "-", option, (char *)NULL);
    _exit(127);
}

static struct run start(const char *option, const char *term)
{
    struct run run = {.terminal = posix_openpt(O_RDWR | O_NOCTTY)};
    int log[2];
    int report[2];
    if (run.terminal < 0)
        skip(); /* no pseudo terminals in this sandbox */
    assert_int_equal(grantpt(run.terminal), 0);
    assert_int_equal(unlockpt(run.terminal), 0);
    const char *name = ptsname(run.terminal);
    assert_non_null(name);
    assert_int_equal(pipe(log), 0);
    assert_int_equal(pipe(report), 0);
    run.child = fork();
    if (run.child == 0)
        become_program(name, log, report, option, term);
    (void)close(log[0]);
    (void)close(report[1]);
    run.log = log[1];
    run.report = report[0];
    return run;
}

static void give(const struct run *run)
{
    assert_int_equal(write(run->log, log_line, sizeof(log_line) - 1), sizeof(log_line) - 1);
}

/* Reads the terminal for so long, or until it says `text`. */
static bool see(struct run *run, const char *text, int milliseconds)
{
    struct pollfd wanted = {.fd = run->terminal, .events = POLLIN};
    for (; milliseconds > 0; milliseconds -= 50) {
        bool has_some = poll(&wanted, 1, 50) > 0 && (wanted.revents & POLLIN);
        ssize_t got = has_some ? read(run->terminal, run->seen + run->seen_len,
                                      sizeof(run->seen) - 1 - run->seen_len)
                               : 0;
        run->seen_len += got > 0 ? (size_t)got : 0;
        run->seen[run->seen_len] = '\0';
        if (text && strstr(run->seen, text))
            return true;
    }
    return false;
}

/* The log ends: the report must come, whole. */
static void finish(struct run *run)
{
    char report[4096];
    size_t len = 0;
    ssize_t got;
    int status;
    (void)close(run->log);
    while ((got = read(run->report, report + len, sizeof(report) - 1 - len)) > 0)
        len += (size_t)got;
    report[len] = '\0';
    assert_non_null(strstr(report, "No failure found in 1 log"));
    assert_null(strchr(report, '\r'));
    assert_int_equal(waitpid(run->child, &status, 0), run->child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    (void)see(run, NULL, 50);
    (void)close(run->report);
    (void)close(run->terminal);
}

static void pass_a_second(void)
{
    const struct timespec second = {1, 50 * 1000 * 1000};
    (void)nanosleep(&second, NULL);
}

/* The reader wants its head before it begins; what comes later is read line by line. */
static void give_head(const struct run *run)
{
    for (size_t i = 0; i < 70000 / sizeof(log_line); i++)
        give(run);
}

static void progress_shows_on_a_terminal_and_is_gone_before_the_report(void **state)
{
    (void)state;
    struct run run = start(NULL, "xterm");
    give_head(&run);
    pass_a_second();
    give(&run);
    assert_true(see(&run, "cbswhy: 0 MB, 0 MB/s, <stdin>", WAIT_MS));
    finish(&run);
    assert_null(strchr(run.seen, '\n'));
    assert_int_equal(run.seen[run.seen_len - 1], '\r');
    const char *blanks = strrchr(run.seen, '>');
    assert_non_null(blanks);
    assert_int_equal(strspn(blanks + 1, "\r "), strlen(blanks + 1));
}

static void quiet_and_dumb_terminals_show_nothing(void **state)
{
    static const struct {
        const char *option, *term;
    } rows[] = {{"--quiet", "xterm"}, {"-q", "xterm"}, {NULL, "dumb"}};
    struct run runs[sizeof(rows) / sizeof(rows[0])];
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        runs[i] = start(rows[i].option, rows[i].term);
        give_head(&runs[i]);
    }
    pass_a_second();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        give(&runs[i]);
        (void)see(&runs[i], NULL, 100);
        assert_int_equal(runs[i].seen_len, 0);
    }
    /* The last one has no other's end of the pipe to its log. */
    for (size_t i = sizeof(rows) / sizeof(rows[0]); i-- > 0;)
        finish(&runs[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_shows_on_a_terminal_and_is_gone_before_the_report),
        cmocka_unit_test(quiet_and_dumb_terminals_show_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
