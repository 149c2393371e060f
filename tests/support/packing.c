#include "support/packing.h"

#include "support/test.h"

#include <archive.h>
#include <archive_entry.h>

enum { ARCHIVE_MOST = 64 * 1024 * 1024 };

static la_ssize_t on_write(struct archive *writer, void *context, const void *bytes, size_t size)
{
    (void)writer;
    assert_true(cw_buf_append(context, (struct cw_str){bytes, size}));
    return (la_ssize_t)size;
}

static void pack_file(struct archive *writer, const struct packed_file *file)
{
    struct archive_entry *entry = archive_entry_new();
    assert_non_null(entry);
    archive_entry_set_pathname(entry, file->name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)file->bytes.len);
    assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
    if (file->bytes.len)
        assert_int_equal(archive_write_data(writer, file->bytes.ptr, file->bytes.len),
                         file->bytes.len);
    archive_entry_free(entry);
}

struct cw_buf pack(const struct packing *packing, const struct packed_file *files, size_t count)
{
    struct cw_buf bytes;
    struct archive *writer = archive_write_new();
    assert_non_null(writer);
    cw_buf_init(&bytes, ARCHIVE_MOST);
    assert_int_equal(archive_write_set_format_by_name(writer, packing->format), ARCHIVE_OK);
    if (packing->filter)
        assert_int_equal(archive_write_add_filter_by_name(writer, packing->filter), ARCHIVE_OK);
    if (packing->options)
        assert_int_equal(archive_write_set_options(writer, packing->options), ARCHIVE_OK);
    if (packing->password)
        assert_int_equal(archive_write_set_passphrase(writer, packing->password), ARCHIVE_OK);
    assert_int_equal(archive_write_set_bytes_in_last_block(writer, 1), ARCHIVE_OK);
    assert_int_equal(archive_write_open(writer, &bytes, NULL, on_write, NULL), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++)
        pack_file(writer, &files[i]);
    assert_int_equal(archive_write_close(writer), ARCHIVE_OK);
    archive_write_free(writer);
    return bytes;
}

struct cw_buf zip(const struct packed_file *files, size_t count)
{
    const struct packing packing = {.format = "zip"};
    return pack(&packing, files, count);
}
