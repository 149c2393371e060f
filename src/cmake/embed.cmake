# Files into C arrays: cbswhy_embed(OUTPUT file.c SYMBOL name FILES a.json b.json).
#
# The output defines `const struct cw_embedded_file NAME[]` and `const size_t NAME_count`
# (src/base/embedded.h), sorted by file name. Plain CMake, so that no other tool is needed.
set(CBSWHY_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(cbswhy_embed)
    cmake_parse_arguments(ARG "" "OUTPUT;SYMBOL" "FILES" ${ARGN})
    list(SORT ARG_FILES)
    add_custom_command(OUTPUT ${ARG_OUTPUT}
        COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${ARG_OUTPUT}" "-DSYMBOL=${ARG_SYMBOL}"
            "-DFILES=${ARG_FILES}" -P ${CBSWHY_EMBED_SCRIPT}
        DEPENDS ${ARG_FILES} ${CBSWHY_EMBED_SCRIPT}
        COMMENT "Embedding ${ARG_SYMBOL}" VERBATIM)
endfunction()
