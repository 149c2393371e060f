/* Whether paths are logs of one machine, as far as their names can tell. */
#ifndef CW_INPUT_MACHINE_PATH_H
#define CW_INPUT_MACHINE_PATH_H

#include "base/str.h"

/* True when both have the name that Windows gives to a log, with the same words in front of it, and
 * lie in one folder, or in the folders where one Windows keeps its logs: "PC1/CBS.log" and
 * "PC1/setupapi.dev.log", "PC1_CBS.log" and "PC1_dism.log", "C/Windows/Logs/CBS/CBS.log" and
 * "C/Windows/INF/setupapi.dev.log", "case/CBS/CbsPersist_1.cab" and "case/INF/setupapi.app.log".
 * Logs with names of their own ("sample1.log") are of a machine each, as folders are. Nothing is
 * opened. */
bool cw_paths_of_one_machine(struct cw_str a, struct cw_str b);

#endif
