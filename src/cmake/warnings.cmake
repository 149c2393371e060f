# One INTERFACE target carries the flags of our own code.
add_library(cbswhy_flags INTERFACE)
target_compile_options(cbswhy_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-align -Wcast-qual
    -Wformat=2 -Wmissing-prototypes -Wstrict-prototypes -Wold-style-definition -Wundef
    -Wwrite-strings -Wswitch-enum -Wvla -Wnull-dereference -Wdouble-promotion
    -fno-common -fstack-protector-strong)
# A list of sanitizers holds a comma, which a generator expression does not take.
set(sanitized 0)
if(CBSWHY_SANITIZE)
    set(sanitized 1)
endif()
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # -Wnull-dereference looks through inlining and reports paths that sanitised builds invent.
    target_compile_options(cbswhy_flags INTERFACE -Wlogical-op -Wduplicated-cond
        -Wduplicated-branches $<${sanitized}:-Wno-null-dereference>)
endif()
if(CBSWHY_WERROR)
    target_compile_options(cbswhy_flags INTERFACE -Werror)
endif()
# POSIX calls stand in src/base/os.c alone; it asks for them itself.
target_compile_definitions(cbswhy_flags INTERFACE
    $<$<AND:$<NOT:${sanitized}>,$<NOT:$<CONFIG:Debug>>>:_FORTIFY_SOURCE=2>)
if(CBSWHY_SANITIZE)
    target_compile_options(cbswhy_flags INTERFACE -fsanitize=${CBSWHY_SANITIZE}
        -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(cbswhy_flags INTERFACE -fsanitize=${CBSWHY_SANITIZE})
endif()
if(CBSWHY_FUZZ)
    target_compile_options(cbswhy_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
