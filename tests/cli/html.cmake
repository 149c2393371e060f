# Reports as HTML, opened in a browser when there is one.
include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

find_program(CHROMIUM NAMES chromium chromium-browser google-chrome)
find_program(PYTHON python3)
if(NOT CHROMIUM OR NOT PYTHON)
    message("skipped: there is no chromium, or no python3, to open the reports in")
    return()
endif()

set(pages "")
foreach(row "driver-service-write-denied;en" "driver-service-write-denied;zh-CN" "hostile-text;en"
        "run-hang-detected;zh-CN" "healthy-temporary-rollback;en")
    list(GET row 0 name)
    list(GET row 1 language)
    set(page ${WORK}/${name}.${language}.html)
    expect("a page of ${name}" ARGS analyze --lang=${language} --format=html=${page}
        ${ROOT}/fixtures/cases/${name} STATUS "0|3" NO_OUT)
    list(APPEND pages ${page})
endforeach()
execute_process(COMMAND ${PYTHON} ${CMAKE_CURRENT_LIST_DIR}/browser.py ${CHROMIUM} ${pages}
    RESULT_VARIABLE failed TIMEOUT 120)
if(failed)
    message(FATAL_ERROR "a browser is not content: ${failed}")
endif()
