/* Standard C knows no terminals; this file does, so that no other has to. */
#define _POSIX_C_SOURCE 200809L

#include "cli/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void cw_terminal_ignore_broken_pipe(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
}

bool cw_terminal_is_input(void)
{
    return isatty(STDIN_FILENO) == 1;
}

bool cw_terminal_is_output(void)
{
    return isatty(STDOUT_FILENO) == 1;
}

bool cw_terminal_has_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (no_colour && *no_colour)
        return false;
    return cw_terminal_is_output() && term && strcmp(term, "dumb") != 0;
}

int cw_terminal_width(void)
{
    struct winsize size;
    if (!cw_terminal_is_output() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}
