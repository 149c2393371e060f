/* A package is put together from the sections that tell of it (model/past.h), in order of time, up
 * to the first refusal. Its place in the list follows from three questions:
 *
 *     what is it?            a filter of the file system, another driver of the kernel, a device's
 *     since when?            shortly before the refusal, or long
 *     could it be written?   the same thing was written while the package was there already
 *
 * Who filters files may have a callback for the registry, too; nothing in a log shows one.
 */
#include "diagnose/suspects.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/machines.h"

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* What a package is; a higher one can do more. */
enum strength { CAN_NOT, DRIVES_A_DEVICE, RUNS_IN_KERNEL, FILTERS };

struct package {
    struct cw_install facts; /* merged; `named` is of the latest installation */
    cw_time removed;         /* after `facts.named.time`, or CW_TIME_NONE */
    const struct cw_past_line *removal;
    const struct cw_class_facts *class;
    enum strength strength;
    int score;
};

struct ranking {
    const struct cw_refused_write *write;
    struct cw_arena *arena;
    struct package *packages;
    size_t count;
};

/* --- putting packages together --- */

static bool same_name(const struct cw_past_name *a, const struct cw_past_name *b)
{
    return a->len && cw_str_eq_nocase(cw_past_name(a), cw_past_name(b));
}

static bool differ(const struct cw_past_name *a, const struct cw_past_name *b)
{
    return a->len && b->len && !same_name(a, b);
}

/* Windows uses a published name again when a package is gone: the latest one counts. */
static struct package *find_package(struct ranking *ranking, const struct cw_install *install)
{
    for (size_t i = ranking->count; i > 0; i--) {
        struct package *package = &ranking->packages[i - 1];
        const struct cw_install *facts = &package->facts;
        if (same_name(&facts->published, &install->published) &&
            !differ(&facts->inf, &install->inf))
            return package;
        if (same_name(&facts->inf, &install->inf) &&
            !differ(&facts->published, &install->published))
            return package;
    }
    return NULL;
}

static void fill(struct cw_past_name *name, const struct cw_past_name *with)
{
    if (with->len)
        *name = *with;
}

static void merge_services(struct cw_install *facts, const struct cw_install *install)
{
    for (size_t i = 0; i < install->service_count; i++) {
        bool known = false;
        for (size_t k = 0; k < facts->service_count; k++)
            known |= same_name(&facts->services[k], &install->services[i]);
        if (!known && facts->service_count < CW_PAST_SERVICES)
            facts->services[facts->service_count++] = install->services[i];
    }
}

/* The line that names the provider says more than the title of a section. */
static void merge_lines(struct cw_install *facts, const struct cw_install *install)
{
    if (install->provider.len || facts->provider.len == 0)
        facts->named = install->named;
    if (install->service.line)
        facts->service = install->service;
}

static void merge(struct package *package, const struct cw_install *install)
{
    struct cw_install *facts = &package->facts;
    merge_lines(facts, install);
    fill(&facts->inf, &install->inf);
    fill(&facts->published, &install->published);
    fill(&facts->provider, &install->provider);
    /* An import knows its day, too. */
    if (facts->version.len == 0 || install->provider.len)
        fill(&facts->version, &install->version);
    fill(&facts->guid, &install->guid);
    fill(&facts->group, &install->group);
    merge_services(facts, install);
    facts->traits |= install->traits;
    package->removed = CW_TIME_NONE;
    package->removal = NULL;
}

static bool is_later(const struct cw_refused_write *write, const struct cw_past_line *line)
{
    if (write->at && write->at->source == line->source)
        return line->line > write->at->line;
    return line->time > write->time;
}

static void take(struct ranking *ranking, const struct cw_install *install)
{
    struct package *package = find_package(ranking, install);
    if (install->traits & CW_INSTALL_REMOVED) {
        if (package) {
            package->removed = install->named.time;
            package->removal = &install->named;
        }
        return;
    }
    if (is_later(ranking->write, &install->named))
        return;
    if (package) {
        merge(package, install);
        return;
    }
    ranking->packages[ranking->count++] =
        (struct package){.facts = *install, .removed = CW_TIME_NONE};
}

/* In order of time; what was done again at a time before the refusal counts then. */
static int compare_installs(const void *a, const void *b)
{
    const struct cw_install *left = a;
    const struct cw_install *right = b;
    if (left->named.time != right->named.time)
        return left->named.time < right->named.time ? -1 : 1;
    if (left->named.source != right->named.source)
        return left->named.source < right->named.source ? -1 : 1;
    return left->named.line < right->named.line ? -1 : left->named.line > right->named.line;
}

static bool is_there(const struct cw_refused_write *write, const struct cw_install *install)
{
    return install->named.time != CW_TIME_NONE &&
           write->c->sources[install->named.source].copy_of == CW_SOURCE_NONE &&
           cw_may_be_same_machine(write->c, write->source, install->named.source);
}

static bool gather(struct ranking *ranking)
{
    const struct cw_past *past = &ranking->write->c->past;
    struct cw_install *sorted =
        cw_arena_array(ranking->arena, past->install_count, sizeof(*sorted));
    size_t count = 0;
    ranking->packages =
        cw_arena_array(ranking->arena, past->install_count, sizeof(*ranking->packages));
    if (!sorted || !ranking->packages)
        return false;
    for (size_t i = 0; i < past->install_count; i++) {
        if (is_there(ranking->write, &past->installs[i]))
            sorted[count++] = past->installs[i];
    }
    if (count)
        qsort(sorted, count, sizeof(*sorted), compare_installs);
    for (size_t i = 0; i < count; i++)
        take(ranking, &sorted[i]);
    return true;
}

/* --- weighing one --- */

/* As the INFs of Windows spell it in their languages; "Microsoftware" is another. */
static bool is_microsoft(struct cw_str provider)
{
    static const char *const names[] = {
        "Microsoft",      "Майкрософт",     "微软",       "微軟",
        "マイクロソフト", "마이크로소프트", "مايكروسوفت", "מיקרוסופט",
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct cw_str name = cw_str_c(names[i]);
        size_t at = cw_str_find_nocase(provider, name);
        if (at == SIZE_MAX)
            continue;
        struct cw_str rest = cw_str_from(provider, at + name.len);
        char next = rest.len ? cw_to_lower(rest.ptr[0]) : ' ';
        if (next < 'a' || next > 'z')
            return true;
    }
    return cw_str_eq_nocase(provider, CW_STR("MSFT"));
}

/* What was being installed, what was gone, and what is no other vendor's: `provider`, in UTF-8. */
static bool is_cleared(const struct ranking *ranking, const struct package *package,
                       struct cw_str provider)
{
    const struct cw_strings *infs = ranking->write->infs;
    const struct cw_install *facts = &package->facts;
    bool gone = package->removal && !is_later(ranking->write, package->removal);
    return gone || is_microsoft(provider) || cw_strings_has(infs, cw_past_name(&facts->inf)) ||
           cw_strings_has(infs, cw_past_name(&facts->published));
}

static bool has_filter_group(const struct cw_install *facts)
{
    return cw_str_starts_nocase(cw_past_name(&facts->group), CW_STR("FSFilter"));
}

static enum strength strength_of(const struct package *package)
{
    const struct cw_install *facts = &package->facts;
    enum cw_class_kind kind = package->class ? package->class->kind : CW_CLASS_UNKNOWN;
    unsigned in_kernel = CW_INSTALL_KERNEL | CW_INSTALL_FILE_SYSTEM | CW_INSTALL_ATTACHED;
    bool only_program = (facts->traits & CW_INSTALL_USER_MODE) && !(facts->traits & in_kernel);
    bool may_be_driver = (facts->traits & (in_kernel | CW_INSTALL_SERVICE)) && !only_program;
    if (kind == CW_CLASS_FILTER || has_filter_group(facts) ||
        (facts->traits & CW_INSTALL_FILE_SYSTEM))
        return FILTERS;
    if (!may_be_driver || (kind == CW_CLASS_SOFTWARE && !(facts->traits & in_kernel)))
        return CAN_NOT;
    if (facts->traits & CW_INSTALL_ATTACHED)
        return RUNS_IN_KERNEL;
    return kind == CW_CLASS_DEVICE || kind == CW_CLASS_SOFTWARE ? DRIVES_A_DEVICE : RUNS_IN_KERNEL;
}

/* How near to the refusal it was installed: 3 within a week, 0 longer than half a year ago. */
static int recency_of(const struct ranking *ranking, const struct package *package)
{
    cw_time age = (ranking->write->time - package->facts.named.time) / DAY;
    return age < 8 ? 3 : age < 32 ? 2 : age < 184 ? 1 : 0;
}

static bool was_written_since(const struct ranking *ranking, const struct package *package)
{
    return ranking->write->written != CW_TIME_NONE &&
           ranking->write->written > package->facts.named.time;
}

/* Nothing but its being there would speak against it otherwise. */
static bool is_suspect(const struct ranking *ranking, const struct package *package)
{
    int recency = recency_of(ranking, package);
    bool since_written = ranking->write->written != CW_TIME_NONE &&
                         ranking->write->written <= package->facts.named.time;
    switch (package->strength) {
    case FILTERS:
        return true;
    case RUNS_IN_KERNEL:
        return recency >= 2 || (since_written && recency >= 1);
    case DRIVES_A_DEVICE:
        return recency >= 3 || (since_written && recency >= 2);
    case CAN_NOT:
        break;
    }
    return false;
}

/* It was taken away between the refusal and the next time that the same thing was written. */
static bool is_gone_when_written(const struct ranking *ranking, const struct package *package)
{
    const struct cw_refused_write *write = ranking->write;
    return package->removed != CW_TIME_NONE && write->written_later != CW_TIME_NONE &&
           package->removed > write->time && package->removed <= write->written_later;
}

static int score_of(const struct ranking *ranking, const struct package *package)
{
    int score = (int)package->strength * 4 + recency_of(ranking, package) * 2;
    score += package->facts.traits & CW_INSTALL_EARLY ? 1 : 0;
    score += is_gone_when_written(ranking, package) ? 6 : 0;
    if (ranking->write->written != CW_TIME_NONE)
        score += was_written_since(ranking, package) ? -4 : 2;
    return score;
}

/* More than its being there speaks for it. */
static bool is_strong(const struct ranking *ranking, const struct package *package)
{
    return is_gone_when_written(ranking, package) ||
           (package->strength == FILTERS && !was_written_since(ranking, package) &&
            recency_of(ranking, package) >= 2);
}

static int compare_packages(const void *a, const void *b)
{
    const struct package *left = a;
    const struct package *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return -compare_installs(&left->facts, &right->facts);
}

/* --- telling --- */

struct telling {
    const struct ranking *ranking;
    const struct package *package;
    struct cw_suspect *suspect;
};

/* In UTF-8, like all text of the report. */
static bool keep(const struct ranking *ranking, size_t source, struct cw_str text,
                 struct cw_str *ret_text)
{
    struct cw_str copy;
    return cw_arena_str(ranking->arena, text, &copy) &&
           cw_codepage_convert(ranking->write->c->sources[source].text, ranking->arena, copy,
                               ret_text);
}

static bool keep_line(const struct telling *telling, const struct cw_past_line *line,
                      struct cw_chain_item *ret_item)
{
    *ret_item = (struct cw_chain_item){
        .role = CW_CHAIN_CAUSE,
        .time = line->time,
        .time_approximate = line->time_approximate,
        .source = line->source,
        .line = line->line,
        .last_line = line->last_line,
    };
    return keep(telling->ranking, line->source, cw_past_text(line), &ret_item->text);
}

static bool reason(const struct telling *telling, const char *text)
{
    struct cw_strings *reasons = &telling->suspect->reasons;
    return reasons->count == CW_REASONS_MOST ||
           cw_strings_add(reasons, telling->ranking->arena, cw_str_c(text));
}

static bool tell_age(const struct telling *telling)
{
    char text[120];
    const struct cw_refused_write *write = telling->ranking->write;
    cw_time age = write->time - telling->package->facts.named.time;
    if (age < 0)
        return reason(telling, "installed before the first refusal by its place in the log; the "
                               "clock was put back in between");
    if (age < HOUR)
        return reason(telling, "installed less than an hour before the first refusal");
    if (age < 2 * (cw_time)DAY)
        (void)snprintf(text, sizeof(text), "installed %lld hours before the first refusal",
                       (long long)(age / HOUR));
    else
        (void)snprintf(text, sizeof(text), "installed %lld days before the first refusal",
                       (long long)(age / DAY));
    return reason(telling, text);
}

static bool tell_filter(const struct telling *telling)
{
    char text[200];
    const struct package *package = telling->package;
    if (package->class && package->class->kind == CW_CLASS_FILTER) {
        (void)snprintf(text, sizeof(text), "its class, %.*s, is one of file system filters",
                       CW_STR_ARG(package->class->name));
        return reason(telling, text);
    }
    if (has_filter_group(&package->facts)) {
        (void)snprintf(text, sizeof(text),
                       "its load order group, %.*s, is one of file system filters",
                       CW_STR_ARG(telling->suspect->group));
        return reason(telling, text);
    }
    return reason(telling, "its service is a file system driver");
}

static bool tell_strength(const struct telling *telling)
{
    const struct package *package = telling->package;
    if (package->strength == FILTERS)
        return tell_filter(telling);
    if (package->facts.traits & CW_INSTALL_ATTACHED)
        return reason(telling, "it attaches itself to devices as a filter");
    if (package->strength == DRIVES_A_DEVICE)
        return reason(telling, "it drives a device; nothing in the logs says that it filters");
    return reason(telling, "it runs in the kernel; nothing in the logs says that it filters");
}

static bool tell_course(const struct telling *telling)
{
    const struct package *package = telling->package;
    const struct ranking *ranking = telling->ranking;
    if ((package->facts.traits & CW_INSTALL_EARLY) &&
        !reason(telling, "it is loaded when the system starts, before updates are finished"))
        return false;
    if (was_written_since(ranking, package) &&
        !reason(telling, "it was there already when the same thing was last written: that it is "
                         "installed is not enough"))
        return false;
    if (ranking->write->written != CW_TIME_NONE && !was_written_since(ranking, package) &&
        !reason(telling, "it came after the same thing was last written"))
        return false;
    return !is_gone_when_written(ranking, package) ||
           (keep_line(telling, package->removal, &telling->suspect->removal) &&
            reason(telling, "after it was removed, the same thing could be written"));
}

static bool name_class(const struct telling *telling)
{
    const struct package *package = telling->package;
    if (!package->class)
        return keep(telling->ranking, package->facts.named.source,
                    cw_past_name(&package->facts.guid), &telling->suspect->class);
    telling->suspect->class = package->class->name;
    return true;
}

static bool tell_names(const struct telling *telling)
{
    struct cw_suspect *suspect = telling->suspect;
    const struct cw_install *facts = &telling->package->facts;
    size_t source = facts->named.source;
    for (size_t i = 0; i < facts->service_count; i++) {
        struct cw_str name;
        if (!keep(telling->ranking, source, cw_past_name(&facts->services[i]), &name) ||
            !cw_strings_add(&suspect->services, telling->ranking->arena, name))
            return false;
    }
    return keep(telling->ranking, source, cw_past_name(&facts->inf), &suspect->inf) &&
           keep(telling->ranking, source, cw_past_name(&facts->published), &suspect->published) &&
           keep(telling->ranking, source, cw_past_name(&facts->provider), &suspect->provider) &&
           keep(telling->ranking, source, cw_past_name(&facts->version), &suspect->version) &&
           keep(telling->ranking, source, cw_past_name(&facts->group), &suspect->group) &&
           name_class(telling);
}

static bool tell(const struct ranking *ranking, const struct package *package,
                 struct cw_suspect *suspect)
{
    const struct telling telling = {ranking, package, suspect};
    const struct cw_install *facts = &package->facts;
    bool provider = facts->provider.len > 0;
    suspect->is_strong = is_strong(ranking, package);
    return tell_names(&telling) && keep_line(&telling, &facts->named, &suspect->item) &&
           keep_line(&telling, &facts->service, &suspect->service) && tell_strength(&telling) &&
           tell_age(&telling) && tell_course(&telling) &&
           (provider || reason(&telling, "the logs do not name its vendor"));
}

bool cw_suspects_rank(const struct cw_refused_write *write, struct cw_arena *arena,
                      struct cw_interference *interference)
{
    struct ranking ranking = {.write = write, .arena = arena};
    if (write->time == CW_TIME_NONE || write->c->past.install_count == 0)
        return true;
    if (!gather(&ranking))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < ranking.count; i++) {
        struct package *package = &ranking.packages[i];
        const struct cw_install *facts = &package->facts;
        struct cw_str provider;
        if (!keep(&ranking, facts->named.source, cw_past_name(&facts->provider), &provider))
            return false;
        if (is_cleared(&ranking, package, provider))
            continue;
        package->class = cw_rules_class(write->rules, cw_past_name(&package->facts.guid));
        package->strength = strength_of(package);
        package->score = score_of(&ranking, package);
        if (is_suspect(&ranking, package))
            ranking.packages[kept++] = *package;
        else
            interference->unranked++;
    }
    if (kept)
        qsort(ranking.packages, kept, sizeof(*ranking.packages), compare_packages);
    interference->suspects = cw_arena_array(arena, CW_SUSPECTS_MOST, sizeof(struct cw_suspect));
    if (!interference->suspects)
        return false;
    for (size_t i = 0; i < kept && i < CW_SUSPECTS_MOST; i++) {
        if (!tell(&ranking, &ranking.packages[i], &interference->suspects[i]))
            return false;
        interference->suspect_count++;
    }
    return true;
}
