/* Every code page is tried, and each character that it makes of the words earns or costs points:
 * one that is frequent in the language earns most, one that has no place in a word costs, and bytes
 * that are no character cost most. Bytes of Chinese, Korean and Japanese are letters in any code
 * page of single bytes, but then upper case stands behind lower case and symbols stand inside
 * words.
 *
 *     b4 a6 c0 ed c6 f7    cp936  three frequent characters of Chinese
 *                          cp949  three syllables that make no word
 *                          cp1252 an accent, a bar, three capitals and a division sign
 */
#include "input/codepage_guess.h"

#include "base/utf8.h"
#include "input/codepage.h"

enum {
    POINTS_INVALID = -12,
    POINTS_STRANGE = -8, /* control characters, private use */
    POINTS_SYMBOL_INSIDE = -4,
    POINTS_CASE = -4,  /* upper case behind lower case */
    POINTS_ALONE = -3, /* a letter among letters of another script */
    POINTS_SYMBOL = -2,
    POINTS_FOREIGN = -2, /* a letter of another language */
    POINTS_RARE = -1,
    POINTS_USUAL = 1,
    POINTS_LETTER = 3,    /* a frequent letter */
    POINTS_LEVEL_1 = 2,   /* in the half of a double-byte set that holds what is in use */
    POINTS_CHARACTER = 8, /* a frequent character of two bytes */
    POINTS_KANA = 6
};

struct range {
    uint32_t first, last;
};

struct page {
    enum cw_encoding encoding;
    struct range script;  /* its letters or characters beyond ASCII */
    struct range level_1; /* double-byte: first bytes of the characters in use ... */
    unsigned char trail;  /* ... whose second byte is at least this */
    bool is_latin;        /* the letters stand among those of ASCII */
    const char *frequent; /* its most frequent characters; Latin: all letters of the language */
};

/* In texts and in the names of devices. */
static const char simplified[] =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本"
    "前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最"
    "重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门"
    "任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数"
    "安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展司科"
    "五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉"
    "格望觉术领共确传师观清今切院让识候带导争运器驱序备控适配板网络软微标准键盘鼠显示音印蓝牙线根"
    "集容存储磁户档库卡缓冲桥端芯片热插拔扩图虚拟汉视频";

static const char kanji[] =
    "日一大年中会人本月長国出上十生子分東三行同今高金時手見市力米自前円合立内二事社者地京間田体学"
    "下目五後新明方部女八心四民対主正代言九小思七山実入回場野開万全定家北六問話文動度県水安氏和政"
    "保表道相意発不党用無機器標準制御接続装置管理設互換汎音声画面印刷共有仮想外付";

static const char hangul[] =
    "이다는에의을를가한하고지사기리로도인어서시자스트드라아나대정장제그해있은들보부수전주상구일여"
    "우만원소비조성동문공치호적디바컨롤러버네워크용표준마키모니터프린설템션통신오과안위경유산생내"
    "및연결포집합허브루볼륨저미형진입출력선관계된되코덱블투";

static const char traditional[] =
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過"
    "發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前"
    "開但因只從想實日者意無力它與長把機十第公此已工使情明性知全三又關點正業外將兩高間由問很最重並"
    "物手應向頭文體相見被利等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先通教原東聲"
    "提立及比員解水名真處入口認條平系統氣題電腦數安少報結反受目太量再建務接件計管期市資指區保基設"
    "式色路記品類據程裝置控器驅磁碟網匯流排印標準鍵盤滑鼠顯示音效藍芽線集根介儲存桌軟檔案料夾配卡";

/* A row for each language whose letters differ. Equal scores go to the first. */
static const struct page pages[] = {
    {CW_ENCODING_CP1252, {0xC0, 0x17F}, {0, 0}, 0, true, "äöüßÄÖÜ"},
    {CW_ENCODING_CP1252, {0xC0, 0x17F}, {0, 0}, 0, true, "éèàçêâôîïûëùœÉÈÀÇÊÂÔÎÏÛËÙŒ"},
    {CW_ENCODING_CP1252, {0xC0, 0x17F}, {0, 0}, 0, true, "éáíóúñüÉÁÍÓÚÑÜ"},
    {CW_ENCODING_CP1252, {0xC0, 0x17F}, {0, 0}, 0, true, "ãõáéíóúâêôçàÃÕÁÉÍÓÚÂÊÔÇÀ"},
    {CW_ENCODING_CP1252, {0xC0, 0x17F}, {0, 0}, 0, true, "åäöæøéÅÄÖÆØÉ"},
    {CW_ENCODING_CP1252, {0xC0, 0x17F}, {0, 0}, 0, true, "àèéìòùÀÈÉÌÒÙ"},
    {CW_ENCODING_CP936, {0x4E00, 0x9FFF}, {0xB0, 0xD7}, 0xA1, false, simplified},
    {CW_ENCODING_CP932, {0x3041, 0x9FFF}, {0x82, 0x97}, 0x40, false, kanji},
    {CW_ENCODING_CP949, {0xAC00, 0xD7A3}, {0xB0, 0xC8}, 0xA1, false, hangul},
    {CW_ENCODING_CP950, {0x4E00, 0x9FFF}, {0xA4, 0xC6}, 0x40, false, traditional},
    {CW_ENCODING_CP1251, {0x401, 0x491}, {0, 0}, 0, false, "оеаинтсрвлкмдпуыьяз"},
    {CW_ENCODING_CP1250, {0xC0, 0x17F}, {0, 0}, 0, true, "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"},
    {CW_ENCODING_CP1250, {0xC0, 0x17F}, {0, 0}, 0, true, "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"},
    {CW_ENCODING_CP1250, {0xC0, 0x17F}, {0, 0}, 0, true, "áéíóöőúüűÁÉÍÓÖŐÚÜŰ"},
    {CW_ENCODING_CP1250, {0xC0, 0x17F}, {0, 0}, 0, true, "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ"},
    {CW_ENCODING_CP1250, {0xC0, 0x17F}, {0, 0}, 0, true, "čćžšđČĆŽŠĐ"},
    {CW_ENCODING_CP1250, {0xC0, 0x17F}, {0, 0}, 0, true, "ăâîşţĂÂÎŞŢ"},
    {CW_ENCODING_CP1254, {0xC0, 0x17F}, {0, 0}, 0, true, "çğıöşüâîûÇĞİÖŞÜ"},
    {CW_ENCODING_CP1253, {0x386, 0x3CE}, {0, 0}, 0, false, "αειονστρηκπυλςμό"},
    {CW_ENCODING_CP1255, {0x5D0, 0x5EA}, {0, 0}, 0, false, "יוהלאתרשמבנדעקפן"},
    {CW_ENCODING_CP1256, {0x621, 0x6D2}, {0, 0}, 0, false, "المينورتعدبة"},
    {CW_ENCODING_CP1257, {0xC0, 0x17F}, {0, 0}, 0, true, "ąčęėįšųūžĄČĘĖĮŠŲŪŽ"},
    {CW_ENCODING_CP1257, {0xC0, 0x17F}, {0, 0}, 0, true, "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ"},
    {CW_ENCODING_CP1257, {0xC0, 0x17F}, {0, 0}, 0, true, "äõöüšžÄÕÖÜŠŽ"},
    {CW_ENCODING_CP1258,
     {0xC0, 0x1EF9},
     {0, 0},
     0,
     true,
     "ươđăâêôàáèéìíòóùúýạảãẻẽẹỉĩịỏõọủũụỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự"},
};

/* A walk through what a code page makes of the words. */
struct walk {
    const struct page *page;
    struct cw_str bytes; /* what is left of the words */
    uint32_t previous;   /* character */
    long points;
};

static bool is_in(struct range range, uint32_t point)
{
    return point >= range.first && point <= range.last;
}

static bool is_ascii_letter(uint32_t point)
{
    return is_in((struct range){'a', 'z'}, point | 0x20U) && point < 0x80;
}

static bool is_letter(const struct page *page, uint32_t point)
{
    /* The multiplication and division signs stand among the Latin letters. */
    return is_ascii_letter(point) || (is_in(page->script, point) && point != 0xD7 && point != 0xF7);
}

static bool is_lower(uint32_t point)
{
    return is_in((struct range){'a', 'z'}, point) || is_in((struct range){0xDF, 0xFF}, point) ||
           is_in((struct range){0x3AC, 0x3CE}, point) ||
           is_in((struct range){0x430, 0x45F}, point) ||
           (is_in((struct range){0x100, 0x137}, point) && point % 2 == 1);
}

static bool is_upper(uint32_t point)
{
    return is_in((struct range){0xC0, 0xDE}, point) || is_in((struct range){0x386, 0x3AB}, point) ||
           is_in((struct range){0x401, 0x42F}, point) ||
           (is_in((struct range){0x100, 0x136}, point) && point % 2 == 0);
}

static bool is_strange(uint32_t point)
{
    return is_in((struct range){0x80, 0x9F}, point) || is_in((struct range){0xE000, 0xF8FF}, point);
}

/* Signs that names of products and sentences have in every language. */
static bool is_common_sign(struct cw_str character)
{
    return cw_str_find(CW_STR("®©™°«»–—‘’“”„…·€µ§²³±\xC2\xA0"), character) != SIZE_MAX;
}

static bool has(const char *list, struct cw_str character)
{
    return cw_str_find(cw_str_c(list), character) != SIZE_MAX;
}

/* A character of two bytes, which `pair` has as they were. */
static int points_of_pair(const struct page *page, struct cw_str character, uint32_t point,
                          struct cw_str pair)
{
    if (has(page->frequent, character))
        return POINTS_CHARACTER;
    if (is_in((struct range){0x3041, 0x30FC}, point))
        return page->encoding == CW_ENCODING_CP932 ? POINTS_KANA : POINTS_ALONE;
    if (is_in((struct range){0x3000, 0x303F}, point) ||
        is_in((struct range){0xFF01, 0xFF5E}, point))
        return POINTS_USUAL;
    bool in_use = pair.len > 1 && is_in(page->level_1, (unsigned char)pair.ptr[0]) &&
                  (unsigned char)pair.ptr[1] >= page->trail;
    if (is_in(page->script, point))
        return in_use ? POINTS_LEVEL_1 : POINTS_RARE;
    return POINTS_ALONE;
}

/* A letter of one byte beyond ASCII. */
static int points_of_letter(const struct page *page, struct cw_str character, uint32_t previous,
                            uint32_t next)
{
    bool inside = is_letter(page, previous) || is_letter(page, next);
    bool beside_plain = is_ascii_letter(previous) || is_ascii_letter(next);
    bool is_frequent = has(page->frequent, character);
    /* An accent stands beside a plain letter; a letter of another script does not. */
    if (inside && beside_plain != page->is_latin)
        return page->is_latin && is_frequent ? POINTS_USUAL : POINTS_ALONE;
    if (is_frequent)
        return POINTS_LETTER;
    return page->is_latin ? POINTS_FOREIGN : POINTS_USUAL;
}

static int points_of_single(const struct page *page, struct cw_str character, uint32_t previous,
                            uint32_t next)
{
    uint32_t point;
    (void)cw_utf8_decode(character, &point);
    if (is_letter(page, point)) {
        int points = points_of_letter(page, character, previous, next);
        return is_upper(point) && is_lower(previous) ? points + POINTS_CASE : points;
    }
    if (is_letter(page, previous) && is_letter(page, next))
        return POINTS_SYMBOL_INSIDE;
    return is_common_sign(character) ? 0 : POINTS_SYMBOL;
}

/* How many bytes a character had in the code page. */
static size_t bytes_of(const struct page *page, uint32_t point)
{
    bool is_half_width = is_in((struct range){0xFF61, 0xFF9F}, point);
    bool is_one = point < 0xA0 || point == 0xFFFD || is_half_width;
    return cw_encoding_is_double_byte(page->encoding) && !is_one ? 2 : 1;
}

static void take(struct walk *walk, struct cw_str character, uint32_t next)
{
    uint32_t point;
    (void)cw_utf8_decode(character, &point);
    size_t bytes = bytes_of(walk->page, point);
    if (point == 0xFFFD)
        walk->points += POINTS_INVALID;
    else if (is_strange(point))
        walk->points += POINTS_STRANGE;
    else if (bytes == 2)
        walk->points +=
            points_of_pair(walk->page, character, point, cw_str_head(walk->bytes, bytes));
    else if (point >= 0x80 && cw_encoding_is_double_byte(walk->page->encoding))
        walk->points += POINTS_SYMBOL;
    else if (point >= 0x80)
        walk->points += points_of_single(walk->page, character, walk->previous, next);
    /* Where a word ends both are in step again, whatever was miscounted in it. */
    if (point == '\n')
        bytes = cw_str_find_char(walk->bytes, '\n') + 1;
    walk->bytes = cw_str_from(walk->bytes, bytes);
    walk->previous = point;
}

static long score(const struct page *page, struct cw_str bytes, struct cw_str text)
{
    struct walk walk = {.page = page, .bytes = bytes, .previous = '\n'};
    while (text.len > 0) {
        uint32_t point;
        uint32_t next = '\n';
        size_t len = cw_utf8_decode(text, &point);
        struct cw_str rest = cw_str_from(text, len);
        if (rest.len > 0)
            (void)cw_utf8_decode(rest, &next);
        take(&walk, cw_str_head(text, len), next);
        text = rest;
    }
    return walk.points;
}

/* The words as a code page has them. */
struct trial {
    enum cw_encoding encoding;
    bool is_possible; /* this system can convert it */
    struct cw_buf text;
};

static int convert_words(struct trial *trial, enum cw_encoding encoding, struct cw_str words)
{
    struct cw_os_converter *converter = NULL;
    uint64_t replaced = 0;
    int status = cw_os_converter_open(cw_encoding_name(encoding).ptr, &converter, NULL);
    trial->encoding = encoding;
    trial->is_possible = status == CW_OK;
    cw_buf_clear(&trial->text);
    if (status == CW_OK)
        status = cw_codepage_decode(converter, words, &trial->text, &replaced);
    cw_os_converter_close(converter);
    return status == CW_ERR_UNSUPPORTED ? CW_OK : status;
}

int cw_codepage_guess(struct cw_str words, enum cw_encoding *ret_encoding)
{
    enum cw_encoding best = CW_ENCODING_UNKNOWN;
    long most = -1;
    int status = CW_OK;
    struct trial trial = {.encoding = CW_ENCODING_UNKNOWN};
    cw_buf_init(&trial.text, SIZE_MAX / 2);
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]) && status == CW_OK; i++) {
        const struct page *page = &pages[i];
        if (page->encoding != trial.encoding)
            status = convert_words(&trial, page->encoding, words);
        long points =
            status == CW_OK && trial.is_possible ? score(page, words, cw_buf_str(&trial.text)) : -1;
        if (points > most) {
            most = points;
            best = page->encoding;
        }
    }
    cw_buf_done(&trial.text);
    if (status == CW_OK)
        *ret_encoding = best;
    return status;
}
