#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "cli/suggest.h"

#define COMMAND(name) (1U << CW_COMMAND_##name)

enum {
    REPORTS = COMMAND(ANALYZE) | COMMAND(CODE),
    RULES = COMMAND(RULES_LIST) | COMMAND(RULES_SHOW) | COMMAND(RULES_EXPLAIN) |
            COMMAND(RULES_CHECK) | COMMAND(RULES_TEST),
    TAKES_RULES = COMMAND(ANALYZE) | COMMAND(CODE) | COMMAND(RULES_LIST) | COMMAND(RULES_SHOW) |
                  COMMAND(RULES_EXPLAIN) | COMMAND(RULES_CHECK) | COMMAND(RULES_TEST),
    EVERY = REPORTS | RULES | COMMAND(EVENTS)
};

const struct cw_option cw_options_table[CW_OPTION_COUNT] = {
    {CW_OPTION_FORMAT, "format", 0, "text|json|ndjson|markdown|case|html|sarif|junit[=FILE]",
     REPORTS, "form of the report (default: text); several times for several, each in its FILE"},
    {CW_OPTION_OUTPUT, "output", 'o', "FILE", EVERY,
     "write to FILE; it appears when it is complete"},
    {CW_OPTION_PER_INPUT, "per-input", 0, NULL, COMMAND(ANALYZE),
     "a report for each PATH, even for logs of one machine"},
    {CW_OPTION_COLOUR, "color", 0, "auto|always|never", REPORTS,
     "auto (default): on a terminal, unless NO_COLOR is set or TERM is dumb"},
    {CW_OPTION_LANGUAGE, "lang", 0, "en|zh-CN", COMMAND(ANALYZE),
     "language of the report (default: that of the locale, else en); logs are quoted as they are"},
    {CW_OPTION_ENCODING, "encoding", 0, "NAME", COMMAND(ANALYZE) | COMMAND(EVENTS),
     "of the logs: utf-8, utf-16le, utf-16be, cp936, ... (default: detected)"},
    {CW_OPTION_RULES, "rules", 0, "DIR", TAKES_RULES,
     "use the rules in DIR instead of the built-in ones"},
    {CW_OPTION_ADD_RULES, "add-rules", 0, "DIR", TAKES_RULES,
     "add the rules in DIR; one with the id of another replaces it"},
    {CW_OPTION_FAIL_ON, "fail-on", 0, "never|any|root_cause", COMMAND(ANALYZE),
     "exit with status 1 on any finding or on a root cause (default: never)"},
    {CW_OPTION_EXPECT, "expect", 0, "FILE", COMMAND(ANALYZE),
     "compare with an earlier report as JSON or NDJSON; exit with status 1 when it differs"},
    {CW_OPTION_REDACT, "redact", 0, NULL, COMMAND(ANALYZE),
     "replace names, addresses and numbers of people and machines by tokens: USER-1, HOST-1"},
    {CW_OPTION_REDACT_MAP, "redact-map", 0, "FILE", COMMAND(ANALYZE),
     "take the tokens of FILE, if it exists, and write all to it, for you alone; implies --redact"},
    {CW_OPTION_REDACT_WORD, "redact-word", 0, "WORD...", COMMAND(ANALYZE),
     "replace WORD, too: the name of a customer; several times for several; implies --redact"},
    {CW_OPTION_VERBOSE, "verbose", 'v', NULL, COMMAND(ANALYZE),
     "add the operations of the failing section, and every finding in full, to the text"},
    {CW_OPTION_QUIET, "quiet", 'q', NULL, COMMAND(ANALYZE),
     "show no progress (default: on a terminal, when it takes a while)"},
    {CW_OPTION_LITERALS, "literals", 0, NULL, COMMAND(RULES_LIST),
     "list the byte sequences that the rules look for"},
    {CW_OPTION_PATTERNS, "patterns", 0, NULL, COMMAND(RULES_LIST),
     "list the patterns of the rules"},
    {CW_OPTION_JUNIT, "junit", 0, "FILE", COMMAND(RULES_TEST),
     "write the results to FILE, too, as JUnit XML"},
    {CW_OPTION_MATRIX, "matrix", 0, NULL, COMMAND(RULES_TEST),
     "show for each case every cause that holds; one that nothing explains is a failure"},
    {CW_OPTION_HELP, "help", 'h', NULL, EVERY, "show help, also for one command"},
    {CW_OPTION_VERSION, "version", 0, NULL, EVERY, "show the version"},
};

struct parser {
    char **next; /* argv from here on is not parsed yet; NULL ends it */
    struct cw_options *options;
    struct cw_error *error;
};

static int refuse(struct cw_error *error, const char *what, const char *subject, const char *why)
{
    error->status = CW_ERR_INVALID;
    (void)snprintf(error->text, sizeof(error->text), "%s '%s'%s", what, subject, why);
    return CW_ERR_INVALID;
}

static int refuse_unknown(struct cw_error *error, const char *what, const char *subject,
                          const char *dashes, const struct cw_suggestion *suggestion)
{
    char hint[64] = "";
    if (suggestion->nearest)
        (void)snprintf(hint, sizeof(hint), "; did you mean '%s%s'?", dashes, suggestion->nearest);
    return refuse(error, what, subject, hint);
}

static int refuse_option(struct parser *parser, const struct cw_option *option, const char *why)
{
    char name[32];
    (void)snprintf(name, sizeof(name), "--%s", option->name);
    return refuse(parser->error, "option", name, why);
}

/* The index of the `size` bytes at `word` in a table entry such as "text|json[=FILE]", or -1. */
static int find_choice(const char *words, const char *word, size_t size)
{
    for (int index = 0;; index++) {
        size_t end = strcspn(words, "|[");
        if (end == size && memcmp(words, word, size) == 0)
            return index;
        if (words[end] != '|')
            return -1;
        words += end + 1;
    }
}

static int add_target(struct parser *parser, const struct cw_option *option, int format,
                      const char *path)
{
    struct cw_options *options = parser->options;
    if (path && *path == '\0')
        return refuse_option(parser, option, " needs a file behind the '='");
    if (options->target_count == CW_TARGETS)
        return refuse_option(parser, option, " is given too often");
    options->targets[options->target_count++] = (struct cw_target){format, path};
    return CW_OK;
}

/* One of the words of the option. */
static int set_choice(struct parser *parser, const struct cw_option *option, const char *value)
{
    const char *file = strstr(option->argument, "[=") ? strchr(value, '=') : NULL;
    size_t size = file ? (size_t)(file - value) : strlen(value);
    int choice = find_choice(option->argument, value, size);
    char why[160];
    (void)snprintf(why, sizeof(why), " takes one of %s", option->argument);
    if (choice < 0)
        return refuse_option(parser, option, why);
    parser->options->choice[option->id] = choice;
    if (option->id == CW_OPTION_FORMAT)
        return add_target(parser, option, choice, file ? file + 1 : NULL);
    return CW_OK;
}

static int add_word(struct parser *parser, const struct cw_option *option, const char *word)
{
    struct cw_options *options = parser->options;
    if (options->word_count == CW_WORDS)
        return refuse_option(parser, option, " is given too often");
    options->words[options->word_count++] = word;
    return CW_OK;
}

static int set_argument(struct parser *parser, const struct cw_option *option, const char *value)
{
    if (*value == '\0')
        return refuse_option(parser, option, " needs an argument that is not empty");
    parser->options->value[option->id] = value;
    if (strstr(option->argument, "..."))
        return add_word(parser, option, value);
    return strchr(option->argument, '|') ? set_choice(parser, option, value) : CW_OK;
}

/* `attached` is what follows "=" or the letter, or NULL. */
static int set_option(struct parser *parser, const struct cw_option *option, const char *attached)
{
    parser->options->given[option->id] = true;
    if (!option->argument)
        return attached ? refuse_option(parser, option, " takes no argument") : CW_OK;
    if (attached)
        return set_argument(parser, option, attached);
    if (!*parser->next)
        return refuse_option(parser, option, " needs an argument");
    return set_argument(parser, option, *parser->next++);
}

static int parse_long(struct parser *parser, const char *text)
{
    const char *name = text + 2;
    size_t size = strcspn(name, "=");
    const char *attached = name[size] ? name + size + 1 : NULL;
    char typed[64];
    struct cw_suggestion suggestion;
    (void)snprintf(typed, sizeof(typed), "--%.*s", size < 60 ? (int)size : 60, name);
    cw_suggestion_start(&suggestion, typed + 2);
    for (size_t i = 0; i < CW_OPTION_COUNT; i++) {
        const struct cw_option *option = &cw_options_table[i];
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0)
            return set_option(parser, option, attached);
        cw_suggestion_offer(&suggestion, option->name);
    }
    return refuse_unknown(parser->error, "unknown option", typed, "--", &suggestion);
}

static int parse_short(struct parser *parser, const char *text)
{
    for (size_t i = 0; i < CW_OPTION_COUNT; i++) {
        const struct cw_option *option = &cw_options_table[i];
        if (option->letter == text[1])
            return set_option(parser, option, text[2] ? text + 2 : NULL);
    }
    return refuse(parser->error, "unknown option", text, "");
}

static bool is_operand(const char *text)
{
    return text[0] != '-' || text[1] == '\0' || (text[1] >= '0' && text[1] <= '9');
}

static int parse_words(struct parser *parser)
{
    struct cw_options *options = parser->options;
    bool ended = false;
    int status = CW_OK;
    while (status == CW_OK && *parser->next) {
        char *text = *parser->next++;
        if (ended || is_operand(text))
            options->operands[options->operand_count++] = text;
        else if (strcmp(text, "--") == 0)
            ended = true;
        else if (text[1] == '-')
            status = parse_long(parser, text);
        else
            status = parse_short(parser, text);
    }
    return status;
}

/* How many of the operands are the words of this command's name; 0 = it is another command. */
static size_t match_command(const struct cw_command *command, const struct cw_options *options)
{
    size_t first = strcspn(command->name, " ");
    const char *second = command->name[first] ? command->name + first + 1 : NULL;
    char **words = options->operands;
    if (strlen(words[0]) != first || memcmp(words[0], command->name, first) != 0)
        return 0;
    if (!second)
        return 1;
    return options->operand_count > 1 && strcmp(words[1], second) == 0 ? 2 : 0;
}

/* True for the first word of a command that has two. */
static bool is_group(const char *name, const char *word)
{
    size_t size = strlen(word);
    return strncmp(name, word, size) == 0 && name[size] == ' ';
}

static int refuse_command(const struct cw_options *options, struct cw_error *error)
{
    bool one_word = options->operand_count == 1;
    char typed[64];
    struct cw_suggestion first, both;
    (void)snprintf(typed, sizeof(typed), "%s %s", options->operands[0],
                   one_word ? "" : options->operands[1]);
    cw_suggestion_start(&first, options->operands[0]);
    cw_suggestion_start(&both, typed);
    for (size_t i = 0; i < cw_command_count; i++) {
        const char *name = cw_commands[i].name;
        if (one_word && is_group(name, options->operands[0]))
            return refuse(error, "command", options->operands[0], " needs a second word");
        cw_suggestion_offer(strchr(name, ' ') ? &both : &first, name);
    }
    if (both.nearest)
        return refuse_unknown(error, "unknown command", typed, "", &both);
    return refuse_unknown(error, "unknown command", options->operands[0], "", &first);
}

static int find_command(struct cw_options *options, struct cw_error *error)
{
    for (size_t i = 0; i < cw_command_count; i++) {
        size_t words = match_command(&cw_commands[i], options);
        if (words == 0)
            continue;
        options->command = &cw_commands[i];
        options->operands += words;
        options->operand_count -= words;
        return CW_OK;
    }
    return refuse_command(options, error);
}

static int check_options(struct parser *parser)
{
    const struct cw_command *command = parser->options->command;
    char why[64];
    (void)snprintf(why, sizeof(why), " does not belong to '%s'", command->name);
    for (size_t i = 0; i < CW_OPTION_COUNT; i++) {
        const struct cw_option *option = &cw_options_table[i];
        if (parser->options->given[i] && !(option->commands & (1U << command->id)))
            return refuse_option(parser, option, why);
    }
    return CW_OK;
}

static int check_operands(const struct cw_options *options, struct cw_error *error)
{
    const struct cw_command *command = options->command;
    char why[64];
    (void)snprintf(why, sizeof(why), " needs %s", command->operands);
    if (options->operand_count < (size_t)command->least)
        return refuse(error, "command", command->name, why);
    if (options->operand_count > (size_t)command->most)
        return refuse(error, "unexpected argument", options->operands[command->most], "");
    return CW_OK;
}

/* Help and version are given whatever else is missing or wrong. */
static int check_command(struct parser *parser)
{
    struct cw_options *options = parser->options;
    bool informs = options->given[CW_OPTION_HELP] || options->given[CW_OPTION_VERSION];
    if (options->operand_count == 0)
        return CW_OK;
    int status = find_command(options, parser->error);
    if (informs)
        return CW_OK;
    if (status < 0)
        return status;
    if (!options->command->run)
        return refuse(parser->error, "command", options->command->name,
                      " is not available in this version");
    status = check_options(parser);
    return status < 0 ? status : check_operands(options, parser->error);
}

int cw_options_parse(int argc, char **argv, struct cw_options *ret_options, struct cw_error *error)
{
    struct cw_options options = {.operands = argv};
    struct parser parser = {argc > 0 ? argv + 1 : argv, &options, error};
    int status = parse_words(&parser);
    if (status == CW_OK)
        status = check_command(&parser);
    if (status == CW_OK)
        *ret_options = options;
    return status;
}
