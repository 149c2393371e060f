#include "cli/redacting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"

enum { LINE_MOST = 1024 };

/* One line, for a message. */
struct line {
    char text[LINE_MOST];
    size_t len;
};

static int append(void *context, const char *bytes, size_t size)
{
    struct line *line = context;
    size_t room = sizeof(line->text) - 1 - line->len;
    size_t count = size < room ? size : room;
    if (count)
        memcpy(line->text + line->len, bytes, count);
    line->len += count;
    line->text[line->len] = '\0';
    return CW_OK;
}

static bool is_wanted(const struct cw_options *options)
{
    return options->given[CW_OPTION_REDACT] || options->given[CW_OPTION_REDACT_MAP] ||
           options->given[CW_OPTION_REDACT_WORD];
}

static int set_up(const struct cw_options *options, struct cw_redaction *redaction,
                  struct cw_error *error)
{
    const char *map = options->value[CW_OPTION_REDACT_MAP];
    int status = map ? cw_redaction_read_map(redaction, map, error) : CW_OK;
    for (size_t i = 0; i < options->word_count && status == CW_OK; i++)
        status = cw_redaction_add_word(redaction, options->words[i], error);
    return status;
}

bool cw_redacting_open(struct cw_session *session, struct cw_redaction **ret_redaction)
{
    struct cw_error error = {0};
    *ret_redaction = NULL;
    if (!is_wanted(session->options))
        return true;
    int status = cw_redaction_new(ret_redaction, &error);
    if (status == CW_OK)
        status = set_up(session->options, *ret_redaction, &error);
    if (status == CW_OK)
        return true;
    session->abandoned = true;
    cw_session_fail(session, CW_EXIT_INPUT, &error);
    return false;
}

void cw_redacting_say(struct cw_session *session, const struct cw_redaction *redaction)
{
    struct line line = {.len = 0};
    const struct cw_output output = {append, &line};
    struct cw_error error = {0};
    if (!redaction)
        return;
    (void)append(&line, "redacted: ", strlen("redacted: "));
    if (cw_redaction_write_summary(redaction, &output, &error) < 0)
        cw_session_fail(session, CW_EXIT_INTERNAL, &error);
    else
        cw_message(line.text);
}

void cw_redacting_fail(struct cw_session *session, struct cw_redaction *redaction,
                       enum cw_exit status, const struct cw_error *error)
{
    struct line line = {.len = 0};
    const struct cw_output output = {append, &line};
    struct cw_error safe = *error;
    if (redaction && cw_redaction_write(redaction, error->text, &output, &safe) == CW_OK)
        (void)snprintf(safe.text, sizeof(safe.text), "%.*s", (int)sizeof(safe.text) - 1, line.text);
    cw_session_fail(session, status, &safe);
}

static int write_hidden(void *context, const char *bytes, size_t size)
{
    struct cw_error error = {0};
    char *text = malloc(size + 1);
    if (!text)
        return CW_ERR_NOMEM;
    memcpy(text, bytes, size);
    text[size] = '\0';
    int status = cw_redaction_write(context, text, &cw_message_output, &error);
    free(text);
    return status;
}

struct cw_output cw_redacting_output(struct cw_redaction *redaction)
{
    return (struct cw_output){write_hidden, redaction};
}

void cw_redacting_save(struct cw_session *session, const struct cw_redaction *redaction)
{
    struct cw_error error = {0};
    const char *map = session->options->value[CW_OPTION_REDACT_MAP];
    bool lost = session->abandoned || session->status == CW_EXIT_INTERNAL;
    if (!redaction || !map || lost || cw_redaction_write_map(redaction, map, &error) == CW_OK)
        return;
    session->abandoned = true;
    cw_session_fail(session, CW_EXIT_INTERNAL, &error);
}
