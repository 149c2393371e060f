#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "cbswhy/analysis.h"
#include "cli/message.h"
#include "cli/session.h"

static const char about[] =
    "cbswhy reads the logs that Windows leaves behind when an update or a driver fails\n"
    "(CBS.log, setupapi.dev.log) and says why it failed, which lines prove it, and what to do.\n";

static const char path_note[] =
    "\n"
    "PATH is a log, a folder or an archive (every log in it), or - for standard input, which is\n"
    "also read when there is no PATH.\n";

static const char exit_note[] =
    "\n"
    "Standard output is the report and nothing else. Exit status; when several apply, the\n"
    "highest:\n"
    "  0  complete\n"
    "  1  findings at or above --fail-on\n"
    "  2  wrong usage\n"
    "  3  an input is missing, unreadable, or was read only in part\n"
    "  4  rules are invalid, or a test of theirs failed\n"
    "  5  the report could not be written, or an internal error\n";

/* What fails here is remembered by the output and reported when the session is closed. */
static void print(const struct cw_session *session, const char *text)
{
    (void)session->output->write(session->output->context, text, strlen(text));
}

/* A row of two columns; a left part that is too wide gets a line of its own. */
static void print_row(const struct cw_session *session, const char *left, const char *right)
{
    enum { COLUMN = 27 };
    char row[200];
    (void)snprintf(row, sizeof(row), "%-*s%s%*s%s\n", COLUMN, left,
                   strlen(left) < COLUMN ? "" : "\n", strlen(left) < COLUMN ? 0 : COLUMN, "",
                   right);
    print(session, row);
}

static void print_command(const struct cw_session *session, const struct cw_command *command)
{
    char left[64];
    (void)snprintf(left, sizeof(left), "  %s %s", command->name, command->operands);
    print_row(session, left, command->summary);
}

static void print_option(const struct cw_session *session, const struct cw_option *option)
{
    char left[64];
    char letter[4] = "   ";
    if (option->letter)
        (void)snprintf(letter, sizeof(letter), "-%c,", option->letter);
    (void)snprintf(left, sizeof(left), "  %s --%s%s%s", letter, option->name,
                   option->argument ? "=" : "", option->argument ? option->argument : "");
    print_row(session, left, option->help);
}

static void print_overview(const struct cw_session *session)
{
    print(session, "Usage: cbswhy COMMAND [OPTION...] [ARGUMENT...]\n\n");
    print(session, about);
    print(session, "\nCommands:\n");
    for (size_t i = 0; i < cw_command_count; i++) {
        if (cw_commands[i].run)
            print_command(session, &cw_commands[i]);
    }
}

static void print_usage(const struct cw_session *session, const struct cw_command *command)
{
    char usage[200];
    (void)snprintf(usage, sizeof(usage), "Usage: cbswhy %s [OPTION...]%s%s\n\nTo %s.\n",
                   command->name, *command->operands ? " " : "", command->operands,
                   command->summary);
    print(session, usage);
}

static void print_options(const struct cw_session *session, const struct cw_command *command)
{
    print(session, "\nOptions:\n");
    for (size_t i = 0; i < CW_OPTION_COUNT; i++) {
        const struct cw_option *option = &cw_options_table[i];
        if (!command || option->commands & (1U << command->id))
            print_option(session, option);
    }
}

enum cw_exit cw_help(const struct cw_options *options)
{
    struct cw_session session;
    bool available = options->command && options->command->run;
    const struct cw_command *command = available ? options->command : NULL;
    if (!cw_session_open(options, &session))
        return session.status;
    if (command)
        print_usage(&session, command);
    else
        print_overview(&session);
    print_options(&session, command);
    if (!command || strstr(command->operands, "PATH"))
        print(&session, path_note);
    print(&session, exit_note);
    return cw_session_close(&session);
}

enum cw_exit cw_help_version(const struct cw_options *options)
{
    struct cw_session session;
    struct cw_rules *rules = NULL;
    char text[160];
    if (!cw_session_open(options, &session))
        return session.status;
    if (cw_session_rules(&session, &rules)) {
        (void)snprintf(text, sizeof(text), "cbswhy %s\nrules %s\n", cw_version(),
                       cw_rules_version(rules));
        print(&session, text);
        (void)cw_build_info(session.output);
    }
    cw_rules_free(rules);
    return cw_session_close(&session);
}

enum cw_exit cw_help_usage(void)
{
    cw_message("usage: cbswhy COMMAND [OPTION...] [ARGUMENT...]");
    cw_message("try 'cbswhy --help', or 'cbswhy analyze PATH' for the logs at PATH");
    return CW_EXIT_USAGE;
}
