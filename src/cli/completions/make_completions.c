/* make_completions TEMPLATE OUTPUT: runs in the build. Copies the template, a completion script,
 * and puts the tables of commands and options where it has the line "@table@":
 *
 *     _cbswhy_command 'rules show' 'ID' 'show one rule in full'
 *     _cbswhy_option 'analyze,code' 'output' 'o' 'FILE' 'write to FILE; ...'
 *
 * bash, zsh and fish read such a line alike; the template says what the two functions do. */
#include <stdio.h>
#include <string.h>

#include "cli/options.h"

static void put_quoted(FILE *out, const char *text)
{
    (void)fputs(" '", out);
    for (; *text; text++) {
        if (*text == '\'')
            (void)fputs("'\\''", out);
        else
            (void)fputc(*text, out);
    }
    (void)fputc('\'', out);
}

static void put_command(FILE *out, const struct cw_command *command)
{
    (void)fputs("_cbswhy_command", out);
    put_quoted(out, command->name);
    put_quoted(out, command->operands);
    put_quoted(out, command->summary);
    (void)fputc('\n', out);
}

static void put_option(FILE *out, const struct cw_option *option)
{
    const char letter[2] = {option->letter, '\0'};
    char commands[200] = "";
    size_t used = 0;
    for (size_t i = 0; i < cw_command_count; i++) {
        const struct cw_command *command = &cw_commands[i];
        if (!command->run || !(option->commands & (1U << command->id)))
            continue;
        int added = snprintf(commands + used, sizeof(commands) - used, "%s%s", used ? "," : "",
                             command->name);
        used += (size_t)added;
        if (added < 0 || used >= sizeof(commands))
            return;
    }
    (void)fputs("_cbswhy_option", out);
    put_quoted(out, commands);
    put_quoted(out, option->name);
    put_quoted(out, letter);
    put_quoted(out, option->argument ? option->argument : "");
    put_quoted(out, option->help);
    (void)fputc('\n', out);
}

static void put_table(FILE *out)
{
    for (size_t i = 0; i < cw_command_count; i++) {
        if (cw_commands[i].run)
            put_command(out, &cw_commands[i]);
    }
    for (size_t i = 0; i < CW_OPTION_COUNT; i++)
        put_option(out, &cw_options_table[i]);
}

/* False when the template has no place for the table. */
static bool fill(FILE *template, FILE *out)
{
    char line[256];
    bool filled = false;
    while (fgets(line, sizeof(line), template)) {
        if (strcmp(line, "@table@\n") == 0) {
            put_table(out);
            filled = true;
        } else {
            (void)fputs(line, out);
        }
    }
    return filled;
}

int main(int argc, char **argv)
{
    FILE *template = argc == 3 ? fopen(argv[1], "r") : NULL;
    FILE *out = template ? fopen(argv[2], "w") : NULL;
    bool good = out && fill(template, out) && !ferror(template) && !ferror(out);
    if (out && fclose(out) != 0)
        good = false;
    if (template)
        (void)fclose(template);
    if (!good)
        (void)fputs("make_completions: no template, no place for the output, or no @table@\n",
                    stderr);
    return good ? 0 : 1;
}
