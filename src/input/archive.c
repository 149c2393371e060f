/* libarchive behind our contract. It pulls its bytes from a source, so that an archive in an
 * archive is nothing special.
 *
 * What is skipped is unpacked and counted like what is read, unless the format can do without: time
 * is what a bomb takes when it gets no memory. */
#include "input/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "input/archive_head.h"

enum {
    BLOCK = 64 * 1024,
    RETRIES = 3,
    NO_ERRNO = -1 /* for archive_set_error: the operating system has no part in it */
};

#define MIB UINT64_C(1048576)

struct cw_archive {
    struct cw_source *source;
    struct cw_archive_budget *budget;
    struct archive *reader;
    enum cw_archive_nature nature;
    struct cw_source *held; /* the source in memory, or NULL */
    struct cw_buf holding;  /* its bytes */
    bool at_positions;      /* the source is read at positions ... */
    uint64_t position;      /* ... this one next */
    uint64_t taken;         /* bytes read from the source */
    char *block;
    uint32_t next_index;
    unsigned restarts;
    bool broken; /* libarchive goes no further */
    struct cw_buf name;
    struct { /* the member under way */
        bool encrypted;
        bool ended;        /* nothing more comes of it */
        bool faulty;       /* all of it came, and its sum or size is wrong */
        const char *bytes; /* unpacked and not given yet */
        size_t left;
        uint64_t given;       /* bytes of it */
        uint64_t taken_start; /* `taken` when it began */
    } member;
};

struct cw_archive_budget cw_archive_budget(void)
{
    return (struct cw_archive_budget){
        .members = CW_LIMIT_ARCHIVE_MEMBERS,
        .bytes = CW_LIMIT_ARCHIVE_GIB * 1024 * MIB,
        .held = CW_LIMIT_ARCHIVE_HELD_MIB * MIB,
        .ratio = CW_LIMIT_ARCHIVE_RATIO,
        .ratio_free = CW_LIMIT_ARCHIVE_RATIO_FREE_MIB * MIB,
    };
}

/* --- libarchive's side --------------------------------------------------------------------- */

static la_ssize_t on_read(struct archive *reader, void *context, const void **ret_block)
{
    struct cw_archive *archive = context;
    struct cw_error error = {0};
    int64_t got =
        archive->at_positions
            ? cw_source_read_at(archive->source, archive->position, archive->block, BLOCK, &error)
            : cw_source_read(archive->source, archive->block, BLOCK, &error);
    if (got < 0) {
        archive_set_error(reader, NO_ERRNO, "%s", error.text);
        return ARCHIVE_FATAL;
    }
    archive->position += (uint64_t)got;
    archive->taken += (uint64_t)got;
    *ret_block = archive->block;
    return (la_ssize_t)got;
}

static la_int64_t on_seek(struct archive *reader, void *context, la_int64_t offset, int whence)
{
    struct cw_archive *archive = context;
    uint64_t size = cw_source_size(archive->source);
    uint64_t base = whence == SEEK_END ? size : whence == SEEK_CUR ? archive->position : 0;
    uint64_t way = offset < 0 ? UINT64_C(0) - (uint64_t)offset : (uint64_t)offset;
    if (offset < 0 ? way > base : base > INT64_MAX - way) {
        archive_set_error(reader, NO_ERRNO, "it points outside of itself");
        return ARCHIVE_FATAL;
    }
    archive->position = offset < 0 ? base - way : base + way;
    return (la_int64_t)archive->position;
}

static la_int64_t on_skip(struct archive *reader, void *context, la_int64_t count)
{
    struct cw_archive *archive = context;
    uint64_t size = cw_source_size(archive->source);
    uint64_t left = archive->position < size ? size - archive->position : 0;
    (void)reader;
    if (count < 0)
        return 0;
    count = (uint64_t)count < left ? count : (la_int64_t)left;
    archive->position += (uint64_t)count;
    return count;
}

/* Each may also find that this build of libarchive would run a program for it: refused. */
static int (*const supports[])(struct archive *) = {
    archive_read_support_filter_gzip,  archive_read_support_filter_bzip2,
    archive_read_support_filter_xz,    archive_read_support_filter_zstd,
    archive_read_support_format_zip,   archive_read_support_format_cab,
    archive_read_support_format_7zip,  archive_read_support_format_tar,
    archive_read_support_format_empty,
};

static bool choose_formats(const struct cw_archive *archive)
{
    for (size_t i = 0; i < sizeof(supports) / sizeof(supports[0]); i++) {
        if (supports[i](archive->reader) != ARCHIVE_OK)
            return false;
    }
    /* It takes any bytes for a file, so only behind a compressor. */
    return archive->nature != CW_ARCHIVE_PACKED_FILE ||
           archive_read_support_format_raw(archive->reader) == ARCHIVE_OK;
}

static void set_callbacks(struct cw_archive *archive)
{
    (void)archive_read_set_read_callback(archive->reader, on_read);
    (void)archive_read_set_callback_data(archive->reader, archive);
    if (!archive->at_positions)
        return;
    (void)archive_read_set_seek_callback(archive->reader, on_seek);
    (void)archive_read_set_skip_callback(archive->reader, on_skip);
}

/* In libarchive's words. */
static const char *reason_of(const struct cw_archive *archive)
{
    const char *reason = archive_error_string(archive->reader);
    return reason ? reason : "no more is known";
}

static int fail_damaged(const struct cw_archive *archive, struct cw_error *error)
{
    bool is_cab = archive_format(archive->reader) == ARCHIVE_FORMAT_CAB;
    return cw_fail(error, CW_ERR_INVALID, "it is damaged%s: %s",
                   is_cab ? ", a part of a set, or packed in a way that is not read here (unpack "
                            "it with another program)"
                          : "",
                   reason_of(archive));
}

/* Begins to read the archive, perhaps anew. */
static int start(struct cw_archive *archive, struct cw_error *error)
{
    archive_read_free(archive->reader);
    archive->position = 0;
    archive->next_index = 0;
    archive->broken = false;
    memset(&archive->member, 0, sizeof(archive->member));
    archive->member.ended = true;
    archive->reader = archive_read_new();
    if (!archive->reader)
        return cw_fail_nomem(error);
    if (!choose_formats(archive))
        return cw_fail(error, CW_ERR_UNSUPPORTED, "libarchive was built without what it needs");
    set_callbacks(archive);
    return archive_read_open1(archive->reader) == ARCHIVE_OK ? CW_OK : fail_damaged(archive, error);
}

/* Reads all of the source into memory. */
static int hold(struct cw_archive *archive, struct cw_error *error)
{
    int64_t got;
    cw_buf_init(&archive->holding, (size_t)archive->budget->held);
    while ((got = cw_source_read(archive->source, archive->block, BLOCK, error)) > 0) {
        struct cw_str bytes = {archive->block, (size_t)got};
        if (archive->holding.len + bytes.len > archive->budget->held)
            return cw_fail(error, CW_ERR_LIMIT,
                           "a 7z file that comes out of a pipe or another archive can not be "
                           "read when it has more than %d MiB; unpack it first",
                           CW_LIMIT_ARCHIVE_HELD_MIB);
        if (!cw_buf_append(&archive->holding, bytes))
            return cw_fail_nomem(error);
    }
    if (got < 0)
        return (int)got;
    int status = cw_source_memory(cw_source_name(archive->source), cw_buf_str(&archive->holding), 0,
                                  &archive->held, error);
    if (status < 0)
        return status;
    archive->budget->held -= archive->holding.len;
    archive->source = archive->held;
    return CW_OK;
}

static struct cw_archive *archive_new(struct cw_source *source, struct cw_archive_budget *budget)
{
    struct cw_archive *archive = calloc(1, sizeof(*archive));
    char *block = malloc(BLOCK);
    if (!archive || !block) {
        free(archive);
        free(block);
        return NULL;
    }
    archive->source = source;
    archive->budget = budget;
    archive->block = block;
    cw_buf_init(&archive->name, CW_LIMIT_MEMBER_NAME);
    return archive;
}

static bool is_at_positions(const struct cw_source *source)
{
    return cw_source_can_read_at(source) && cw_source_size(source) > 0;
}

/* Standard input may have been read already, which says nothing about its beginning. */
static int look_at_head(struct cw_source *source, enum cw_archive_nature *ret_nature,
                        struct cw_error *error)
{
    char bytes[CW_SOURCE_PEEK];
    struct cw_str head = {bytes, 0};
    int64_t got = is_at_positions(source)
                      ? cw_source_read_at(source, 0, bytes, sizeof(bytes), error)
                      : cw_source_peek(source, CW_SOURCE_PEEK, &head, error);
    if (got < 0)
        return (int)got;
    head.len += (size_t)got;
    *ret_nature = cw_archive_nature(head);
    return CW_OK;
}

int cw_archive_open(struct cw_source *source, struct cw_archive_budget *budget,
                    struct cw_archive **ret_archive, struct cw_error *error)
{
    enum cw_archive_nature nature = CW_ARCHIVE_NONE;
    int status = look_at_head(source, &nature, error);
    if (status < 0)
        return status;
    if (nature == CW_ARCHIVE_NONE)
        return cw_fail(error, CW_ERR_INVALID, "it is no archive");
    struct cw_archive *archive = archive_new(source, budget);
    if (!archive)
        return cw_fail_nomem(error);
    archive->nature = nature;
    if (nature == CW_ARCHIVE_SEEKS && !is_at_positions(source))
        status = hold(archive, error);
    archive->at_positions = is_at_positions(archive->source);
    if (status == CW_OK)
        status = start(archive, error);
    if (status < 0)
        cw_archive_close(archive);
    else
        *ret_archive = archive;
    return status;
}

void cw_archive_close(struct cw_archive *archive)
{
    if (!archive)
        return;
    archive_read_free(archive->reader);
    if (archive->held) {
        archive->budget->held += archive->holding.len;
        cw_source_close(archive->held);
    }
    cw_buf_done(&archive->holding);
    cw_buf_done(&archive->name);
    free(archive->block);
    free(archive);
}

/* --- the bytes of a member ----------------------------------------------------------------- */

static bool is_bomb(const struct cw_archive *archive)
{
    /* A packed piece may have come with the block of the member before. */
    uint64_t packed = archive->taken - archive->member.taken_start + BLOCK;
    return archive->member.given > archive->budget->ratio_free &&
           archive->member.given / archive->budget->ratio > packed;
}

static int fail_budget(struct cw_error *error)
{
    return cw_fail(error, CW_ERR_LIMIT,
                   "the file expands to more than %d GiB; what follows was not read",
                   CW_LIMIT_ARCHIVE_GIB);
}

/* A block at a time, so that what came before a failure is not lost. Holes in a sparse member are
 * left out: a log has none. */
static int next_block(struct cw_archive *archive, struct cw_error *error)
{
    const void *bytes = NULL;
    la_int64_t offset = 0;
    int result = ARCHIVE_WARN;
    if (!archive->member.faulty)
        result = archive_read_data_block(archive->reader, &bytes, &archive->member.left, &offset);
    archive->member.bytes = bytes;
    /* Its last block, and with it that the sum or the size is wrong. */
    archive->member.faulty = result == ARCHIVE_WARN;
    if (result == ARCHIVE_OK || (result == ARCHIVE_WARN && archive->member.left > 0))
        return 1;
    archive->member.left = 0;
    archive->member.ended = true;
    if (result == ARCHIVE_EOF)
        return 0;
    archive->broken = result == ARCHIVE_FATAL;
    return fail_damaged(archive, error);
}

static int64_t read_data(struct cw_archive *archive, char *bytes, size_t size,
                         struct cw_error *error)
{
    int more = 1;
    while (more > 0 && archive->member.left == 0 && !archive->member.ended)
        more = next_block(archive, error);
    if (more < 0)
        return more;
    size_t count = archive->member.left < size ? archive->member.left : size;
    if (count > archive->budget->bytes)
        return fail_budget(error);
    if (count == 0)
        return 0;
    memcpy(bytes, archive->member.bytes, count);
    archive->member.bytes += count;
    archive->member.left -= count;
    archive->member.given += count;
    archive->budget->bytes -= count;
    return (int64_t)count;
}

static int64_t member_read(void *context, char *bytes, size_t size, struct cw_error *error)
{
    struct cw_archive *archive = context;
    if (!is_bomb(archive))
        return read_data(archive, bytes, size, error);
    return cw_fail(error, CW_ERR_LIMIT,
                   "it expands to more than %d times its size, as no log does; its rest was not "
                   "read",
                   CW_LIMIT_ARCHIVE_RATIO);
}

static const struct cw_source_kind member_kind = {.read = member_read};

int cw_archive_source(struct cw_archive *archive, const char *name, struct cw_source **ret_source,
                      struct cw_error *error)
{
    return cw_source_custom(name, &member_kind, archive, ret_source, error);
}

/* --- from member to member ----------------------------------------------------------------- */

/* Zip files with their directory are the one format that skips without unpacking. */
static bool skips_unread(const struct cw_archive *archive)
{
    return archive->at_positions && archive_format(archive->reader) == ARCHIVE_FORMAT_ZIP &&
           archive_filter_count(archive->reader) == 1;
}

/* Reads the rest of the current member, so that it is counted. */
static int finish_member(struct cw_archive *archive, struct cw_error *error)
{
    char discard[16 * 1024];
    int64_t got = !archive->member.encrypted && !archive->broken && !skips_unread(archive);
    while (got > 0)
        got = read_data(archive, discard, sizeof(discard), error);
    return got == CW_ERR_LIMIT ? CW_ERR_LIMIT : CW_OK;
}

/* libarchive's next header, its passing weaknesses overcome. */
static int next_header(struct cw_archive *archive, struct archive_entry **ret_entry)
{
    int result = ARCHIVE_RETRY;
    for (unsigned i = 0; i < RETRIES && result == ARCHIVE_RETRY; i++)
        result = archive_read_next_header(archive->reader, ret_entry);
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
        archive->next_index++;
    return result;
}

/* Begins anew and goes to behind the members that were seen: after a fatal failure libarchive does
 * not go on by itself, although a directory tells where the next member is. */
static int restart(struct cw_archive *archive, struct cw_error *error)
{
    uint32_t seen = archive->next_index;
    if (!skips_unread(archive) || archive->restarts == CW_LIMIT_ARCHIVE_RESTARTS)
        return cw_fail(error, CW_ERR_INVALID, "what follows the damage was not read: %s",
                       reason_of(archive));
    archive->restarts++;
    int status = start(archive, error);
    while (status == CW_OK && archive->next_index < seen) {
        struct archive_entry *entry = NULL;
        int result = next_header(archive, &entry);
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            status = fail_damaged(archive, error);
    }
    return status;
}

static bool is_drive(struct cw_str name)
{
    return name.len >= 2 && name.ptr[1] == ':';
}

static bool leads_outside(struct cw_str name)
{
    if (cw_str_starts(name, CW_STR("/")) || is_drive(name))
        return true;
    while (name.len) {
        struct cw_str part = cw_str_head(name, cw_str_find_char(name, '/'));
        if (cw_str_eq(part, CW_STR("..")))
            return true;
        name = cw_str_from(name, part.len + 1);
    }
    return false;
}

/* Windows writes '\' into some formats. A name that is too long is cut. */
static bool take_name(struct cw_archive *archive, struct archive_entry *entry)
{
    struct cw_str name = cw_str_c(archive_entry_pathname(entry));
    if (name.len == 0)
        name = cw_str_c(archive_entry_pathname_utf8(entry));
    while (cw_str_starts(name, CW_STR("./")))
        name = cw_str_from(name, 2);
    cw_buf_clear(&archive->name);
    if (archive_format(archive->reader) == ARCHIVE_FORMAT_RAW)
        return true;
    name = cw_str_head(name, CW_LIMIT_MEMBER_NAME);
    for (size_t i = 0; i < name.len; i++)
        (void)cw_buf_char(&archive->name, name.ptr[i] == '\\' ? '/' : name.ptr[i]);
    return !archive->name.failed;
}

static int describe(struct cw_archive *archive, struct archive_entry *entry,
                    struct cw_member *ret_member, struct cw_error *error)
{
    if (!take_name(archive, entry))
        return cw_fail_nomem(error);
    *ret_member = (struct cw_member){
        .name = cw_buf_str(&archive->name),
        .index = archive->next_index - 1,
        .is_file = archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry),
        .is_outside = leads_outside(cw_buf_str(&archive->name)),
        .is_encrypted = archive_entry_is_data_encrypted(entry) != 0,
    };
    memset(&archive->member, 0, sizeof(archive->member));
    archive->member.encrypted = ret_member->is_encrypted;
    archive->member.taken_start = archive->taken;
    return 1;
}

/* What can not be listed or passed over may only be locked. */
static int fail_at_header(const struct cw_archive *archive, struct cw_error *error)
{
    if (archive->member.encrypted)
        return cw_fail(error, CW_ERR_INVALID, "what follows an encrypted member can not be found");
    if (archive->next_index == 0 && archive_read_has_encrypted_entries(archive->reader) > 0)
        return cw_fail(error, CW_ERR_INVALID, "it is encrypted");
    return fail_damaged(archive, error);
}

int cw_archive_next(struct cw_archive *archive, struct cw_member *ret_member,
                    struct cw_error *error)
{
    struct archive_entry *entry = NULL;
    int status = finish_member(archive, error);
    bool is_alone = archive_format(archive->reader) == ARCHIVE_FORMAT_RAW;
    if (status == CW_OK && archive->broken && is_alone)
        return 0;
    if (status == CW_OK && archive->broken)
        status = restart(archive, error);
    if (status < 0)
        return status;
    int result = next_header(archive, &entry);
    if (result == ARCHIVE_EOF)
        return 0;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        return fail_at_header(archive, error);
    if (archive->budget->members == 0)
        return cw_fail(error, CW_ERR_LIMIT,
                       "the file has more than %d members; what follows was not read",
                       CW_LIMIT_ARCHIVE_MEMBERS);
    archive->budget->members--;
    return describe(archive, entry, ret_member, error);
}
