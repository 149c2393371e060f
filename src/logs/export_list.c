/*     line    = label ":" value | text ;
 *
 * What follows the label of the message belongs to it up to the end of the event. Only PowerShell,
 * which sets a blank before the colon and indents the message, may have labels behind it.
 */
#include "logs/export_list.h"

#include "logs/export_name.h"

enum { LABEL_MOST = 40 };

struct label {
    enum cw_export_role role;
    bool by_powershell;
    struct cw_str value;
};

#define BIT(role) (1U << (role))

static bool is_event_number(struct cw_str text)
{
    return cw_str_starts(text, CW_STR("Event[")) && cw_str_find(text, CW_STR("]")) != SIZE_MAX;
}

/* False when the line has no label. */
static bool read_label(struct cw_str line, struct label *ret_label)
{
    struct cw_str text = cw_str_trim(line);
    size_t colon = cw_str_find_char(text, ':');
    *ret_label = (struct label){.role = CW_EXPORT_BEGIN};
    if (is_event_number(text))
        return true;
    if (colon == 0 || colon > LABEL_MOST)
        return false;
    struct cw_str name = cw_str_head(text, colon);
    ret_label->role = cw_export_role_of(cw_str_trim(name));
    ret_label->by_powershell = cw_is_blank(name.ptr[colon - 1]) && text.ptr == line.ptr;
    ret_label->value = cw_str_trim(cw_str_from(text, colon + 1));
    return true;
}

void cw_export_list_learn(struct cw_export_shape *shape, unsigned *seen, struct cw_str line)
{
    struct cw_export_date date;
    struct label label;
    if (cw_str_trim(line).len == 0)
        *seen = 0;
    if (!read_label(line, &label))
        return;
    if (label.role == CW_EXPORT_TIME && cw_export_date_read(label.value, &date)) {
        cw_export_date_learn(&shape->order, &date);
        *seen |= BIT(CW_EXPORT_TIME);
    }
    if ((label.role == CW_EXPORT_ID && cw_export_is_id(label.value)) ||
        (label.role == CW_EXPORT_MESSAGE && label.by_powershell))
        *seen |= BIT(label.role);
    if (*seen & BIT(CW_EXPORT_TIME) && *seen & ~BIT(CW_EXPORT_TIME)) {
        shape->events++;
        *seen = 0;
    }
}

/* An event begins with what the first one began with, or with a label that it has already, unless
 * that stands in its message. */
bool cw_export_list_begins(struct cw_export_place *place, struct cw_str line)
{
    struct label label;
    if (!read_label(line, &label) || label.role == CW_EXPORT_OTHER)
        return false;
    bool in_message = (place->seen & BIT(CW_EXPORT_MESSAGE)) != 0;
    bool again = !in_message && (place->seen & BIT(label.role)) != 0;
    bool begins = place->first == CW_EXPORT_OTHER || label.role == place->first ||
                  label.role == CW_EXPORT_BEGIN || again;
    if (begins) {
        place->first = label.role;
        place->seen = 0;
    }
    place->seen |= BIT(label.role);
    return begins;
}

/* A copy of the details may have the event as XML behind the message. */
static bool is_xml(struct cw_str line)
{
    return cw_str_find(line, CW_STR("<Event xmlns=")) != SIZE_MAX ||
           cw_str_ends(cw_str_trim(line), CW_STR("Xml:"));
}

/* The message from where it begins in `lines`. */
static struct cw_str message_at(struct cw_str lines, size_t at, bool by_powershell)
{
    struct cw_str rest = cw_str_from(lines, at);
    size_t end = 0;
    while (end < rest.len) {
        struct cw_str line = cw_str_from(rest, end);
        struct label label;
        line = cw_str_head(line, cw_str_find_char(line, '\n'));
        if (end > 0 &&
            (is_xml(line) || (by_powershell && read_label(line, &label) && label.by_powershell)))
            break;
        end += line.len + 1;
    }
    return cw_str_trim(cw_str_head(rest, end));
}

void cw_export_list_read(const struct cw_export_shape *shape, struct cw_str lines,
                         struct cw_export_fields *fields)
{
    size_t next;
    for (size_t at = 0; at < lines.len; at = next) {
        struct cw_str line = cw_str_from(lines, at);
        struct label label;
        line = cw_str_head(line, cw_str_find_char(line, '\n'));
        next = at + line.len + 1;
        if (!read_label(line, &label))
            continue;
        if (label.role == CW_EXPORT_MESSAGE) {
            size_t begin = (size_t)(label.value.ptr - lines.ptr);
            label.value = message_at(lines, begin, label.by_powershell);
            next = begin + label.value.len + 1;
        }
        cw_export_take(shape, label.role, label.value, fields);
    }
}
