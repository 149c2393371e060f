/* Any bytes in every text of a report, rendered in every format and language: what comes out is
 * well-formed, and nothing in it controls a terminal, a browser or a tracker. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "fuzz/fuzzing.h"
#include "report/markdown.h"
#include "report/renderer.h"

enum { TEXT_MOST = 2048, OUTPUT_MOST = 64 * 1024 * 1024 };

static int keep(void *context, const char *bytes, size_t size)
{
    struct cw_buf *buf = context;
    return cw_buf_append(buf, (struct cw_str){bytes, size}) ? 0 : CW_ERR_NOMEM;
}

/* A report in which every text is `text`. */
struct hostile {
    struct cw_str items[2];
    struct cw_action action;
    struct cw_hypothesis hypothesis;
    struct cw_chain_item chain[3];
    struct cw_weight weight;
    struct cw_suspect suspect;
    struct cw_span span;
    struct cw_story_mark mark;
    struct cw_tree_node nodes[2];
    struct cw_finding findings[2];
    struct cw_source_report source;
    struct cw_not_read not_read;
    struct cw_missing missing;
    struct cw_diagnostic diagnostic;
    struct cw_report report;
};

static void make_parts(struct hostile *h, struct cw_str text, struct cw_strings list)
{
    h->action = (struct cw_action){CW_STR("check"), text, list};
    h->hypothesis = (struct cw_hypothesis){.statement = text,
                                           .confidence = CW_CONFIDENCE_POSSIBLE,
                                           .reason = text,
                                           .settle = &h->action,
                                           .settle_count = 1};
    for (unsigned i = 0; i < 3; i++)
        h->chain[i] = (struct cw_chain_item){.role = (enum cw_chain_role)i,
                                             .time = CW_TIME_NONE,
                                             .line = i + 1,
                                             .last_line = i + 1,
                                             .text = text,
                                             .note = text,
                                             .ended = i == 1 ? text : CW_STR_NONE};
    h->weight = (struct cw_weight){text, h->chain[0]};
    h->suspect = (struct cw_suspect){
        .inf = text,
        .published = text,
        .provider = text,
        .version = text,
        .class = text,
        .group = text,
        .services = list,
        .reasons = list,
        .item = h->chain[0],
        .service = h->chain[1],
        .removal = h->chain[2],
    };
    h->span = (struct cw_span){
        CW_LANE_SETUP, CW_SPAN_SECTION, 0, (cw_time)text.len * 1000, true, text, 0, 1};
    h->mark = (struct cw_story_mark){CW_STORY_FAILURE, CW_LANE_SETUP, 0, 0, 1};
    h->nodes[0] = (struct cw_tree_node){0, false, text, text, 1, 3, 5};
    h->nodes[1] = (struct cw_tree_node){1, true, text, CW_STR_NONE, 2, 0, 5};
}

static void make_finding(struct hostile *h, struct cw_finding *finding, struct cw_str text,
                         struct cw_strings list)
{
    *finding = (struct cw_finding){
        .id = CW_STR("some.rule"),
        .confidence_reason = text,
        .title = text,
        .explanation = text,
        .code = UINT32_C(0x80070005),
        .as_written = list,
        .outcome =
            {
                .rolled_back = CW_YES,
                .stage = text,
                .progress_percent = 9,
                .package_state = text,
                .forward_state = text,
            },
        .chain = h->chain,
        .chain_count = 3,
        .actions = &h->action,
        .action_count = 1,
        .hypotheses = &h->hypothesis,
        .hypothesis_count = 1,
        .interference =
            {
                .weighed = true,
                .conclusion = text,
                .pro = &h->weight,
                .contra = &h->weight,
                .pro_count = 1,
                .contra_count = 1,
                .pro_total = 3,
                .contra_total = 3,
                .suspects = &h->suspect,
                .suspect_count = 1,
                .unranked = 2,
                .settle = &h->action,
                .settle_count = 1,
                .since = CW_TIME_NONE,
            },
        .allowlist = {list, list, list},
        .agreed = list,
        .operations = list,
        .occurrences = 1,
        .first_seen = CW_TIME_NONE,
        .last_seen = CW_TIME_NONE,
        .references = list,
        .fingerprint = CW_STR("0123456789abcdef"),
        .story = {&h->span, 1, &h->mark, 1},
        .tree = {text, 0, 1, 3, h->nodes, 2},
    };
    for (unsigned kind = 0; kind < CW_ENTITY_KINDS; kind++)
        finding->entities.of[kind] = list;
}

static void make_report(struct hostile *h, struct cw_str text)
{
    *h = (struct hostile){.items = {text, text}};
    const struct cw_strings list = {h->items, 2, 2};
    make_parts(h, text, list);
    make_finding(h, &h->findings[0], text, list);
    make_finding(h, &h->findings[1], text, list);
    h->source = (struct cw_source_report){.path = text, .recognised = true, .encoding = text};
    h->source.stats.first = h->source.stats.last = CW_TIME_NONE;
    h->not_read = (struct cw_not_read){text, text};
    h->missing = (struct cw_missing){.what = text, .why = text, .where = text};
    h->diagnostic = (struct cw_diagnostic){text, text, 1, 2, text};
    h->report = (struct cw_report){
        .rules_version = CW_STR("1.0+00000000"),
        .verdict = CW_VERDICT_FAILURE,
        .summary = text,
        .os_version = text,
        .architecture = text,
        .findings = h->findings,
        .finding_count = 2,
        .sources = &h->source,
        .source_count = 1,
        .not_read = &h->not_read,
        .not_read_count = 1,
        .missing = &h->missing,
        .missing_count = 1,
        .diagnostics = &h->diagnostic,
        .diagnostic_count = 1,
    };
}

static void render(enum cw_report_format format, const struct cw_report *report,
                   enum cw_language language, struct cw_buf *buf)
{
    const struct cw_output output = {keep, buf};
    const struct cw_style style = {.width = 20 + (int)report->summary.len % 181,
                                   .verbose = 1,
                                   .language = language,
                                   .all_titles = 1};
    struct cw_batch batch = {
        .renderer = cw_renderer_of(format), .style = &style, .output = &output};
    if (batch.renderer->write) {
        demand(cw_render(batch.renderer, report, &style, &output, NULL) == 0);
    } else {
        demand(cw_render_in_batch(&batch, "input", report, NULL) == 0);
        demand(batch.renderer->end(&batch, NULL) == 0);
    }
}

static size_t check_characters(struct cw_str text)
{
    size_t count = 0;
    for (; text.len > 0; count++) {
        uint32_t point;
        size_t len = cw_utf8_decode(text, &point);
        demand(point == '\n' || !cw_utf8_is_unsafe(point));
        text = cw_str_from(text, len);
    }
    return count;
}

/* The name of the tag that begins behind a '<', without the slash that ends an element. */
static struct cw_str tag_name(struct cw_str rest)
{
    size_t end = 0;
    rest = cw_str_from(rest, cw_str_starts(rest, CW_STR("/")));
    while (end < rest.len && !strchr(" >", rest.ptr[end]))
        end++;
    return cw_str_head(rest, end);
}

/* Every '<' begins a tag that a renderer writes. */
static void check_tags(struct cw_str page)
{
    static const char tags[] = " !DOCTYPE html head meta title style body header main footer "
                               "section div article h1 h2 h3 p pre code b span dl dt dd ol ul li "
                               "table tr td details summary svg g text rect path circle ";
    for (size_t at; (at = cw_str_find_char(page, '<')) != SIZE_MAX;) {
        char wanted[16];
        page = cw_str_from(page, at + 1);
        struct cw_str name = tag_name(page);
        demand(name.len > 0 && name.len < sizeof(wanted) - 2);
        (void)snprintf(wanted, sizeof(wanted), " %.*s ", CW_STR_ARG(name));
        demand(strstr(tags, wanted) != NULL);
    }
}

static void check_json(struct cw_str text, bool lines)
{
    while (text.len > 0) {
        struct cw_str value = lines ? cw_str_head(text, cw_str_find_char(text, '\n')) : text;
        cJSON *json = cJSON_ParseWithLength(value.ptr, value.len);
        demand(json != NULL);
        cJSON_Delete(json);
        text = cw_str_from(text, value.len + 1);
    }
}

static void check(enum cw_report_format format, struct cw_str text)
{
    size_t characters = check_characters(text);
    switch (format) {
    case CW_FORMAT_JSON:
    case CW_FORMAT_NDJSON:
    case CW_FORMAT_SARIF:
        check_json(text, format == CW_FORMAT_NDJSON);
        break;
    case CW_FORMAT_MARKDOWN:
        demand(characters <= CW_MARKDOWN_MOST);
        break;
    case CW_FORMAT_HTML:
        check_tags(text);
        break;
    case CW_FORMAT_TEXT:
    case CW_FORMAT_CASE:
    case CW_FORMAT_JUNIT:
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct hostile hostile;
    struct cw_buf buf;
    make_report(&hostile, cw_str_head((struct cw_str){(const char *)bytes, size}, TEXT_MOST));
    cw_buf_init(&buf, OUTPUT_MOST);
    for (int format = 0; format < CW_FORMATS; format++) {
        for (int language = 0; language < CW_LANGUAGES; language++) {
            cw_buf_clear(&buf);
            render((enum cw_report_format)format, &hostile.report, (enum cw_language)language,
                   &buf);
            check((enum cw_report_format)format, cw_buf_str(&buf));
        }
    }
    cw_buf_done(&buf);
    return 0;
}
