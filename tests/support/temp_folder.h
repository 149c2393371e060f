/* A folder for one test program, made in the working directory, which lies in the build tree. What
 * can not be made fails the test. */
#ifndef CW_TESTS_TEMP_FOLDER_H
#define CW_TESTS_TEMP_FOLDER_H

#include "base/str.h"

enum { TEMP_PATH_MOST = 512 };

struct temp_path {
    char text[TEMP_PATH_MOST];
};

/* As set-up and tear-down of a cmocka group; *state is then the folder's path. */
int temp_folder_make(void **state);
int temp_folder_remove(void **state);

/* FOLDER/NAME; the folder itself for "". */
struct temp_path temp_path(void **state, const char *name);

void temp_file(void **state, const char *name, struct cw_str bytes);
void temp_subfolder(void **state, const char *name);
/* A symbolic link that holds `target` as it is. */
void temp_link(void **state, const char *name, const char *target);
/* A named pipe, of which nothing can be read. */
void temp_pipe(void **state, const char *name);

#endif
