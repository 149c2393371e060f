/* What a driver section shows of packages that were installed and things that were written. */
#ifndef CW_MODEL_SECTION_PAST_H
#define CW_MODEL_SECTION_PAST_H

#include "model/episode.h"
#include "model/past.h"

enum { CW_SECTION_WRITES = 3 }; /* service, registry key, file */
enum { CW_SECTION_PLACES = 16 };

/* Of the section under way. */
struct cw_section_past {
    struct cw_install install;
    struct cw_past_line open[CW_SECTION_WRITES]; /* where the writing under way was begun */
    bool imports; /* it brings a package: an older one that it takes away is no removal */
    struct cw_past_name key; /* the registry key named last */
    /* What was written since the last time in the section: its first line, 0 = none, and where the
     * first of it is kept. */
    uint64_t undated;
    size_t places[CW_SECTION_PLACES];
    size_t place_count; /* with those for which there is no room */
};

/* Takes an event of the section. False when memory is exhausted. */
bool cw_section_past_event(struct cw_section_past *now, struct cw_past *past,
                           struct cw_section *section, const struct cw_event *event);

/* The section has a later time: what was written before was written by then. */
void cw_section_past_date(struct cw_section_past *now, struct cw_past *past,
                          const struct cw_section *section);

/* The section has ended, well or not; begins anew. False when memory is exhausted. */
bool cw_section_past_end(struct cw_section_past *now, struct cw_past *past,
                         const struct cw_section *section);

#endif
