/* The rule pack in memory: signals, causes and knowledge.
 *
 * src/rules/README.md describes the JSON that this is loaded from; field names are the same.
 * A pack is immutable after loading (but for what the matcher caches) and may be shared by any
 * number of analyses one after the other.
 */
#ifndef CW_RULES_RULE_H
#define CW_RULES_RULE_H

#include "base/arena.h"
#include "base/error.h"
#include "cbswhy/output.h"
#include "logs/event.h"
#include "model/entity.h"

enum cw_confidence { CW_CONFIDENCE_OBSERVED, CW_CONFIDENCE_CONSISTENT, CW_CONFIDENCE_POSSIBLE };
/* "observed", "consistent", "possible" */
struct cw_str cw_confidence_name(enum cw_confidence confidence);

/* What a matched cause means for the verdict. */
enum cw_cause_role {
    CW_CAUSE_CAUSE,   /* may be the root cause */
    CW_CAUSE_SYMPTOM, /* a failure, but never more than its outermost sign */
    CW_CAUSE_HARMLESS /* explains a failure code away: no failure */
};

/* Where a rule was written, for messages. */
struct cw_place {
    struct cw_str file; /* "driver-operations.json" */
    unsigned line, column;
};

struct cw_sample {
    struct cw_place place;
    struct cw_strings lines; /* a small log in its own form; the last line is the one meant */
};

struct cw_samples {
    struct cw_sample *items;
    size_t count;
};

struct cw_signal {
    struct cw_str id;
    struct cw_place place;
    enum cw_log_kind log;
    struct cw_strings component; /* any of; empty = any component or category */
    unsigned levels;             /* bit set of 1 << cw_level; 0 = any */
    unsigned kinds;              /* bit set of 1 << cw_event_kind; 0 = any */
    struct cw_strings operation; /* innermost open operation is any of; empty = any */
    struct cw_strings within;    /* some open operation is any of; empty = any */
    struct cw_strings section;   /* section title is any of; empty = any */
    struct cw_str pattern;
    struct cw_strings literals; /* every match of the pattern contains at least one of these */
    struct cw_str code_capture; /* capture that holds the error code; empty = the event's code */
    enum cw_code_form code_form;
    bool is_failure; /* SetupAPI: a failure also in a section that ends well */
    struct cw_samples match, miss;
};

struct cw_action {
    struct cw_str kind; /* "fix", "check", "collect" */
    struct cw_str text; /* may hold ${entity} */
    struct cw_strings commands;
};

/* What the logs are searched for that speaks for a hypothesis and against it. */
enum cw_weighing {
    CW_WEIGH_NOTHING,
    CW_WEIGH_INTERFERENCE /* a driver of another vendor refused a write (diagnose/interference.h) */
};

/* A statement that something outside the logs decides. */
struct cw_hypothesis {
    struct cw_str statement;
    enum cw_confidence confidence;
    struct cw_str reason;     /* why it has that confidence */
    struct cw_action *settle; /* what would settle it */
    size_t settle_count;
    enum cw_weighing weigh;
};

struct cw_allowlist {
    struct cw_strings process, registry_key, file;
};

struct cw_cause {
    struct cw_str id;
    struct cw_place place;
    enum cw_cause_role role;
    const struct cw_signal **all, **any, **none;
    size_t all_count, any_count, none_count;
    bool ordered;    /* the signals of `all` must occur in that order */
    bool gather;     /* every match of its signals adds its entities, not only the first of each */
    uint32_t *codes; /* the code of the matched signal must be one of these; none = any */
    size_t code_count;
    struct cw_strings agree;    /* names of entities that must be equal where captured */
    struct cw_strings explains; /* cause ids; a trailing '*' matches any ending */
    enum cw_confidence confidence;
    struct cw_str confidence_reason;
    struct cw_str title, explanation; /* may hold ${entity} */
    struct cw_entities entities;      /* templates */
    struct cw_action *actions;
    size_t action_count;
    struct cw_hypothesis *hypotheses;
    size_t hypothesis_count;
    struct cw_allowlist allowlist; /* templates */
    struct cw_strings references;
};

/* What an INF owns, as far as is known. */
struct cw_inf_facts {
    struct cw_str inf;
    struct cw_strings services; /* names */
    struct cw_strings files;    /* file names in the drivers folder, or full paths */
};

/* What drivers of a setup class do. */
enum cw_class_kind {
    CW_CLASS_UNKNOWN,
    CW_CLASS_FILTER,  /* stand between programs and the file system */
    CW_CLASS_DEVICE,  /* drive a device */
    CW_CLASS_SOFTWARE /* need no driver in the kernel */
};

struct cw_class_facts {
    struct cw_str guid; /* "{b1d1a169-c54f-4379-81db-bee7d88d7454}" */
    struct cw_str name; /* "AntiVirus" */
    enum cw_class_kind kind;
};

/* What to do about a write that was refused, by what the logs show of it. */
struct cw_interference_steps {
    struct cw_action *named; /* they name a driver to look at */
    size_t named_count;
    struct cw_action *unnamed; /* they name none */
    size_t unnamed_count;
    struct cw_action *offline; /* the Windows that was written to was not running */
    size_t offline_count;
};

/* A text of a cause in another language than English. */
struct cw_translation {
    enum cw_language language;
    struct cw_str english, text;
};

struct cw_rules {
    struct cw_arena arena;
    struct cw_str version; /* of the pack: "1.0+" and 8 hex digits that depend on its bytes */
    struct cw_signal *signals;
    size_t signal_count;
    struct cw_cause *causes;
    size_t cause_count;
    struct cw_inf_facts *infs;
    size_t inf_count;
    struct cw_class_facts *classes;
    size_t class_count;
    struct cw_interference_steps interference;
    /* All literals of all signals in one list, and the signal of each. */
    struct cw_str *literals;
    uint32_t *literal_signal;
    size_t literal_count;
    struct cw_translation *translations;
    size_t translation_count, translation_cap;
};

/* NULL when unknown. */
const struct cw_signal *cw_rules_signal(const struct cw_rules *rules, struct cw_str id);
const struct cw_cause *cw_rules_cause(const struct cw_rules *rules, struct cw_str id);
const struct cw_inf_facts *cw_rules_inf(const struct cw_rules *rules, struct cw_str inf);
const struct cw_class_facts *cw_rules_class(const struct cw_rules *rules, struct cw_str guid);

/* The hypothesis of `cause` that is weighed in this way, or NULL. */
const struct cw_hypothesis *cw_cause_weighed(const struct cw_cause *cause,
                                             enum cw_weighing weighing);

/* What the English text of a cause is in `language`; empty when the pack does not say. Of two
 * translations of one text the first counts. */
struct cw_str cw_rules_text(const struct cw_rules *rules, enum cw_language language,
                            struct cw_str english);

/* True when the `code` of `cause` has this code or one that is the same, see cw_code_same(). */
bool cw_cause_has_code(const struct cw_cause *cause, uint32_t code);

/* How `cause` names `other` in its `explains`: a cause that is named outright is meant more than
 * one that a `*` takes in. */
enum cw_naming { CW_NAMES_NOT, CW_NAMES_BY_PATTERN, CW_NAMES_OUTRIGHT };
enum cw_naming cw_cause_naming(const struct cw_cause *cause, const struct cw_cause *other);

/* True when `cause` names `other` in its `explains`, and `other` does not name `cause` as much. */
bool cw_cause_explains(const struct cw_cause *cause, const struct cw_cause *other);

#endif
