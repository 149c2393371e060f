#include "cli/help.h"
#include "cli/message.h"
#include "cli/terminal.h"

static enum cw_exit run(const struct cw_options *options)
{
    if (options->given[CW_OPTION_HELP])
        return cw_help(options);
    if (options->given[CW_OPTION_VERSION])
        return cw_help_version(options);
    if (!options->command)
        return cw_help_usage();
    return options->command->run(options);
}

int main(int argc, char **argv)
{
    struct cw_options options;
    struct cw_error error = {0};
    cw_terminal_ignore_broken_pipe();
    if (cw_options_parse(argc, argv, &options, &error) < 0) {
        cw_message(error.text);
        cw_message("try 'cbswhy --help'");
        return CW_EXIT_USAGE;
    }
    return (int)run(&options);
}
