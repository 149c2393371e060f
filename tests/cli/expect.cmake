# expect(SENTENCE ARGS ... STATUS regex [OUT regex] [ERR regex] [NO_OUT] [NO_ERR] [INPUT file]
#        [ENV name=value ...]): runs PROGRAM in WORK and says which expectation did not hold.
# A script goes on after a failure and fails at its end.
cmake_minimum_required(VERSION 3.18)

set(SAMPLE ${ROOT}/fixtures/cases/driver-service-write-denied)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})

function(expect sentence)
    cmake_parse_arguments(ARG "NO_OUT;NO_ERR" "STATUS;OUT;ERR;INPUT" "ARGS;ENV" ${ARGN})
    if(NOT ARG_INPUT)
        set(ARG_INPUT /dev/null)
    endif()
    execute_process(COMMAND ${CMAKE_COMMAND} -E env ${ARG_ENV} ${PROGRAM} ${ARG_ARGS}
        WORKING_DIRECTORY ${WORK} INPUT_FILE ${ARG_INPUT}
        OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE status)
    set(wrong "")
    if(NOT status MATCHES "^(${ARG_STATUS})$")
        string(APPEND wrong "status is ${status}, not ${ARG_STATUS}\n")
    endif()
    if(DEFINED ARG_OUT AND NOT out MATCHES "${ARG_OUT}")
        string(APPEND wrong "standard output does not match: ${ARG_OUT}\n")
    endif()
    if(DEFINED ARG_ERR AND NOT err MATCHES "${ARG_ERR}")
        string(APPEND wrong "standard error does not match: ${ARG_ERR}\n")
    endif()
    if(ARG_NO_OUT AND NOT out STREQUAL "")
        string(APPEND wrong "standard output is not empty\n")
    endif()
    if(ARG_NO_ERR AND NOT err STREQUAL "")
        string(APPEND wrong "standard error is not empty\n")
    endif()
    if(wrong)
        message("--- arguments: ${ARG_ARGS}\n--- standard output\n${out}\n"
            "--- standard error\n${err}\n--- wrong\n${wrong}")
        message(SEND_ERROR "${sentence}: no")
    endif()
endfunction()

# A CBS.log of `count` healthy lines.
function(write_healthy_log file count)
    set(line "2023-03-14 08:15:02, Info                  CBS    Appl: Evaluating package\n")
    string(REPEAT "${line}" ${count} text)
    file(WRITE ${file} "${text}")
endfunction()
