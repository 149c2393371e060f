/* The command line as data: one table of options from which parsing and --help are driven. */
#ifndef CW_CLI_OPTIONS_H
#define CW_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cbswhy/status.h"
#include "cli/command.h"

enum cw_option_id {
    CW_OPTION_FORMAT,
    CW_OPTION_OUTPUT,
    CW_OPTION_PER_INPUT,
    CW_OPTION_COLOUR,
    CW_OPTION_LANGUAGE,
    CW_OPTION_ENCODING,
    CW_OPTION_RULES,
    CW_OPTION_ADD_RULES,
    CW_OPTION_FAIL_ON,
    CW_OPTION_EXPECT,
    CW_OPTION_REDACT,
    CW_OPTION_REDACT_MAP,
    CW_OPTION_REDACT_WORD,
    CW_OPTION_VERBOSE,
    CW_OPTION_QUIET,
    CW_OPTION_LITERALS,
    CW_OPTION_PATTERNS,
    CW_OPTION_JUNIT,
    CW_OPTION_MATRIX,
    CW_OPTION_HELP,
    CW_OPTION_VERSION
};
enum { CW_OPTION_COUNT = CW_OPTION_VERSION + 1 };

struct cw_option {
    enum cw_option_id id; /* its index in the table */
    const char *name;     /* without the dashes */
    char letter;          /* 0 = none */
    const char *argument; /* NULL: takes none; "a|b|c": one of these words; else its name;
                             "a|b|c[=FILE]": given several times, each a cw_target;
                             "WORD...": given several times, each one of `words` */
    unsigned commands;    /* one bit for each command that knows it: 1U << cw_command_id */
    const char *help;
};

extern const struct cw_option cw_options_table[CW_OPTION_COUNT];

enum cw_colour { CW_COLOUR_AUTO, CW_COLOUR_ALWAYS, CW_COLOUR_NEVER };
enum cw_fail_on { CW_FAIL_ON_NEVER, CW_FAIL_ON_ANY, CW_FAIL_ON_ROOT_CAUSE };

enum { CW_TARGETS = 8, CW_WORDS = 64 };

/* A report to write. */
struct cw_target {
    int format;       /* index of the word: a cw_report_format */
    const char *path; /* NULL: where --output says */
};

struct cw_options {
    const struct cw_command *command; /* NULL: none was named */
    bool given[CW_OPTION_COUNT];
    const char *value[CW_OPTION_COUNT]; /* the last one given, or NULL */
    int choice[CW_OPTION_COUNT];        /* index of the word; 0, the default, when not given */
    struct cw_target targets[CW_TARGETS];
    size_t target_count;         /* 0: --format was not given */
    const char *words[CW_WORDS]; /* of --redact-word */
    size_t word_count;
    char **operands; /* without the words of the command */
    size_t operand_count;
};

/* GNU style: options and operands in any order, --name=VALUE or --name VALUE, -oVALUE, "--" ends
 * the options, a dash and a digit is a (negative) number and so an operand. Names are not
 * abbreviated. Moves the operands to the front of `argv`, into which the result points.
 * With --help or --version everything else is forgiven. CW_ERR_INVALID with a text for the user. */
int cw_options_parse(int argc, char **argv, struct cw_options *ret_options, struct cw_error *error);

#endif
