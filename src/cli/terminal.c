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

/* "zh_CN", "zh_CN.UTF-8", "zh_SG.utf8@stroke"; the name's form is language_TERRITORY.codeset. */
static bool is_chinese(const char *locale)
{
    static const char *const names[] = {"zh", "zh_CN", "zh_SG", "zh_Hans"};
    size_t size = strcspn(locale, ".@");
    const char *codeset = locale[size] == '.' ? locale + size + 1 : "UTF-8";
    if (strncmp(codeset, "UTF-8", 5) != 0 && strncmp(codeset, "utf8", 4) != 0)
        return false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strlen(names[i]) == size && memcmp(names[i], locale, size) == 0)
            return true;
    }
    return false;
}

enum cw_language cw_terminal_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
        const char *locale = getenv(variables[i]);
        if (locale && *locale)
            return is_chinese(locale) ? CW_LANGUAGE_ZH_CN : CW_LANGUAGE_EN;
    }
    return CW_LANGUAGE_EN;
}

int cw_terminal_width(void)
{
    return cw_terminal_is_output() ? width_of(STDOUT_FILENO) : 0;
}
