# The generator writes the same bytes for the same seed, other bytes for another seed, exactly as
# many as asked for, and failures only when asked for them.
cmake_minimum_required(VERSION 3.18)
set(size 3000000)

function(generate name)
    set(file ${FOLDER}/genlog-${KIND}-${name}.log)
    execute_process(COMMAND ${GENLOG} --kind ${KIND} --size ${size} ${ARGN}
        OUTPUT_FILE ${file} RESULT_VARIABLE status)
    file(SIZE ${file} written)
    file(SHA256 ${file} hash)
    if(status OR NOT written EQUAL size)
        message(FATAL_ERROR "${name}: status ${status}, ${written} bytes instead of ${size}")
    endif()
    set(${name} ${hash} PARENT_SCOPE)
endfunction()

function(count_failures name ret_count)
    file(STRINGS ${FOLDER}/genlog-${KIND}-${name}.log lines
        REGEX "Exit status: FAILURE|Generating failure report")
    list(LENGTH lines count)
    set(${ret_count} ${count} PARENT_SCOPE)
endfunction()

generate(once --seed 7 --failures 4096)
generate(again --seed 7 --failures 4096)
generate(other --seed 8 --failures 4096)
generate(healthy --seed 7 --failures 0)
count_failures(once failures)
count_failures(healthy no_failures)

if(NOT once STREQUAL again)
    message(FATAL_ERROR "seed 7 gave two different logs")
endif()
if(once STREQUAL other)
    message(FATAL_ERROR "seeds 7 and 8 gave the same log")
endif()
if(failures EQUAL 0 OR no_failures GREATER 0)
    message(FATAL_ERROR "${failures} failures where some, ${no_failures} where none were wanted")
endif()
