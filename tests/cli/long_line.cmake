# A line of 100 MB between good ones: cut, reported, and what follows is still read.
include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

write_healthy_log(${WORK}/begin.log 5)
find_program(SH sh)
execute_process(COMMAND ${SH} -c "{ cat begin.log; head -c 100000000 /dev/zero | tr '\\0' x; echo; \
    cat begin.log; } > long.log" WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "the log could not be made")
endif()
expect("the line is reported and the rest read" ARGS analyze --format=json long.log STATUS 3
    OUT "\"lines\": *11.*\"long_line\"" ERR "not all of the input")
file(REMOVE ${WORK}/long.log)
