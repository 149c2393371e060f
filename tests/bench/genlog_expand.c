/* What stands behind the letters of a template.
 *
 *     drawn anew                          of the cast
 *     $p  package identity                $P  package of the update that runs
 *     $v  version of this Windows         $V  its version within the package
 *     $s  session                         $S  session
 *     $k  number of a KB article          $K  number of the KB article
 *     $i  INF                             $I  INF's name without extension
 *     $n  0 to 99                         $N  driver package's name in the driver store
 *     $m  0 to 99999                      $O  the one it replaces
 *     $x  8 hexadecimal digits            $D  device's description
 *     $h  address                         $W  hardware id
 *     $b  32 bytes in hexadecimal         $A  service
 *     $g  GUID                            $G  GUID of the device class
 *     $c  component, as in WinSxS         $R  error: decimal, Win32
 *     $o  component, as CSI writes it     $X  error: hexadecimal, Win32
 *     $f  file                            $H  error: HRESULT
 *     $w  package state                   $E  error: HRESULT and symbol
 *     $l  language                        $q  next CSI sequence number
 *     $t  time of day, a little later     $Q  the same with time stamp in UTC
 *     $T  date and time                   $U  date and time, SetupAPI's way
 *     $u  date and time in UTC            $Z  error: HRESULT without 0x
 */
#include "genlog.h"

#include <assert.h>
#include <string.h>

enum { BUILD = 19045, UTC_OFFSET_HOURS = 2 };

static uint64_t draw64(struct cw_gen *gen)
{
    uint64_t high = cw_gen_below(gen, UINT32_MAX);
    return high << 32 | cw_gen_below(gen, UINT32_MAX);
}

static cw_time utc(const struct cw_gen *gen)
{
    return gen->now - UTC_OFFSET_HOURS * INT64_C(3600000);
}

static uint64_t filetime(const struct cw_gen *gen)
{
    return ((uint64_t)utc(gen) + UINT64_C(11644473600000)) * 10000;
}

void cw_gen_recast(struct cw_gen *gen)
{
    gen->cast = (struct cw_gen_cast){
        .driver = &cw_gen_drivers[cw_gen_below(gen, cw_gen_driver_count)],
        .error = &cw_gen_errors[cw_gen_below(gen, cw_gen_error_count)],
        .old_hash = draw64(gen),
        .new_hash = draw64(gen),
        .session = filetime(gen) + cw_gen_below(gen, 10000),
        .kb = 5020000 + cw_gen_below(gen, 50000),
        .revision = 2000 + cw_gen_below(gen, 4000),
    };
}

static void put_one_of(struct cw_gen *gen, const struct cw_gen_texts *texts)
{
    cw_gen_text(gen, texts->items[cw_gen_below(gen, texts->count)]);
}

static void put_version(struct cw_gen *gen)
{
    cw_gen_text(gen, "10.0.");
    cw_gen_decimal(gen, BUILD, 1);
    cw_gen_text(gen, ".");
    cw_gen_decimal(gen, 1 + cw_gen_below(gen, 5999), 1);
}

static void put_package(struct cw_gen *gen)
{
    put_one_of(gen, &cw_gen_package_names);
    cw_gen_text(gen, "~31bf3856ad364e35~amd64~~");
    put_version(gen);
}

static void put_run_version(struct cw_gen *gen)
{
    cw_gen_decimal(gen, BUILD, 1);
    cw_gen_text(gen, ".");
    cw_gen_decimal(gen, gen->cast.revision, 1);
    cw_gen_text(gen, ".1.7");
}

static void put_run_package(struct cw_gen *gen)
{
    cw_gen_text(gen, "Package_for_KB");
    cw_gen_decimal(gen, gen->cast.kb, 1);
    cw_gen_text(gen, "~31bf3856ad364e35~amd64~~");
    put_run_version(gen);
}

static void put_session_of(struct cw_gen *gen, uint64_t time)
{
    cw_gen_decimal(gen, time >> 32, 1);
    cw_gen_text(gen, "_");
    cw_gen_decimal(gen, time & UINT32_MAX, 1);
}

static void put_session(struct cw_gen *gen)
{
    put_session_of(gen, filetime(gen) + cw_gen_below(gen, 10000));
}

static void put_run_session(struct cw_gen *gen)
{
    put_session_of(gen, gen->cast.session);
}

static void put_kb(struct cw_gen *gen)
{
    cw_gen_decimal(gen, 5000000 + cw_gen_below(gen, 70000), 1);
}

static void put_run_kb(struct cw_gen *gen)
{
    cw_gen_decimal(gen, gen->cast.kb, 1);
}

static void put_inf(struct cw_gen *gen)
{
    cw_gen_text(gen, cw_gen_drivers[cw_gen_below(gen, cw_gen_driver_count)].name);
    cw_gen_text(gen, ".inf");
}

static void put_run_inf(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.driver->name);
}

static void put_small(struct cw_gen *gen)
{
    cw_gen_decimal(gen, cw_gen_below(gen, 100), 1);
}

static void put_large(struct cw_gen *gen)
{
    cw_gen_decimal(gen, cw_gen_below(gen, 100000), 1);
}

static void put_hex8(struct cw_gen *gen)
{
    cw_gen_hex(gen, cw_gen_below(gen, UINT32_MAX), 8);
}

static void put_address(struct cw_gen *gen)
{
    cw_gen_text(gen, "0x");
    cw_gen_hex(gen, draw64(gen) & ~UINT64_C(15), 11);
}

static void put_hash(struct cw_gen *gen)
{
    for (int i = 0; i < 4; i++)
        cw_gen_hex(gen, draw64(gen), 16);
}

static void put_guid(struct cw_gen *gen)
{
    uint64_t high = draw64(gen), low = draw64(gen);
    cw_gen_text(gen, "{");
    cw_gen_hex(gen, high >> 32, 8);
    cw_gen_text(gen, "-");
    cw_gen_hex(gen, high >> 16, 4);
    cw_gen_text(gen, "-");
    cw_gen_hex(gen, high, 4);
    cw_gen_text(gen, "-");
    cw_gen_hex(gen, low >> 48, 4);
    cw_gen_text(gen, "-");
    cw_gen_hex(gen, low, 12);
    cw_gen_text(gen, "}");
}

static void put_component(struct cw_gen *gen)
{
    cw_gen_text(gen, "amd64_");
    put_one_of(gen, &cw_gen_components);
    cw_gen_text(gen, "_31bf3856ad364e35_");
    put_version(gen);
    cw_gen_text(gen, "_none_");
    cw_gen_hex(gen, draw64(gen), 16);
}

static void put_component_name(struct cw_gen *gen)
{
    put_one_of(gen, &cw_gen_component_names);
    cw_gen_text(gen, ", version ");
    put_version(gen);
    cw_gen_text(gen, ", arch amd64, nonSxS, pkt {l:8 b:31bf3856ad364e35}");
}

static void put_file(struct cw_gen *gen)
{
    put_one_of(gen, &cw_gen_files);
}

static void put_state(struct cw_gen *gen)
{
    put_one_of(gen, &cw_gen_states);
}

static void put_language(struct cw_gen *gen)
{
    put_one_of(gen, &cw_gen_languages);
}

static void put_time_of_day(struct cw_gen *gen)
{
    cw_gen_advance(gen, cw_gen_below(gen, 40));
    cw_gen_stamp(gen);
    /* The stamp's date is overwritten by its time. */
    memmove(gen->buf + gen->len - 19, gen->buf + gen->len - 8, 8);
    gen->len -= 11;
    cw_gen_text(gen, ".");
    cw_gen_decimal(gen, (uint64_t)(gen->now % 1000), 3);
}

static void put_date_time(struct cw_gen *gen)
{
    cw_gen_stamp(gen);
    cw_gen_text(gen, ".");
    cw_gen_decimal(gen, (uint64_t)(gen->now % 1000), 3);
}

static void put_utc_date_time(struct cw_gen *gen)
{
    cw_time local = gen->now;
    gen->now = utc(gen);
    put_date_time(gen);
    gen->now = local;
}

static void put_setupapi_time(struct cw_gen *gen)
{
    put_date_time(gen);
    gen->buf[gen->len - 19] = '/';
    gen->buf[gen->len - 16] = '/';
}

static void put_store_name(struct cw_gen *gen, uint64_t hash)
{
    put_run_inf(gen);
    cw_gen_text(gen, ".inf_amd64_");
    cw_gen_hex(gen, hash, 16);
}

static void put_new_store_name(struct cw_gen *gen)
{
    put_store_name(gen, gen->cast.new_hash);
}

static void put_old_store_name(struct cw_gen *gen)
{
    put_store_name(gen, gen->cast.old_hash);
}

static void put_run_device(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.driver->title);
}

static void put_run_hardware_id(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.driver->hardware_id);
}

static void put_run_service(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.driver->service);
}

static void put_run_class(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.driver->class_guid);
}

static void put_decimal_error(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.error->decimal);
}

static void put_win32_error(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.error->win32);
}

static void put_hresult(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.error->hresult);
}

static void put_hresult_digits(struct cw_gen *gen)
{
    cw_gen_text(gen, gen->cast.error->hresult + 2);
}

static void put_hresult_symbol(struct cw_gen *gen)
{
    put_hresult(gen);
    cw_gen_text(gen, " - ");
    cw_gen_text(gen, gen->cast.error->symbol);
}

static void put_sequence(struct cw_gen *gen)
{
    cw_gen_hex(gen, ++gen->sequence[gen->process], 8);
}

static void put_stamped_sequence(struct cw_gen *gen)
{
    struct cw_civil civil = cw_civil_from_time(utc(gen));
    put_sequence(gen);
    cw_gen_text(gen, "@");
    cw_gen_decimal(gen, civil.year, 1);
    cw_gen_text(gen, "/");
    cw_gen_decimal(gen, civil.month, 1);
    cw_gen_text(gen, "/");
    cw_gen_decimal(gen, civil.day, 1);
    cw_gen_text(gen, ":");
    cw_gen_decimal(gen, civil.hour, 2);
    cw_gen_text(gen, ":");
    cw_gen_decimal(gen, civil.minute, 2);
    cw_gen_text(gen, ":");
    cw_gen_decimal(gen, civil.second, 2);
    cw_gen_text(gen, ".");
    cw_gen_decimal(gen, civil.millisecond, 3);
}

static void (*const expanders[128])(struct cw_gen *gen) = {
    ['p'] = put_package,
    ['P'] = put_run_package,
    ['v'] = put_version,
    ['V'] = put_run_version,
    ['s'] = put_session,
    ['S'] = put_run_session,
    ['k'] = put_kb,
    ['K'] = put_run_kb,
    ['i'] = put_inf,
    ['I'] = put_run_inf,
    ['n'] = put_small,
    ['N'] = put_new_store_name,
    ['m'] = put_large,
    ['O'] = put_old_store_name,
    ['x'] = put_hex8,
    ['D'] = put_run_device,
    ['h'] = put_address,
    ['W'] = put_run_hardware_id,
    ['b'] = put_hash,
    ['A'] = put_run_service,
    ['g'] = put_guid,
    ['G'] = put_run_class,
    ['c'] = put_component,
    ['R'] = put_decimal_error,
    ['o'] = put_component_name,
    ['X'] = put_win32_error,
    ['f'] = put_file,
    ['H'] = put_hresult,
    ['w'] = put_state,
    ['E'] = put_hresult_symbol,
    ['l'] = put_language,
    ['q'] = put_sequence,
    ['t'] = put_time_of_day,
    ['Q'] = put_stamped_sequence,
    ['T'] = put_date_time,
    ['U'] = put_setupapi_time,
    ['u'] = put_utc_date_time,
    ['Z'] = put_hresult_digits,
};

void cw_gen_expand(struct cw_gen *gen, const char *text)
{
    for (;;) {
        const char *mark = strchr(text, '$');
        if (!mark)
            break;
        cw_gen_put(gen, text, (size_t)(mark - text));
        unsigned char letter = (unsigned char)mark[1];
        assert(letter < 128 && expanders[letter]);
        expanders[letter](gen);
        text = mark + 2;
    }
    cw_gen_text(gen, text);
}
