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
    /* Failed or unfinished servicing runs, and failed sections, kept of one history. */
    CW_LIMIT_EPISODES = 512,
    /* INFs whose services and files were seen in the logs. */
    CW_LIMIT_INFS = 1024,
    /* Matches that one signal may leave in one episode. */
    CW_LIMIT_MATCHES = 16,
    /* Diagnostics of one kind quoted for one source; all are counted. */
    CW_LIMIT_DIAGNOSTICS = 3,
    /* Everything kept of one analysis. */
    CW_LIMIT_CASE_BYTES = 16 * 1024 * 1024,
    /* Sources (files) of one analysis. */
    CW_LIMIT_SOURCES = 4096,
    /* Depth of folders walked. */
    CW_LIMIT_WALK_DEPTH = 16,
    /* One rule file. */
    CW_LIMIT_RULE_FILE = 4 * 1024 * 1024,
    /* PCRE2: a pattern that needs more than this for one record is running wild. */
    CW_LIMIT_REGEX_MATCH = 100000,
    CW_LIMIT_REGEX_DEPTH = 1000,
    CW_LIMIT_REGEX_HEAP_KIB = 1024
};

#endif
