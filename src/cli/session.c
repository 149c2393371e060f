#include "cli/session.h"

#include <stdio.h>

#include "cbswhy/analysis.h"
#include "cli/message.h"
#include "cli/terminal.h"

static bool wants_colour(const struct cw_options *options)
{
    switch ((enum cw_colour)options->choice[CW_OPTION_COLOUR]) {
    case CW_COLOUR_ALWAYS:
        return true;
    case CW_COLOUR_NEVER:
        return false;
    case CW_COLOUR_AUTO:
        break;
    }
    return !options->given[CW_OPTION_OUTPUT] && cw_terminal_has_colour();
}

/* A file is laid out for nobody's terminal, so that it is the same on every machine. */
static int choose_width(const struct cw_options *options)
{
    return options->given[CW_OPTION_OUTPUT] ? 0 : cw_terminal_width();
}

bool cw_session_open(const struct cw_options *options, struct cw_session *ret_session)
{
    struct cw_error error = {0};
    struct cw_session session = {
        .options = options,
        .style = {wants_colour(options), choose_width(options)},
        .format = (enum cw_report_format)options->choice[CW_OPTION_FORMAT],
    };
    int status = cw_file_output_open(options->value[CW_OPTION_OUTPUT], &session.file, &error);
    if (status < 0)
        cw_session_fail(&session, CW_EXIT_INTERNAL, &error);
    else
        session.output = cw_file_output_stream(session.file);
    *ret_session = session;
    return status == CW_OK;
}

enum cw_exit cw_session_close(struct cw_session *session)
{
    struct cw_error error = {0};
    bool keep = session->status != CW_EXIT_INTERNAL;
    int status = cw_file_output_close(session->file, keep, &error);
    session->file = NULL;
    if (status < 0 && status != CW_ERR_CLOSED)
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
    return session->status;
}

void cw_session_raise(struct cw_session *session, enum cw_exit status)
{
    if (status > session->status)
        session->status = status;
}

void cw_session_fail(struct cw_session *session, enum cw_exit status, const struct cw_error *error)
{
    if (session->file && cw_file_output_failure(session->file) < 0)
        return;
    cw_message(error->text);
    cw_session_raise(session, error->status == CW_ERR_NOMEM ? CW_EXIT_INTERNAL : status);
}

static void note_left_out(struct cw_session *session, const char *folder, size_t errors)
{
    char text[480];
    if (errors == 0)
        return;
    (void)snprintf(text, sizeof(text),
                   "%zu %s in the rules of '%s'; what they concern was left out", errors,
                   errors == 1 ? "error" : "errors", folder);
    cw_message(text);
    cw_session_raise(session, CW_EXIT_RULES);
}

bool cw_session_rules(struct cw_session *session, struct cw_rules **ret_rules)
{
    struct cw_error error = {0};
    size_t errors = 0;
    const char *folder = session->options->value[CW_OPTION_RULES];
    int status = folder
                     ? cw_rules_open_folder(folder, &cw_message_output, ret_rules, &errors, &error)
                     : cw_rules_open_builtin(ret_rules, &error);
    note_left_out(session, folder, errors);
    if (status < 0)
        cw_session_fail(session, folder ? CW_EXIT_RULES : CW_EXIT_INTERNAL, &error);
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
