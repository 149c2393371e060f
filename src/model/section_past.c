/* An installation is told in two sections, often minutes apart; a record has what one of them says:
 *
 *     >>>  [Setup Import Driver Package - C:\Temp\drv\exguard.inf]
 *          inf: Provider: Example Security
 *          inf: Class GUID: {B1D1A169-C54F-4379-81DB-BEE7D88D7454}
 *          inf: Driver Version: 03/02/2024,7.1.0.12
 *          idb: Registered driver package 'exguard.inf_amd64_1c0...' with 'oem7.inf'.
 *
 *     >>>  [Device Install (UpdateDriverForPlugAndPlayDevices) - ROOT\EXGUARD]
 *          ndv: Driver INF Path: C:\Windows\INF\oem7.inf
 *          dvi: Add Service: Created service 'ExGuard'.
 */
#include "model/section_past.h"

#include "base/cursor.h"

/* What is written by an operation. */
static const struct {
    const char *operation;
    enum cw_entity kind;
} writes[CW_SECTION_WRITES] = {
    {"Add Service", CW_ENTITY_SERVICE},
    {"Add Registry Key", CW_ENTITY_REGISTRY_KEY},
    {"Copy File", CW_ENTITY_FILE},
};

static size_t find_write(struct cw_str operation)
{
    size_t i = 0;
    while (i < CW_SECTION_WRITES && !cw_str_eq(operation, cw_str_c(writes[i].operation)))
        i++;
    return i;
}

/* --- the package --- */

/* "vboxguest.inf" out of a path, of "[c:\...\vboxguest.inf]" and of a folder of the driver store,
 * "vboxguest.inf_amd64_015c006906a48641". Empty when it names no INF. */
static struct cw_str inf_of(struct cw_str text)
{
    struct cw_str name = cw_str_basename(cw_str_trim(text));
    if (cw_str_starts(name, CW_STR("[")))
        name = cw_str_from(name, 1);
    size_t at = cw_str_find_nocase(name, CW_STR(".inf"));
    return at == SIZE_MAX ? CW_STR_NONE : cw_str_head(name, at + 4);
}

/* Windows gives each added package a name of its own beside that of its vendor. */
static bool is_published_name(struct cw_str inf)
{
    return cw_str_starts_nocase(inf, CW_STR("oem")) && inf.len > 3 && cw_is_digit(inf.ptr[3]);
}

static void note_inf(struct cw_install *install, struct cw_str text)
{
    struct cw_str inf = inf_of(text);
    if (inf.len)
        cw_past_set_name(is_published_name(inf) ? &install->published : &install->inf, inf);
}

/* What stands between the `index`th pair of quotes, from 0. */
static struct cw_str quoted(struct cw_str text, unsigned index)
{
    for (;; index--) {
        size_t begin = cw_str_find_char(text, '\'');
        if (begin == SIZE_MAX)
            return CW_STR_NONE;
        text = cw_str_from(text, begin + 1);
        size_t end = cw_str_find_char(text, '\'');
        if (index == 0 || end == SIZE_MAX)
            return end == SIZE_MAX ? CW_STR_NONE : cw_str_head(text, end);
        text = cw_str_from(text, end + 1);
    }
}

static void note_service(struct cw_install *install, struct cw_str name)
{
    install->traits |= CW_INSTALL_SERVICE;
    for (size_t i = 0; i < install->service_count; i++) {
        if (cw_str_eq_nocase(cw_past_name(&install->services[i]), name))
            return;
    }
    if (name.len && install->service_count < CW_PAST_SERVICES)
        cw_past_set_name(&install->services[install->service_count++], name);
}

/* "3", "0x3 (SERVICE_DEMAND_START)" */
static bool read_number(struct cw_str text, uint64_t *ret_number)
{
    struct cw_cursor cursor = cw_cursor(text);
    return cw_cursor_literal(&cursor, CW_STR("0x")) ? cw_cursor_hex(&cursor, 8, ret_number)
                                                    : cw_cursor_decimal(&cursor, ret_number);
}

static void note_provider(struct cw_section_past *now, const struct cw_section *section,
                          const struct cw_event *event)
{
    if (now->install.provider.len)
        return;
    cw_past_set_name(&now->install.provider, event->value);
    cw_past_set_line(&now->install.named, section->source, event);
}

static void note_class(struct cw_section_past *now, struct cw_str value)
{
    if (now->install.guid.len == 0)
        cw_past_set_name(&now->install.guid, value);
}

static void note_start_type(struct cw_section_past *now, struct cw_str value)
{
    uint64_t type = 0;
    if (read_number(value, &type) && type <= 1)
        now->install.traits |= CW_INSTALL_EARLY;
}

static void note_service_type(struct cw_section_past *now, struct cw_str value)
{
    enum { KERNEL_DRIVER = 1, FILE_SYSTEM_DRIVER = 2, RECOGNIZER_DRIVER = 8, PROGRAMS = 0xf0 };
    uint64_t type = 0;
    if (!read_number(value, &type))
        return;
    if (type == KERNEL_DRIVER || type == FILE_SYSTEM_DRIVER || type == RECOGNIZER_DRIVER)
        now->install.traits |= CW_INSTALL_KERNEL;
    if (type == FILE_SYSTEM_DRIVER)
        now->install.traits |= CW_INSTALL_FILE_SYSTEM;
    if (type & PROGRAMS)
        now->install.traits |= CW_INSTALL_USER_MODE;
}

static bool is_filter_list(struct cw_str name)
{
    static const char *const names[] = {"UpperFilters", "LowerFilters", "Upper Filters",
                                        "Lower Filters"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (cw_str_eq(name, cw_str_c(names[i])))
            return true;
    }
    return false;
}

static bool is_any(struct cw_str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cw_str_eq(name, cw_str_c(names[i])))
            return true;
    }
    return false;
}

static void on_property(struct cw_section_past *now, const struct cw_section *section,
                        const struct cw_event *event)
{
    static const char *const infs[] = {"Inf Name",           "InfFile",
                                       "Driver INF Path",    "Driver INF",
                                       "Published Inf Path", "Driver Store Path"};
    struct cw_str name = event->name;
    if (is_any(name, infs, sizeof(infs) / sizeof(infs[0])))
        note_inf(&now->install, event->value);
    else if (cw_str_eq(name, CW_STR("Provider")))
        note_provider(now, section, event);
    else if (cw_str_eq(name, CW_STR("Class GUID")))
        note_class(now, event->value);
    else if (cw_str_eq(name, CW_STR("Driver Version")))
        cw_past_set_name(&now->install.version, event->value);
    else if (cw_str_eq(name, CW_STR("Start Type")))
        note_start_type(now, event->value);
    else if (cw_str_eq(name, CW_STR("Service Type")))
        note_service_type(now, event->value);
    else if (cw_str_eq(name, CW_STR("Load Order Group")))
        cw_past_set_name(&now->install.group, event->value);
    else if (cw_str_eq(name, CW_STR("Key Path")))
        cw_past_set_name(&now->key, event->value);
    else if (is_filter_list(name))
        now->install.traits |= CW_INSTALL_ATTACHED;
}

/* "Created service 'X'.", "Modified existing service 'X'.", with "Add Service: " before it in
 * Windows 7 and 8; "Created new service 'X'." and "Updated service 'X'." in an operation. */
static bool is_service_change(struct cw_str text)
{
    static const char *const words[] = {"Created service '", "Modified existing service '",
                                        "Created new service '", "Updated service '"};
    const struct cw_str intro = CW_STR("Add Service: ");
    if (cw_str_starts(text, intro))
        text = cw_str_from(text, intro.len);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cw_str_starts(text, cw_str_c(words[i])))
            return true;
    }
    return false;
}

static bool is_driver_copy(struct cw_str text)
{
    return (cw_str_starts(text, CW_STR("Copying '")) ||
            cw_str_starts(text, CW_STR("Hardlinking '"))) &&
           cw_str_find_nocase(text, CW_STR(".sys'")) != SIZE_MAX;
}

static void on_message(struct cw_section_past *now, const struct cw_section *section,
                       const struct cw_event *event)
{
    struct cw_install *install = &now->install;
    if (cw_str_starts(event->text, CW_STR("Registered driver package '"))) {
        now->imports = true;
        note_inf(install, quoted(event->text, 0));
        note_inf(install, quoted(event->text, 1));
    } else if (cw_str_starts(event->text, CW_STR("Published '"))) {
        note_inf(install, quoted(event->text, 1));
    } else if (is_service_change(event->text)) {
        note_service(install, quoted(event->text, 0));
        if (install->service.line == 0)
            cw_past_set_line(&install->service, section->source, event);
    } else if (is_driver_copy(event->text)) {
        install->traits |= CW_INSTALL_KERNEL;
    }
}

static void on_open(struct cw_section_past *now, struct cw_section *section,
                    const struct cw_event *event)
{
    static const char *const imports[] = {"Setup Import Driver Package",
                                          "Driver Setup Import Driver Package",
                                          "Import Driver Package", "SetupCopyOEMInf"};
    static const char *const removals[] = {"Unpublish Driver Package", "Uninstall Driver Package",
                                           "Unregister Driver Package"};
    struct cw_install *install = &now->install;
    bool removes = is_any(event->name, removals, sizeof(removals) / sizeof(removals[0]));
    if (removes)
        install->traits |= CW_INSTALL_REMOVED;
    bool brings = is_any(event->name, imports, sizeof(imports) / sizeof(imports[0]));
    now->imports |= brings;
    if (brings || (removes && !now->imports))
        note_inf(install, event->value);
    /* The hives of a Windows that is running are not loaded. */
    if (cw_str_starts(event->name, CW_STR("Load Offline Registry Hive"))) {
        install->traits |= CW_INSTALL_OFFLINE;
        if (section->offline.line == 0)
            cw_past_set_line(&section->offline, section->source, event);
    }
    if (cw_str_eq(event->name, CW_STR("Add Service"))) {
        note_service(install, event->value);
        if (install->service.line == 0)
            cw_past_set_line(&install->service, section->source, event);
    }
    size_t write = find_write(event->name);
    if (write < CW_SECTION_WRITES)
        cw_past_set_line(&now->open[write], section->source, event);
}

/* Servicing removes packages of Windows, by the hundred. */
static void on_start(struct cw_section_past *now, const struct cw_section *section,
                     const struct cw_event *event)
{
    cw_past_set_line(&now->install.named, section->source, event);
    if (!cw_str_ends(event->value, CW_STR(".inf")) && !cw_str_ends(event->value, CW_STR(".Inf")) &&
        !cw_str_ends(event->value, CW_STR(".INF")))
        return;
    note_inf(&now->install, event->value);
    if (cw_str_find_nocase(event->name, CW_STR("uninstall")) != SIZE_MAX ||
        cw_str_find_nocase(event->name, CW_STR("delete")) != SIZE_MAX)
        now->install.traits |= CW_INSTALL_REMOVED;
}

/* --- what was written --- */

/* The provisional time is the latest one in the section: no earlier than that. */
static bool note_written(struct cw_section_past *now, struct cw_past *past,
                         const struct cw_section *section, enum cw_entity kind, struct cw_str name,
                         const struct cw_past_line *line)
{
    struct cw_past_line dated = *line;
    if (name.len == 0 || (now->install.traits & CW_INSTALL_OFFLINE))
        return true;
    dated.time = section->end;
    dated.time_approximate = true;
    if (now->undated == 0)
        now->undated = line->line;
    struct cw_written *written;
    if (!cw_past_add_written(past, kind, name, &dated, &written))
        return false;
    if (written && now->place_count < CW_SECTION_PLACES)
        now->places[now->place_count] = (size_t)(written - past->written);
    now->place_count += written != NULL;
    return true;
}

static bool on_close(struct cw_section_past *now, struct cw_past *past,
                     const struct cw_section *section, const struct cw_event *event)
{
    size_t write = find_write(event->name);
    if (write == CW_SECTION_WRITES || cw_code_is_failure(event->code) ||
        now->open[write].line == 0 || event->scope.depth == 0)
        return true;
    enum cw_entity kind = writes[write].kind;
    struct cw_past_line line = now->open[write];
    struct cw_str name = event->scope.operations[event->scope.depth - 1].argument;
    if (kind == CW_ENTITY_REGISTRY_KEY)
        name = cw_past_name(&now->key);
    line.last_line = event->line;
    now->open[write].line = 0;
    return note_written(now, past, section, kind, name, &line);
}

/* Before Windows 10 there is no operation around it. */
static bool on_bare_service(struct cw_section_past *now, struct cw_past *past,
                            const struct cw_section *section, const struct cw_event *event)
{
    struct cw_past_line line;
    if (!cw_str_starts(event->text, CW_STR("Add Service: ")) || !is_service_change(event->text))
        return true;
    cw_past_set_line(&line, section->source, event);
    return note_written(now, past, section, CW_ENTITY_SERVICE, quoted(event->text, 0), &line);
}

bool cw_section_past_event(struct cw_section_past *now, struct cw_past *past,
                           struct cw_section *section, const struct cw_event *event)
{
    switch (event->kind) {
    case CW_EVENT_SECTION_START:
        on_start(now, section, event);
        return true;
    case CW_EVENT_OPEN:
        on_open(now, section, event);
        return true;
    case CW_EVENT_CLOSE:
        return on_close(now, past, section, event);
    case CW_EVENT_PROPERTY:
        on_property(now, section, event);
        break;
    case CW_EVENT_MESSAGE:
        break;
    case CW_EVENT_RECORD:
    case CW_EVENT_HEADER:
    case CW_EVENT_BOOT:
    case CW_EVENT_COMMAND:
    case CW_EVENT_SECTION_END:
        return true;
    }
    on_message(now, section, event);
    return on_bare_service(now, past, section, event);
}

static void date_line(struct cw_past_line *line, const struct cw_section *section, uint64_t from)
{
    if (line->time_approximate && line->source == section->source && line->line >= from)
        line->time = section->end;
}

void cw_section_past_date(struct cw_section_past *now, struct cw_past *past,
                          const struct cw_section *section)
{
    bool listed = now->place_count <= CW_SECTION_PLACES;
    size_t count = listed ? now->place_count : past->written_count;
    for (size_t i = 0; i < count && now->undated; i++) {
        struct cw_written *written = &past->written[listed ? now->places[i] : i];
        date_line(&written->first, section, now->undated);
        date_line(&written->last, section, now->undated);
    }
    now->undated = 0;
    now->place_count = 0;
}

static void date_install(struct cw_past_line *line, const struct cw_section *section)
{
    if (line->line == 0 || line->time != CW_TIME_NONE)
        return;
    line->time = section->end;
    line->time_approximate = true;
}

bool cw_section_past_end(struct cw_section_past *now, struct cw_past *past,
                         const struct cw_section *section)
{
    struct cw_install *install = &now->install;
    bool servicing = cw_str_ends(section->title, CW_STR("Driver Updates"));
    bool done = true;
    cw_section_past_date(now, past, section);
    if (now->imports || install->provider.len)
        install->traits &= ~(unsigned)CW_INSTALL_REMOVED;
    if (section->outcome == CW_OUTCOME_SUCCEEDED && !servicing) {
        date_install(&install->named, section);
        date_install(&install->service, section);
        done = cw_past_add_install(past, install);
    }
    *now = (struct cw_section_past){0};
    return done;
}
