/* setupapi.dev.log.
 *
 *     >>>  [Device Installation Restrictions Policy Check]
 *     >>>  Section start 2023/03/07 04:10:26.118
 *     <<<  Section end 2023/03/07 04:10:26.134
 *     <<<  [Exit status: SUCCESS]
 */
#include "genlog_setupapi.h"
#include "genlog.h"

enum { HOUR = 3600 * 1000 };

static void tell(struct cw_gen *gen, const struct cw_gen_section *section)
{
    for (size_t i = 0; i < section->count; i++) {
        cw_gen_room(gen);
        cw_gen_expand(gen, section->lines[i]);
        cw_gen_put(gen, "\r\n", 2);
    }
    cw_gen_advance(gen, cw_gen_below(gen, 400));
}

/* Every driver once, each with a cast of its own. */
static void publish_and_reflect(struct cw_gen *gen)
{
    uint32_t count = 4 + cw_gen_below(gen, 40);
    for (uint32_t i = 0; i < count; i++) {
        cw_gen_recast(gen);
        tell(gen, &cw_gen_publish);
    }
    for (uint32_t i = 0; i < count; i++) {
        tell(gen, &cw_gen_reflected);
        if (cw_gen_below(gen, 3) > 0)
            continue;
        cw_gen_recast(gen);
        tell(gen, &cw_gen_reflect);
        for (uint32_t devices = cw_gen_below(gen, 60); devices > 0; devices--)
            tell(gen, &cw_gen_configure_many);
    }
    cw_gen_recast(gen);
}

static void run_servicing(struct cw_gen *gen, bool fails)
{
    tell(gen, &cw_gen_servicing_begin);
    tell(gen, &cw_gen_updates_begin);
    if (fails && cw_gen_below(gen, 4) == 0) {
        tell(gen, &cw_gen_version_failure);
    } else {
        publish_and_reflect(gen);
        tell(gen, fails ? &cw_gen_reflect_failure : &cw_gen_updates_success);
    }
    tell(gen, &cw_gen_boot);
    tell(gen, &cw_gen_servicing_end);
}

static const struct cw_gen_section *const routine[] = {
    &cw_gen_device_install, &cw_gen_driver_import, &cw_gen_policy_check, &cw_gen_disk_cleanup};

void cw_gen_setupapi_begin(struct cw_gen *gen)
{
    cw_gen_text(gen, "[Device Install Log]\r\n"
                     "     OS Version = 10.0.19045\r\n"
                     "     Service Pack = 0.0\r\n"
                     "     Suite = 0x0100\r\n"
                     "     ProductType = 1\r\n"
                     "     Architecture = amd64\r\n"
                     "\r\n"
                     "[BeginLog]\r\n"
                     "\r\n");
}

void cw_gen_setupapi(struct cw_gen *gen)
{
    tell(gen, &cw_gen_boot);
    for (uint32_t sections = 2 + cw_gen_below(gen, 10); sections > 0; sections--) {
        cw_gen_recast(gen);
        tell(gen, routine[cw_gen_below(gen, sizeof(routine) / sizeof(routine[0]))]);
        cw_gen_advance(gen, cw_gen_below(gen, HOUR));
    }
    bool fails = cw_gen_failure_due(gen);
    if (fails || cw_gen_below(gen, 2) == 0)
        run_servicing(gen, fails);
    cw_gen_advance(gen, HOUR + cw_gen_below(gen, 9 * HOUR));
}
