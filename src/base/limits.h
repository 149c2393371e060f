/* Every limit of the program, with its reason. Reaching one is reported by name, never silent. */
#ifndef CW_BASE_LIMITS_H
#define CW_BASE_LIMITS_H

enum {
    /* One read from the operating system; larger brings nothing once it exceeds the L2 cache. */
    CW_LIMIT_BLOCK = 1024 * 1024,
    /* A physical line. The longest line that Windows writes is about 2,100 bytes; a publisher's
     * copy may join some. What is longer is cut here, reported, and the rest of it skipped. */
    CW_LIMIT_LINE = 64 * 1024,
    /* What is kept of a pipe for a second look at a run: a run that failed without a known reason
     * is seldom longer. */
    CW_LIMIT_WINDOW = 4 * 1024 * 1024,
    /* A record with its continuation lines: a CheckSUR block is some 30 KiB. */
    CW_LIMIT_RECORD = 256 * 1024,
    /* Text quoted in a report. */
    CW_LIMIT_QUOTE = 2048,
    /* Of a title in the report's one line of summary: names in it come from a log. */
    CW_LIMIT_SUMMARY_TITLE = 3000,
    /* Words beyond ASCII by which the code page of a log is told: more do not tell more. */
    CW_LIMIT_ENCODING_SAMPLE = 2048,
    /* Open operations in a SetupAPI section; the format allows 16. */
    CW_LIMIT_DEPTH = 64,
    /* Properties kept for the path to one failing operation, and bytes of each. */
    CW_LIMIT_PROPERTIES = 64,
    CW_LIMIT_PROPERTY = 256,
    /* Details kept of operations that are still open; what they hold is dropped when all have
     * closed, so only a section of hundreds of thousands of lines comes near this. */
    CW_LIMIT_OPEN_BYTES = 2 * 1024 * 1024,
    /* Failing operations and error lines kept of one section. */
    CW_LIMIT_SECTION_FAILURES = 32,
    /* Driver operations, packages and sessions kept of one servicing run. */
    CW_LIMIT_RUN_ITEMS = 64,
    /* Failed or unfinished servicing runs, failed sections, and failed accounts of other logs, kept
     * of one analysis: so many of each. */
    CW_LIMIT_EPISODES = 512,
    /* What is kept of the beginning of a log until it is known what comes before: four runs have
     * some 100 lines. */
    CW_LIMIT_OPENING = 128 * 1024,
    /* INFs whose services and files were seen in the logs. */
    CW_LIMIT_INFS = 1024,
    /* Driver packages of other vendors whose installation or removal is kept, the newest; a machine
     * has some 100. One record has 2 KiB. */
    CW_LIMIT_INSTALLS = 256,
    /* Services, keys and files of which it is kept that they were written, those written last; an
     * update configures some 300 services. One record has 700 bytes. */
    CW_LIMIT_WRITTEN = 1024,
    /* Matches that one signal may leave in one episode. */
    CW_LIMIT_MATCHES = 16,
    /* Unrecognised lines quoted of one source, and bytes of each; all are counted. */
    CW_LIMIT_DIAGNOSTICS = 3,
    CW_LIMIT_STRAY = 160,
    /* Everything kept of one analysis. */
    CW_LIMIT_CASE_BYTES = 16 * 1024 * 1024,
    /* Sources (files) of one analysis. */
    CW_LIMIT_SOURCES = 4096,
    /* Depth of folders walked. */
    CW_LIMIT_WALK_DEPTH = 16,
    /* Archives in archives: what support gets has two, a zip of cabs; a mail adds one. */
    CW_LIMIT_ARCHIVE_DEPTH = 4,
    /* Members of one file, with those of the archives in it; a collector's zip has hundreds. */
    CW_LIMIT_ARCHIVE_MEMBERS = 10000,
    /* GiB that one file may expand to: at the speed of inflate some two minutes. */
    CW_LIMIT_ARCHIVE_GIB = 64,
    /* How many times its packed size a member may expand to: logs come to 10 to 50 times, zeros to
     * 1,000 and more. Asked when so many MiB of it have come: what is small does no harm. */
    CW_LIMIT_ARCHIVE_RATIO = 500,
    CW_LIMIT_ARCHIVE_RATIO_FREE_MIB = 64,
    /* MiB of archives held in memory because they can not be read from front to back: a 7z out of a
     * pipe or in another archive. */
    CW_LIMIT_ARCHIVE_HELD_MIB = 16,
    /* Bytes of a member's name; Windows allows some 32,000, and nobody writes more than 260. */
    CW_LIMIT_MEMBER_NAME = 2048,
    /* Damaged members behind which an archive is opened anew. */
    CW_LIMIT_ARCHIVE_RESTARTS = 16,
    /* MiB unpacked again in one analysis to look closer at what no rule explains, newest first:
     * each such look unpacks what lies before it. */
    CW_LIMIT_UNPACKED_AGAIN_MIB = 1024,
    /* Members of one file that are listed as not read; the others are counted. */
    CW_LIMIT_MEMBERS_LISTED = 20,
    /* A damaged excerpt, which is taken as a whole to be put together again: a paste has some
     * hundred lines. What is larger is read by the strict readers alone. */
    CW_LIMIT_EXCERPT = 4 * 1024 * 1024,
    CW_LIMIT_EXCERPT_LINES = 64 * 1024,
    /* Values that are replaced in the reports of one redaction: a log names some dozen, a fleet's
     * some thousand. Names in a code page are kept until its page is known. */
    CW_LIMIT_IDENTIFIERS = 16 * 1024,
    CW_LIMIT_IDENTIFIERS_UNDECODED = 4 * 1024,
    /* The file in which they stand with their tokens. */
    CW_LIMIT_REDACT_MAP = 16 * 1024 * 1024,
    /* One rule file. */
    CW_LIMIT_RULE_FILE = 4 * 1024 * 1024,
    /* PCRE2: a pattern that needs more than this for one record is running wild. */
    CW_LIMIT_REGEX_MATCH = 100000,
    CW_LIMIT_REGEX_DEPTH = 1000,
    CW_LIMIT_REGEX_HEAP_KIB = 1024
};

#endif
