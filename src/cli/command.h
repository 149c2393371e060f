/* The commands of the program: one row of a table and one file each. */
#ifndef CW_CLI_COMMAND_H
#define CW_CLI_COMMAND_H

#include <limits.h>
#include <stddef.h>

struct cw_options;

/* Exit status. When several apply, the highest wins. */
enum cw_exit {
    CW_EXIT_OK = 0,
    CW_EXIT_FINDINGS = 1,
    CW_EXIT_USAGE = 2,
    CW_EXIT_INPUT = 3,
    CW_EXIT_RULES = 4,
    CW_EXIT_INTERNAL = 5
};

enum cw_command_id {
    CW_COMMAND_ANALYZE,
    CW_COMMAND_EVENTS,
    CW_COMMAND_CODE,
    CW_COMMAND_RULES_LIST,
    CW_COMMAND_RULES_SHOW,
    CW_COMMAND_RULES_CHECK,
    CW_COMMAND_RULES_TEST,
    CW_COMMAND_COMPARE,
    CW_COMMAND_RULES_EXPLAIN
};

enum { CW_OPERANDS_ANY = INT_MAX };

struct cw_command {
    enum cw_command_id id;
    const char *name; /* one word, or two: "rules list" */
    const char *operands;
    int least, most; /* operands */
    const char *summary;
    /* Returns the exit status. NULL: the name is taken, the command does not exist yet. */
    enum cw_exit (*run)(const struct cw_options *options);
};

/* All commands in the order of the help. */
extern const struct cw_command cw_commands[];
extern const size_t cw_command_count;

enum cw_exit cw_command_analyze(const struct cw_options *options);
enum cw_exit cw_command_events(const struct cw_options *options);
enum cw_exit cw_command_code(const struct cw_options *options);
enum cw_exit cw_command_rules_list(const struct cw_options *options);
enum cw_exit cw_command_rules_show(const struct cw_options *options);
enum cw_exit cw_command_rules_explain(const struct cw_options *options);
enum cw_exit cw_command_rules_check(const struct cw_options *options);
enum cw_exit cw_command_rules_test(const struct cw_options *options);

#endif
