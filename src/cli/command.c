#include "cli/command.h"

const struct cw_command cw_commands[] = {
    {CW_COMMAND_ANALYZE, "analyze", "[PATH...]", 0, CW_OPERANDS_ANY,
     "say why an update or a driver failed", cw_command_analyze},
    {CW_COMMAND_EVENTS, "events", "[PATH...]", 0, CW_OPERANDS_ANY,
     "print the events of a log, one JSON object a line", cw_command_events},
    {CW_COMMAND_CODE, "code", "CODE...", 1, CW_OPERANDS_ANY,
     "explain an error code in any spelling, and name the causes that have it", cw_command_code},
    {CW_COMMAND_RULES_LIST, "rules list", "", 0, 0, "list the rules", cw_command_rules_list},
    {CW_COMMAND_RULES_SHOW, "rules show", "ID", 1, 1, "show one rule in full",
     cw_command_rules_show},
    {CW_COMMAND_RULES_CHECK, "rules check", "[FILE...]", 0, CW_OPERANDS_ANY,
     "check rule files (default: the built-in rules)", cw_command_rules_check},
    {CW_COMMAND_RULES_TEST, "rules test", "[DIR]", 0, 1,
     "run the samples of the rules, and the cases in DIR", cw_command_rules_test},
    {CW_COMMAND_COMPARE, "compare", "GOOD BAD", 2, 2, "", NULL},
    {CW_COMMAND_RULES_EXPLAIN, "rules explain", "ID PATH...", 2, CW_OPERANDS_ANY,
     "why a cause holds in these logs, or not", cw_command_rules_explain},
};
const size_t cw_command_count = sizeof(cw_commands) / sizeof(cw_commands[0]);
