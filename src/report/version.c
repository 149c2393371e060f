/* What this build is made of, for --version and bug reports. */
#include "cbswhy/analysis.h"

#include <archive.h>
#include <cjson/cJSON.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"

enum {
    INFO_MOST = 1024,
    PCRE2_VERSION_MOST = 64 /* its manual: at least 24 */
};

const char *cw_version(void)
{
    return CW_VERSION;
}

static void describe_pcre2(struct cw_buf *text)
{
    char version[PCRE2_VERSION_MOST] = "";
    uint32_t jit = 0;
    (void)pcre2_config(PCRE2_CONFIG_VERSION, version);
    (void)pcre2_config(PCRE2_CONFIG_JIT, &jit);
    cw_buf_printf(text, "PCRE2 %s%s\n", version, jit ? ", with just-in-time compiler" : "");
}

int cw_build_info(const struct cw_output *output)
{
    struct cw_buf text;
    cw_buf_init(&text, INFO_MOST);
    describe_pcre2(&text);
    cw_buf_printf(&text, "cJSON %s\n", cJSON_Version());
    cw_buf_printf(&text, "%s\n", archive_version_string());
    int status = text.failed ? CW_ERR_NOMEM : output->write(output->context, text.data, text.len);
    cw_buf_done(&text);
    return status;
}
