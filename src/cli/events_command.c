/* cbswhy events: the normalised events, one JSON object a line. */
#include "cbswhy/analysis.h"

#include "cli/help.h"
#include "cli/session.h"

enum cw_exit cw_command_events(const struct cw_options *options)
{
    struct cw_session session;
    size_t count = cw_session_input_count(options);
    if (cw_session_lacks_input(options))
        return cw_help_usage();
    if (!cw_session_knows_encoding(options))
        return CW_EXIT_USAGE;
    if (!cw_session_open(options, &session))
        return session.status;
    for (size_t i = 0; i < count && !cw_session_lost_output(&session); i++) {
        struct cw_error error = {0};
        if (cw_events_write(cw_session_input(options, i), options->value[CW_OPTION_ENCODING],
                            session.output, &error) < 0)
            cw_session_fail(&session, CW_EXIT_INPUT, &error);
    }
    return cw_session_close(&session);
}
