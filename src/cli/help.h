/* --help, --version and the short usage, made from the tables of commands and options. */
#ifndef CW_CLI_HELP_H
#define CW_CLI_HELP_H

#include "cli/options.h"

/* About one command, or about all when the options name none that is available. */
enum cw_exit cw_help(const struct cw_options *options);
enum cw_exit cw_help_version(const struct cw_options *options);
/* Two lines on standard error. */
enum cw_exit cw_help_usage(void);

#endif
