/* Any bytes as a rule file, and as a pattern from which a literal is derived. */
#include "fuzz/fuzzing.h"
#include "rules/literal.h"
#include "rules/load.h"

struct seen {
    struct cw_str bytes;
    size_t errors;
};

/* A problem must stand inside the file. */
static void check_problem(void *context, const struct cw_place *place, bool is_error,
                          const char *text)
{
    struct seen *seen = context;
    demand(place->line >= 1 && place->column >= 1 && text[0] != '\0');
    demand((size_t)place->line + place->column <= seen->bytes.len + 2);
    seen->errors += is_error;
}

static void check_signals(const struct cw_rules *rules)
{
    for (size_t i = 0; i < rules->signal_count; i++) {
        demand(rules->signals[i].literals.count > 0);
        demand(cw_rules_signal(rules, rules->signals[i].id) == &rules->signals[i]);
    }
    for (size_t i = 0; i < rules->literal_count; i++)
        demand(rules->literals[i].len >= CW_LITERAL_MIN);
}

static void check_derived(struct cw_str pattern)
{
    struct cw_arena arena = {0};
    struct cw_strings literals = {0};
    size_t unproved = 0;
    if (cw_literals_derive(pattern, &arena, &literals) == CW_OK)
        demand(cw_literals_prove(pattern, &literals, &unproved) == CW_OK);
    cw_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct seen seen = {{(const char *)bytes, size}, 0};
    struct cw_rule_file file = {.name = CW_STR("fuzz.json"), .bytes = seen.bytes};
    struct cw_problem_sink sink = {check_problem, &seen};
    struct cw_rules *rules = NULL;
    size_t errors = 0;
    demand(cw_rules_load(&file, 1, &sink, &rules, &errors, NULL) == CW_OK);
    demand(errors == seen.errors);
    check_signals(rules);
    cw_rules_free(rules);
    check_derived(seen.bytes);
    return 0;
}
