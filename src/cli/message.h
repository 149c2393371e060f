/* What is said to the user beside the report: standard error, with the program's name in front. */
#ifndef CW_CLI_MESSAGE_H
#define CW_CLI_MESSAGE_H

#include "cbswhy/output.h"

/* "cbswhy: text". What a file name holds is shown as cw_output_line() says. */
void cw_message(const char *text);

/* An output that goes to standard error as it is: problems in rule files keep the form
 * "file:line:column: ..." at the start of the line, which editors understand. */
extern const struct cw_output cw_message_output;

#endif
