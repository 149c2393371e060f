/* What speaks for and against a driver of another vendor, in words. */
#include "report/facts.h"

/* "exguard.inf (oem7.inf)" */
static void put_inf(struct cw_buf *buf, const struct cw_suspect *suspect)
{
    bool both = suspect->inf.len && suspect->published.len;
    cw_buf_append(buf, suspect->inf.len ? suspect->inf : suspect->published);
    if (both)
        cw_buf_printf(buf, " (%.*s)", CW_STR_ARG(suspect->published));
}

void cw_put_suspect(struct cw_buf *buf, enum cw_language language, const struct cw_suspect *suspect)
{
    put_inf(buf, suspect);
    if (suspect->provider.len)
        cw_say_with(buf, language, CW_SAY(" of %1"), &suspect->provider);
    else
        cw_say(buf, language, CW_SAY(", vendor not named"));
    if (suspect->services.count) {
        cw_say(buf, language, CW_SAY(", service "));
        cw_put_list(buf, &suspect->services, ", ");
    }
}

void cw_put_suspect_facts(struct cw_buf *buf, enum cw_language language,
                          const struct cw_suspect *suspect)
{
    cw_put_suspect(buf, language, suspect);
    if (suspect->class.len)
        cw_say_with(buf, language, CW_SAY(", class %1"), &suspect->class);
    if (suspect->group.len)
        cw_say_with(buf, language, CW_SAY(", load order group %1"), &suspect->group);
    if (suspect->version.len)
        cw_say_with(buf, language, CW_SAY(", version %1"), &suspect->version);
}

/* What is for it, with the suspects for which more speaks than that they were there. */
static void say_balance(struct cw_buf *buf, enum cw_language language, struct cw_phrase phrase,
                        const struct cw_interference *interference)
{
    char pro[CW_NUMBER_TEXT];
    char contra[CW_NUMBER_TEXT];
    size_t count = interference->pro_total;
    for (size_t i = 0; i < interference->suspect_count; i++)
        count += interference->suspects[i].is_strong;
    cw_say_with(
        buf, language, phrase,
        CW_VALUES(cw_number_text(count, pro), cw_number_text(interference->contra_total, contra)));
}

void cw_put_balance(struct cw_buf *buf, enum cw_language language,
                    const struct cw_interference *interference)
{
    say_balance(buf, language, CW_SAY(" (%1 for, %2 against: see below)"), interference);
}

void cw_put_weighing(struct cw_buf *buf, enum cw_language language,
                     const struct cw_interference *interference)
{
    say_balance(buf, language, CW_SAY("%1 for, %2 against"), interference);
    if (interference->leaning == CW_LEANS_AGAINST) {
        cw_say(buf, language, CW_SAY(": "));
        cw_buf_append(buf, interference->conclusion);
        return;
    }
    if (interference->suspect_count == 0) {
        cw_say(buf, language, CW_SAY("; the logs name no suspect"));
        return;
    }
    cw_say(buf, language, CW_SAY("; look first at "));
    cw_put_suspect(buf, language, &interference->suspects[0]);
    cw_say(buf, language, CW_SAY(", installed "));
    cw_put_date(buf, interference->suspects[0].item.time);
}

void cw_put_weighing_rest(struct cw_buf *buf, enum cw_language language,
                          const struct cw_interference *interference)
{
    char text[CW_TIME_TEXT];
    size_t more = interference->pro_total - interference->pro_count + interference->contra_total -
                  interference->contra_count;
    if (more)
        cw_say_count(buf, language, more, CW_SAY("%1 more line for or against is not listed. "),
                     CW_SAY("%1 more lines for or against are not listed. "));
    if (interference->unranked)
        cw_say_count(buf, language, interference->unranked,
                     CW_SAY("%1 other driver package of another vendor is not listed: it has no "
                            "driver in the kernel, or is older. "),
                     CW_SAY("%1 other driver packages of other vendors are not listed: they have "
                            "no driver in the kernel, or are older. "));
    if (interference->since != CW_TIME_NONE) {
        struct cw_str time = cw_str_c(cw_time_text(interference->since, text));
        text[cw_str_find_char(time, 'T')] = ' ';
        cw_say_with(buf, language, CW_SAY("The driver logs that were read go back to %1."), &time);
    } else {
        cw_say(buf, language,
               CW_SAY("No driver log was read: which drivers were installed is not "
                      "known."));
    }
}
