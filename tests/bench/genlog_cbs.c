/* CBS.log.
 *
 *     2023-03-07 04:10:26, Info                  CBS    Starting the TiWorker main loop.
 *     2023-03-07 04:10:27, Info                  CSI    0000001f [SR] Verify complete
 *
 * The services start, do what they have to do, and stop; some hours later again. A record whose
 * text exceeds 2,048 bytes goes on under a second header, without a sequence number.
 */
#include "genlog_cbs.h"
#include "genlog.h"

#include <string.h>

enum { PAYLOAD_MAX = 2048, HOUR = 3600 * 1000 };

/* Columns 21 to 49. */
static const char *const columns[] = {
    [COL_CBS] = "Info                  CBS    ",
    [COL_CBS_ERROR] = "Error                 CBS    ",
    [COL_CBS_WARNING] = "Warning               CBS    ",
    [COL_CSI] = "Info                  CSI    ",
    [COL_CSI_ERROR] = "Error                 CSI    ",
    [COL_CSI_EVENT] = "Error      [0x01805b] CSI    ",
    [COL_SXS] = "Info                  SXS    ",
    [COL_DPX] = "Info                  DPX    ",
    [COL_DISM] = "Info                  DISM   ",
    [COL_DEPLOY] = "Info                  DEPLOY ",
    [COL_NONE] = "Info                         ",
};

static void put_header(struct cw_gen *gen, enum cw_gen_column column)
{
    cw_gen_stamp(gen);
    cw_gen_put(gen, ", ", 2);
    cw_gen_put(gen, columns[column], 29);
}

/* Spreads what was written since `payload` over as many records as it needs. */
static void cut_record(struct cw_gen *gen, size_t payload, enum cw_gen_column column)
{
    char text[CW_GEN_RECORD];
    size_t size = gen->len - payload;
    memcpy(text, gen->buf + payload, size);
    gen->len = payload;
    for (size_t at = 0; at < size; at += PAYLOAD_MAX) {
        size_t piece = size - at < PAYLOAD_MAX ? size - at : PAYLOAD_MAX;
        if (at > 0) {
            cw_gen_put(gen, "\r\n", 2);
            put_header(gen, column);
        }
        cw_gen_put(gen, text + at, piece);
    }
}

static void begin_record(struct cw_gen *gen, enum cw_gen_column column)
{
    cw_gen_room(gen);
    cw_gen_advance(gen, cw_gen_below(gen, 80));
    put_header(gen, column);
}

static void end_record(struct cw_gen *gen, size_t payload, enum cw_gen_column column)
{
    if (gen->len - payload > PAYLOAD_MAX)
        cut_record(gen, payload, column);
    cw_gen_put(gen, "\r\n", 2);
}

static void put_line(struct cw_gen *gen, const struct cw_gen_line *line)
{
    begin_record(gen, line->column);
    size_t payload = gen->len;
    cw_gen_expand(gen, line->text);
    end_record(gen, payload, line->column);
}

/* The operations of a transaction: the record that usually has to be cut. */
static void put_operations(struct cw_gen *gen)
{
    uint32_t count = 1 + cw_gen_below(gen, 24);
    begin_record(gen, COL_CSI);
    size_t payload = gen->len;
    cw_gen_expand(gen, "$q Performing ");
    cw_gen_decimal(gen, count, 1);
    cw_gen_text(gen, " operations as follows:");
    for (uint32_t i = 0; i < count; i++) {
        cw_gen_text(gen, "\n  (");
        cw_gen_decimal(gen, i, 1);
        cw_gen_expand(gen, i % 2 == 0
                               ? ")  LockComponentPath: flags: 0 comp: {l:16 b:$x$x$x$x} pathid: "
                                 "{l:16 b:$x$x$x$x} path: [l:95]'\\SystemRoot\\WinSxS\\$c' "
                                 "pid: $m starttime: 133$m$m"
                               : ")  Install: flags: 0x$x app: [$o] comp: [$o] disp: 0");
    }
    end_record(gen, payload, COL_CSI);
}

static void put_usual_line(struct cw_gen *gen)
{
    if (cw_gen_below(gen, 100) < gen->options.noise)
        put_line(gen, &cw_gen_cbs_noise[cw_gen_pick(gen, &gen->noise)].line);
    else
        put_line(gen, &cw_gen_cbs_usual[cw_gen_pick(gen, &gen->usual)].line);
}

static void put_usual(struct cw_gen *gen, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        /* The other process writes a line of its own now and then. */
        gen->process = cw_gen_below(gen, 32) == 0;
        put_usual_line(gen);
        gen->process = 0;
        if (cw_gen_below(gen, 2048) == 0)
            put_operations(gen);
    }
}

static void tell(struct cw_gen *gen, const struct cw_gen_story *story)
{
    for (size_t i = 0; i < story->count; i++) {
        put_line(gen, &story->lines[i]);
        if (cw_gen_below(gen, 16) == 0)
            put_usual_line(gen);
    }
}

static void restart(struct cw_gen *gen)
{
    cw_gen_advance(gen, 40000 + cw_gen_below(gen, 90000));
    gen->sequence[0] = 0;
}

static void run_sfc(struct cw_gen *gen)
{
    uint32_t batches = 20 + cw_gen_below(gen, 200);
    for (uint32_t i = 0; i < batches; i++)
        tell(gen, &cw_gen_sfc_batch);
    tell(gen, &cw_gen_sfc_commit);
}

static void run_update(struct cw_gen *gen)
{
    cw_gen_recast(gen);
    tell(gen, &cw_gen_update_prepared);
    if (cw_gen_below(gen, 2) == 0)
        tell(gen, &cw_gen_shutdown_retry);
    restart(gen);
    tell(gen, &cw_gen_startup_success);
}

static void run_failure(struct cw_gen *gen)
{
    cw_gen_recast(gen);
    switch (cw_gen_below(gen, 5)) {
    case 0:
        tell(gen, &cw_gen_resolve_failure);
        break;
    case 1:
        tell(gen, &cw_gen_update_prepared);
        restart(gen);
        tell(gen, &cw_gen_startup_installer_failure);
        break;
    default:
        tell(gen, &cw_gen_update_prepared);
        tell(gen, &cw_gen_shutdown_retry);
        restart(gen);
        tell(gen, &cw_gen_startup_driver_failure);
        restart(gen);
        tell(gen, &cw_gen_startup_after_failure);
    }
}

void cw_gen_cbs_begin(struct cw_gen *gen)
{
    for (size_t i = 0; i < cw_gen_cbs_usual_count; i++)
        cw_gen_picker_add(&gen->usual, cw_gen_cbs_usual[i].weight);
    for (size_t i = 0; i < cw_gen_cbs_noise_count; i++)
        cw_gen_picker_add(&gen->noise, cw_gen_cbs_noise[i].weight);
    cw_gen_text(gen, "\xef\xbb\xbf");
}

void cw_gen_cbs(struct cw_gen *gen)
{
    gen->sequence[0] = 0;
    tell(gen, &cw_gen_service_start);
    put_usual(gen, 100 + cw_gen_below(gen, 1100));
    if (cw_gen_below(gen, 8) == 0)
        run_sfc(gen);
    if (cw_gen_below(gen, 10) == 0)
        run_update(gen);
    if (cw_gen_failure_due(gen))
        run_failure(gen);
    put_usual(gen, cw_gen_below(gen, 50));
    tell(gen, &cw_gen_service_stop);
    cw_gen_advance(gen, HOUR / 4 + cw_gen_below(gen, 3 * HOUR));
}
