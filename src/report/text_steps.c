/* What to do next, as far as the first screen holds it: many steps on a line each rather than a
 * few in full, for they stand in full below. */
#include "report/text_sections.h"

enum { COMMAND_INDENT = CW_FIELD_HANG + 3 };

/* How the lines that are left are given to the steps. */
struct plan {
    size_t shown;    /* steps */
    size_t spare;    /* lines beyond one for each of them */
    size_t commands; /* lines for commands, when every step stands in full */
};

size_t cw_screen_steps_reserve(const struct cw_screen *screen)
{
    enum { STEPS = 3 };
    size_t steps = screen->finding->action_count < STEPS ? screen->finding->action_count : STEPS;
    return cw_text_scale(screen->text,
                         steps + (cw_allowlist_count(&screen->finding->allowlist) > 0));
}

static struct cw_str put_step(struct cw_buf *body, const struct cw_screen *screen, size_t index)
{
    const struct cw_action *action = &screen->finding->actions[index];
    cw_buf_printf(body, "%zu. ", index + 1);
    cw_buf_append(body, cw_action_word(screen->text->language, action->kind));
    cw_say(body, screen->text->language, CW_SAY(": "));
    cw_buf_append(body, action->text);
    return cw_buf_str(body);
}

static struct plan make_plan(const struct cw_screen *screen)
{
    const struct cw_finding *finding = screen->finding;
    struct cw_text *text = screen->text;
    size_t each = cw_text_scale(text, 1);
    size_t used = text->lines + (cw_allowlist_count(&finding->allowlist) ? each : 0);
    size_t all = cw_text_scale(text, CW_SCREEN_LINES);
    size_t room = used < all ? all - used : 0;
    struct plan plan = {.shown = room / each};
    plan.shown = plan.shown < finding->action_count ? plan.shown : finding->action_count;
    plan.shown = plan.shown ? plan.shown : 1;
    plan.spare = room > plan.shown * each ? room - plan.shown * each : 0;
    size_t needed = 0;
    for (size_t i = 0; i < plan.shown; i++)
        needed += cw_text_field_lines(text, put_step(cw_text_draft(text), screen, i));
    plan.commands = needed < room ? room - needed : 0;
    return plan;
}

/* The commands of a step, when all of them fit: on the screen and in its width. */
static void write_commands(struct cw_text *text, const struct cw_strings *commands,
                           struct plan *plan)
{
    if (commands->count > plan->commands)
        return;
    for (size_t i = 0; i < commands->count; i++) {
        if (COMMAND_INDENT + commands->items[i].len > text->width)
            return;
    }
    for (size_t i = 0; i < commands->count; i++)
        cw_text_verbatim(text, COMMAND_INDENT, commands->items[i]);
    plan->commands -= commands->count;
}

static void write_step(const struct cw_screen *screen, size_t index, struct plan *plan)
{
    struct cw_text *text = screen->text;
    const struct cw_finding *finding = screen->finding;
    struct cw_buf *body = cw_text_draft(text);
    size_t hidden = index + 1 == plan->shown ? finding->action_count - plan->shown : 0;
    (void)put_step(body, screen, index);
    size_t end = body->len;
    if (hidden) {
        cw_say_count(body, text->language, hidden, CW_SAY(" (+ %1 step below)"),
                     CW_SAY(" (+ %1 steps below)"));
    }
    size_t each = cw_text_scale(text, 1);
    size_t lines = cw_text_field_lines(text, cw_buf_str(body));
    size_t extra = lines > each ? lines - each : 0;
    extra = extra < plan->spare ? extra : plan->spare;
    plan->spare -= extra;
    cw_text_field_prose(text, index ? CW_SAY("") : CW_SAY("Do next"), each + extra,
                        cw_buf_str(body), cw_str_from(cw_buf_str(body), end));
    write_commands(text, &finding->actions[index].commands, plan);
}

static void write_allowlist(const struct cw_screen *screen)
{
    const struct cw_allowlist *allowlist = &screen->finding->allowlist;
    const struct {
        size_t count;
        struct cw_phrase one, many;
    } parts[] = {
        {allowlist->process.count, CW_SAY("%1 process"), CW_SAY("%1 processes")},
        {allowlist->registry_key.count, CW_SAY("%1 registry key"), CW_SAY("%1 registry keys")},
        {allowlist->file.count, CW_SAY("%1 file"), CW_SAY("%1 files")},
    };
    enum cw_language language = screen->text->language;
    bool any = false;
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_say(body, language, CW_SAY("for the vendor: "));
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].count == 0)
            continue;
        if (any)
            cw_say(body, language, CW_SAY(", "));
        cw_say_count(body, language, parts[i].count, parts[i].one, parts[i].many);
        any = true;
    }
    cw_say(body, language, CW_SAY(" (below)"));
    if (any)
        cw_text_field(screen->text, CW_SAY("Allow list"), 1, cw_buf_str(body));
}

void cw_screen_steps(const struct cw_screen *screen)
{
    if (screen->finding->action_count) {
        struct plan plan = make_plan(screen);
        for (size_t i = 0; i < plan.shown; i++)
            write_step(screen, i, &plan);
    }
    write_allowlist(screen);
}
