include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

expect("a missing file" ARGS analyze nosuch.log STATUS 3 ERR "^cbswhy: 'nosuch.log': no such file")
expect("a missing file beside a good one" ARGS analyze nosuch.log ${SAMPLE}/setupapi.dev.log
    STATUS 3 ERR "^cbswhy: 'nosuch.log'" OUT "setupapi.dev.log")
expect("a missing file has no events" ARGS events nosuch.log STATUS 3 NO_OUT ERR "nosuch.log")

file(MAKE_DIRECTORY ${WORK}/folder)
expect("a folder without logs" ARGS analyze folder STATUS 3 OUT "^UNKNOWN ")

file(WRITE ${WORK}/empty.log "")
expect("an empty file" ARGS analyze empty.log STATUS 3 OUT "empty.log")

execute_process(COMMAND ${CMAKE_COMMAND} -E tar cz binary.log ${PROGRAM} WORKING_DIRECTORY ${WORK})
expect("a binary file" ARGS analyze binary.log STATUS 3 OUT "binary.log")
expect("a binary file has no events" ARGS events binary.log STATUS 3 NO_OUT ERR "binary.log")

write_healthy_log(${WORK}/healthy.log 20)
expect("a healthy log" ARGS analyze --fail-on=any healthy.log STATUS 0 NO_ERR)
expect("a healthy log as JSON" ARGS analyze --format=json healthy.log STATUS 0
    OUT "\"findings\": *[[][]]" NO_ERR)

file(WRITE ${WORK}/cut.log
    "2023-03-14 08:15:02, Info                  CBS    TI: --- Initializing\n"
    "2023-03-14 08:15:03, Info                  CBS    Starting the sess")
expect("a log cut in the middle of a line" ARGS analyze --format=json cut.log STATUS 0
    OUT "\"lines\": *2" NO_ERR)

expect("a failure and its cause" ARGS analyze --format=json --fail-on=root_cause ${SAMPLE}
    STATUS 1 OUT "\"id\": *\"driver.service-write-denied\"" NO_ERR)
expect("the same in text" ARGS analyze ${SAMPLE} STATUS 0 OUT "0x80070005" NO_ERR)
expect("standard input when there is no path" ARGS analyze --fail-on any
    INPUT ${SAMPLE}/setupapi.dev.log STATUS 1 OUT "0x80070005" NO_ERR)
expect("standard input by its name" ARGS events - INPUT ${SAMPLE}/setupapi.dev.log STATUS 0
    OUT "^{.*}\n$" NO_ERR)

set(wide ${ROOT}/fixtures/cases/encoding-utf16)
set(chinese ${ROOT}/fixtures/cases/encoding-code-page/setupapi.dev.log)
expect("UTF-16 from a pipe" ARGS analyze --format=json INPUT ${wide}/CBS.log STATUS 0
    OUT "\"encoding\": *\"utf-16le\"" NO_ERR)
expect("UTF-16 that is said to be" ARGS events --encoding=UTF-16BE ${wide}/setupapi.dev.log STATUS 0
    OUT "\"name\":\"Display Name\"" NO_ERR)
expect("a code page that is said to be" ARGS analyze --encoding windows-1251 --format=json ${chinese}
    STATUS 0 OUT "\"encoding\": *\"cp1251\"" NO_ERR)

# Every byte that is no UTF-8, in the place of a name that the report quotes.
find_program(ICONV iconv)
find_program(SH sh)
execute_process(COMMAND ${SH} -c
    "LC_ALL=C sed 's/intelppm/int\\xff\\x80\\xc0lp\\x1b[31mpm/g' \"$1\" > wild.log" sh
    ${SAMPLE}/setupapi.dev.log WORKING_DIRECTORY ${WORK})
foreach(format text json)
    expect("bytes that are no UTF-8 (${format})"
        ARGS analyze --format=${format} -o wild.${format} wild.log STATUS 0 NO_OUT NO_ERR)
    if(ICONV)
        execute_process(COMMAND ${ICONV} -f UTF-8 -t UTF-8 wild.${format} WORKING_DIRECTORY ${WORK}
            OUTPUT_QUIET RESULT_VARIABLE failed)
        if(failed)
            message(SEND_ERROR "the report is no UTF-8 (${format})")
        endif()
    endif()
    file(READ ${WORK}/wild.${format} report HEX)
    string(REGEX MATCHALL ".." report "${report}")
    if(1b IN_LIST report)
        message(SEND_ERROR "an escape byte of the log comes through (${format})")
    endif()
endforeach()
