# The same logs give the same bytes in every format and language: from run to run, in other locales
# and time zones, at another terminal, and in whatever order they are named.
include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

set(env_here --unset=LC_ALL LANG=C TZ=UTC TERM=dumb)
set(env_there LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu COLUMNS=33 TERM=xterm-256color)
set(env_elsewhere LC_ALL=zh_CN.GB18030 TZ=America/St_Johns NO_COLOR=1 LINES=5)

# Writes the reports to files of this name.
function(report name case language logs formats environment)
    set(args "")
    foreach(format IN LISTS formats)
        list(APPEND args --format=${format}=${WORK}/${case}.${language}.${name}.${format})
    endforeach()
    execute_process(COMMAND ${CMAKE_COMMAND} -E env ${environment} ${PROGRAM} analyze
            --lang=${language} ${args} ${logs}
        WORKING_DIRECTORY ${ROOT}/fixtures/cases/${case} INPUT_FILE /dev/null
        OUTPUT_QUIET ERROR_VARIABLE err RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(SEND_ERROR "${case} ends with ${status}: ${err}")
    endif()
endfunction()

function(expect_same case language name formats)
    foreach(format IN LISTS formats)
        set(file ${WORK}/${case}.${language})
        execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${file}.here.${format}
                ${file}.${name}.${format}
            RESULT_VARIABLE differs OUTPUT_QUIET ERROR_QUIET)
        if(differs)
            message(SEND_ERROR "${file}.here.${format} and ${name} differ")
        endif()
    endforeach()
endfunction()

set(single text json markdown case html sarif)
set(logs CBS.log setupapi.dev.log)
set(turned setupapi.dev.log CBS.log)
foreach(case driver-service-write-denied hostile-text driver-operation-spapi-code-both-logs)
    foreach(language en zh-CN)
        foreach(formats "${single}" "ndjson;junit")
            report(here ${case} ${language} "${logs}" "${formats}" "${env_here}")
            report(again ${case} ${language} "${logs}" "${formats}" "${env_here}")
            report(there ${case} ${language} "${logs}" "${formats}" "${env_there}")
            expect_same(${case} ${language} again "${formats}")
            expect_same(${case} ${language} there "${formats}")
        endforeach()
        # Not those formats in which the first of several logs gives its name to their machine.
        report(elsewhere ${case} ${language} "${turned}" "${single}" "${env_elsewhere}")
        expect_same(${case} ${language} elsewhere "${single}")
    endforeach()
endforeach()
