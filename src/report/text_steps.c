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

static size_t allowed_count(const struct cw_finding *finding)
{
    const struct cw_allowlist *allowlist = &finding->allowlist;
    return allowlist->process.count + allowlist->registry_key.count + allowlist->file.count;
}

size_t cw_screen_steps_reserve(const struct cw_screen *screen)
{
    enum { STEPS = 3 };
    size_t steps = screen->finding->action_count < STEPS ? screen->finding->action_count : STEPS;
    return cw_text_scale(screen->text, steps + (allowed_count(screen->finding) > 0));
}

static struct cw_str put_step(struct cw_buf *body, const struct cw_finding *finding, size_t index)
{
    const struct cw_action *action = &finding->actions[index];
    cw_buf_printf(body, "%zu. ", index + 1);
    cw_buf_append(body, action->kind);
    cw_buf_append(body, CW_STR(": "));
    cw_buf_append(body, action->text);
    return cw_buf_str(body);
}

static struct plan make_plan(const struct cw_screen *screen)
{
    const struct cw_finding *finding = screen->finding;
    struct cw_text *text = screen->text;
    size_t each = cw_text_scale(text, 1);
    size_t used = text->lines + (allowed_count(finding) ? each : 0);
    size_t all = cw_text_scale(text, CW_SCREEN_LINES);
    size_t room = used < all ? all - used : 0;
    struct plan plan = {.shown = room / each};
    plan.shown = plan.shown < finding->action_count ? plan.shown : finding->action_count;
    plan.shown = plan.shown ? plan.shown : 1;
    plan.spare = room > plan.shown * each ? room - plan.shown * each : 0;
    size_t needed = 0;
    for (size_t i = 0; i < plan.shown; i++)
        needed += cw_text_field_lines(text, put_step(cw_text_draft(text), finding, i));
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
    (void)put_step(body, finding, index);
    size_t end = body->len;
    if (hidden) {
        cw_buf_append(body, CW_STR(" (+ "));
        cw_text_put_count(body, hidden, "step below)", "steps below)");
    }
    size_t each = cw_text_scale(text, 1);
    size_t lines = cw_text_field_lines(text, cw_buf_str(body));
    size_t extra = lines > each ? lines - each : 0;
    extra = extra < plan->spare ? extra : plan->spare;
    plan->spare -= extra;
    cw_text_field_keeping(text, index ? "" : "Do next", each + extra, cw_buf_str(body),
                          cw_str_from(cw_buf_str(body), end));
    write_commands(text, &finding->actions[index].commands, plan);
}

/* " 5 registry keys," */
static void put_allowed(struct cw_buf *body, const struct cw_strings *strings, const char *one,
                        const char *many)
{
    if (strings->count == 0)
        return;
    cw_buf_append(body, cw_str_ends(cw_buf_str(body), CW_STR(":")) ? CW_STR(" ") : CW_STR(", "));
    cw_text_put_count(body, strings->count, one, many);
}

static void write_allowlist(const struct cw_screen *screen)
{
    const struct cw_allowlist *allowlist = &screen->finding->allowlist;
    if (allowed_count(screen->finding) == 0)
        return;
    struct cw_buf *body = cw_text_draft(screen->text);
    cw_buf_append(body, CW_STR("for the vendor:"));
    put_allowed(body, &allowlist->process, "process", "processes");
    put_allowed(body, &allowlist->registry_key, "registry key", "registry keys");
    put_allowed(body, &allowlist->file, "file", "files");
    cw_buf_append(body, CW_STR(" (below)"));
    cw_text_field(screen->text, "Allow list", 1, cw_buf_str(body));
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
