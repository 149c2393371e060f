cmake_minimum_required(VERSION 3.18)
set(tables "")
set(rows "")
set(index 0)
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
        "\\1\n    " bytes "${bytes}")
    string(APPEND tables "static const unsigned char file_${index}[] = {\n    ${bytes}0};\n\n")
    string(APPEND rows "    {\"${name}\", file_${index}, sizeof(file_${index}) - 1},\n")
    math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT} "/* Made by src/cmake/embed_files.cmake. */
#include \"base/embedded.h\"

extern const struct cw_embedded_file ${SYMBOL}[];
extern const size_t ${SYMBOL}_count;

${tables}const struct cw_embedded_file ${SYMBOL}[] = {
${rows}};
const size_t ${SYMBOL}_count = ${index};
")
