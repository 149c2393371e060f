/* The terminal, if there is one. Together with src/base/os.c the only place that calls POSIX. */
#ifndef CW_CLI_TERMINAL_H
#define CW_CLI_TERMINAL_H

#include <stdbool.h>

#include "cbswhy/output.h"

/* A write to a closed pipe then fails with EPIPE and does not end the process. */
void cw_terminal_ignore_broken_pipe(void);

bool cw_terminal_is_input(void);
bool cw_terminal_is_output(void);

/* True when colours are welcome on standard output: a terminal, TERM not "dumb", and NO_COLOR
 * (https://no-color.org) unset or empty. */
bool cw_terminal_has_colour(void);

/* True when a line that is rewritten in place can be shown on standard error. */
bool cw_terminal_shows_progress(void);
/* Columns of the terminal on standard error; 0 when it does not say. */
int cw_terminal_error_width(void);

/* The language that LC_ALL, LC_MESSAGES or LANG ask for, the first of them that is not empty. One
 * of a character set that is not UTF-8 can not show Chinese: that is English, too. */
enum cw_language cw_terminal_language(void);

/* Columns of the terminal on standard output; 0 when it is none or does not say. */
int cw_terminal_width(void);

#endif
