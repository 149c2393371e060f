#include "input/archive_head.h"

static const struct magic {
    size_t offset;
    struct cw_str bytes;
    enum cw_archive_nature nature;
} magics[] = {
    {0, {"PK\3\4", 4}, CW_ARCHIVE_STREAMS},
    {0, {"PK\5\6", 4}, CW_ARCHIVE_STREAMS}, /* an empty zip */
    {0, {"PK\7\10PK", 6}, CW_ARCHIVE_STREAMS},
    {0, {"MSCF\0\0\0\0", 8}, CW_ARCHIVE_STREAMS},
    {257, {"ustar", 5}, CW_ARCHIVE_STREAMS},
    {0, {"\x37z\xBC\xAF\x27\x1C", 6}, CW_ARCHIVE_SEEKS},
    {0, {"\x1F\x8B\x08", 3}, CW_ARCHIVE_PACKED_FILE},
    {0, {"\xFD\x37zXZ\0", 6}, CW_ARCHIVE_PACKED_FILE},
    {0, {"\x28\xB5\x2F\xFD", 4}, CW_ARCHIVE_PACKED_FILE},
    {4, {"\x31\x41\x59\x26\x53\x59", 6}, CW_ARCHIVE_PACKED_FILE}, /* bzip2, behind "BZh9" */
};

enum cw_archive_nature cw_archive_nature(struct cw_str head)
{
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        if (cw_str_starts(cw_str_from(head, magics[i].offset), magics[i].bytes))
            return magics[i].nature;
    }
    return CW_ARCHIVE_NONE;
}
