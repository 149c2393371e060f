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

static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return !term || strcmp(term, "dumb") == 0;
}

bool cw_terminal_has_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    if (no_colour && *no_colour)
        return false;
    return cw_terminal_is_output() && !is_dumb();
}

bool cw_terminal_shows_progress(void)
{
    return isatty(STDERR_FILENO) == 1 && !is_dumb();
}

static int width_of(int file)
{
    struct winsize size;
    return ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int cw_terminal_error_width(void)
{
    return width_of(STDERR_FILENO);
}

int cw_terminal_width(void)
{
    return cw_terminal_is_output() ? width_of(STDOUT_FILENO) : 0;
}
