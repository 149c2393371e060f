#include "cli/session.h"

#include <stdio.h>
#include <string.h>

#include "cbswhy/analysis.h"
#include "cli/message.h"
#include "cli/terminal.h"

static bool is_standard_output(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

static bool wants_colour(const struct cw_options *options, const char *path)
{
    switch ((enum cw_colour)options->choice[CW_OPTION_COLOUR]) {
    case CW_COLOUR_ALWAYS:
        return true;
    case CW_COLOUR_NEVER:
        return false;
    case CW_COLOUR_AUTO:
        break;
    }
    return !path && cw_terminal_has_colour();
}

/* A file is laid out for nobody's terminal, so that it is the same on every machine. */
static struct cw_style choose_style(const struct cw_options *options, const char *path)
{
    int language = options->given[CW_OPTION_LANGUAGE] ? options->choice[CW_OPTION_LANGUAGE]
                                                      : (int)cw_terminal_language();
    return (struct cw_style){
        .colour = wants_colour(options, path),
        .width = path ? 0 : cw_terminal_width(),
        .verbose = options->given[CW_OPTION_VERBOSE],
        .language = (enum cw_language)language,
        .all_titles = options->given[CW_OPTION_LANGUAGE],
    };
}

static void close_targets(struct cw_session *session)
{
    for (size_t i = 0; i < session->target_count; i++) {
        struct cw_error error = {0};
        bool keep = session->status != CW_EXIT_INTERNAL && !session->abandoned;
        int status = cw_file_output_close(session->targets[i].file, keep, &error);
        session->targets[i].file = NULL;
        if (status < 0 && status != CW_ERR_CLOSED)
            cw_session_fail(session, CW_EXIT_INTERNAL, &error);
    }
}

static bool open_target(struct cw_session *session, const struct cw_target *wanted)
{
    struct cw_error error = {0};
    const char *path = wanted->path ? wanted->path : session->options->value[CW_OPTION_OUTPUT];
    struct cw_session_target target = {
        .format = (enum cw_report_format)wanted->format,
        .style = choose_style(session->options, path),
    };
    if (cw_file_output_open(path, &target.file, &error) < 0) {
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
        return false;
    }
    target.output = cw_file_output_stream(target.file);
    session->targets[session->target_count++] = target;
    return true;
}

static const char *path_of(const struct cw_options *options, size_t target)
{
    const char *path = options->targets[target].path;
    return path ? path : options->value[CW_OPTION_OUTPUT];
}

/* Two reports in one place would be none. */
static bool has_own_places(const struct cw_options *options)
{
    bool takes_output = options->target_count == 0;
    for (size_t i = 0; i < options->target_count; i++) {
        const char *path = path_of(options, i);
        takes_output |= !options->targets[i].path;
        for (size_t k = 0; k < i; k++) {
            const char *other = path_of(options, k);
            bool same = is_standard_output(path) ? is_standard_output(other)
                                                 : other && strcmp(path, other) == 0;
            if (!same)
                continue;
            cw_message("two reports would go to one place; give each its own: --format=json=FILE");
            return false;
        }
    }
    if (takes_output || !options->given[CW_OPTION_OUTPUT])
        return true;
    cw_message("every --format names its file: there is nothing left for --output");
    return false;
}

/* Nor is a map what a report was written over. */
static bool map_has_own_place(const struct cw_options *options)
{
    const char *map = options->value[CW_OPTION_REDACT_MAP];
    const char *output = options->value[CW_OPTION_OUTPUT];
    bool taken = map && output && strcmp(map, output) == 0;
    for (size_t i = 0; i < options->target_count && map && !taken; i++) {
        const char *path = path_of(options, i);
        taken = path && strcmp(map, path) == 0;
    }
    if (taken)
        cw_message("a report would replace the map of --redact-map; give it a file of its own");
    return !taken;
}

bool cw_session_open(const struct cw_options *options, struct cw_session *ret_session)
{
    static const struct cw_target standard = {CW_FORMAT_TEXT, NULL};
    *ret_session = (struct cw_session){.options = options};
    if (!has_own_places(options) || !map_has_own_place(options)) {
        ret_session->status = CW_EXIT_USAGE;
        return false;
    }
    bool open = options->target_count > 0 || open_target(ret_session, &standard);
    for (size_t i = 0; i < options->target_count && open; i++)
        open = open_target(ret_session, &options->targets[i]);
    if (!open)
        close_targets(ret_session);
    else
        ret_session->output = ret_session->targets[0].output;
    return open;
}

enum cw_exit cw_session_close(struct cw_session *session)
{
    close_targets(session);
    return session->status;
}

bool cw_session_lost_output(const struct cw_session *session)
{
    for (size_t i = 0; i < session->target_count; i++) {
        if (session->targets[i].file && cw_file_output_failure(session->targets[i].file) < 0)
            return true;
    }
    return false;
}

void cw_session_raise(struct cw_session *session, enum cw_exit status)
{
    if (status > session->status)
        session->status = status;
}

void cw_session_fail(struct cw_session *session, enum cw_exit status, const struct cw_error *error)
{
    if (cw_session_lost_output(session))
        return;
    cw_message(error->text);
    cw_session_raise(session, error->status == CW_ERR_NOMEM ? CW_EXIT_INTERNAL : status);
}

static void note_left_out(struct cw_session *session, const struct cw_rules_places *places,
                          size_t errors)
{
    char text[480];
    if (errors == 0)
        return;
    (void)snprintf(
        text, sizeof(text), "%zu %s in the rules of '%s'; what they concern was left out", errors,
        errors == 1 ? "error" : "errors", places->added ? places->added : places->folder);
    cw_message(text);
    cw_session_raise(session, CW_EXIT_RULES);
}

bool cw_session_rules(struct cw_session *session, struct cw_rules **ret_rules)
{
    struct cw_error error = {0};
    size_t errors = 0;
    const struct cw_rules_places places = {session->options->value[CW_OPTION_RULES],
                                           session->options->value[CW_OPTION_ADD_RULES]};
    bool own = places.folder || places.added;
    int status = own ? cw_rules_open(&places, &cw_message_output, ret_rules, &errors, &error)
                     : cw_rules_open_builtin(ret_rules, &error);
    note_left_out(session, &places, errors);
    if (status < 0)
        cw_session_fail(session, own ? CW_EXIT_RULES : CW_EXIT_INTERNAL, &error);
    return status >= 0;
}

bool cw_session_knows_encoding(const struct cw_options *options)
{
    struct cw_error error = {0};
    const char *encoding = options->value[CW_OPTION_ENCODING];
    if (!encoding || cw_encoding_check(encoding, &error) == CW_OK)
        return true;
    cw_message(error.text);
    return false;
}

bool cw_session_lacks_input(const struct cw_options *options)
{
    return options->operand_count == 0 && cw_terminal_is_input();
}

size_t cw_session_input_count(const struct cw_options *options)
{
    return options->operand_count > 0 ? options->operand_count : 1;
}

const char *cw_session_input(const struct cw_options *options, size_t index)
{
    return options->operand_count > 0 ? options->operands[index] : "-";
}
