include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

write_healthy_log(${WORK}/many.log 20000)
find_program(TRUE true)

function(expect_file name regex)
    file(READ ${WORK}/${name} text)
    if(NOT text MATCHES "${regex}")
        message(SEND_ERROR "${name} does not match ${regex}:\n${text}")
    endif()
endfunction()

execute_process(COMMAND ${PROGRAM} events many.log COMMAND ${TRUE} WORKING_DIRECTORY ${WORK}
    ERROR_VARIABLE err RESULTS_VARIABLE status)
list(GET status 0 status)
if(NOT status EQUAL 0 OR NOT err STREQUAL "")
    message(SEND_ERROR "a closed pipe does not end quietly: ${status}: ${err}")
endif()

if(EXISTS /dev/full)
    foreach(args "analyze;many.log" "events;many.log" "code;5" "rules;list" "--help" "--version")
        execute_process(COMMAND ${PROGRAM} ${args} WORKING_DIRECTORY ${WORK}
            OUTPUT_FILE /dev/full ERROR_VARIABLE err RESULT_VARIABLE status)
        if(NOT status EQUAL 5 OR NOT err STREQUAL
                "cbswhy: can not write standard output: no space left on the device\n")
            message(SEND_ERROR "a full disk is no error (${args}): ${status}: ${err}")
        endif()
    endforeach()
    expect("a full disk under a name" ARGS code 5 -o /dev/full STATUS 5 NO_OUT
        ERR "can not write /dev/full: no space left")
    file(CREATE_LINK /dev/full ${WORK}/full SYMBOLIC)
    expect("a link to a full disk" ARGS code 5 -o full STATUS 5 NO_OUT ERR "can not write full")
endif()

expect("a report in a file" ARGS code 5 --output report.txt STATUS 0 NO_OUT NO_ERR)
expect_file(report.txt "E_ACCESSDENIED")
expect("a report that replaces one" ARGS code 2 --output=report.txt STATUS 0 NO_OUT NO_ERR)
expect_file(report.txt "^0x80070002")
expect("a device is written in place" ARGS code 5 -o /dev/null STATUS 0 NO_OUT NO_ERR)
expect("a dash is standard output" ARGS code 5 -o - STATUS 0 OUT E_ACCESSDENIED NO_ERR)
expect("a folder that does not exist" ARGS code 5 -o no/report.txt STATUS 5 NO_OUT
    ERR "^cbswhy: can not create 'no/report.txt': no such file")
expect("a folder in the place of a file" ARGS code 5 -o . STATUS 5 NO_OUT ERR "can not create")
file(GLOB left_over ${WORK}/*.tmp)
if(left_over)
    message(SEND_ERROR "temporary files stay: ${left_over}")
endif()

expect("several reports at once" STATUS 0 NO_ERR OUT "^FAILURE "
    ARGS analyze --format text --format json=all.json --format=ndjson=all.ndjson ${SAMPLE})
expect_file(all.json "^{\n  \"schema_version\".*\"verdict\": \"failure\"")
expect_file(all.ndjson "^{\"input\":[^\n]*\n{[^\n]*\"totals\":{\"inputs\":1,[^\n]*\n$")
expect("one in a file alone" ARGS analyze --format=json=one.json ${SAMPLE} STATUS 0 NO_OUT NO_ERR)
expect_file(one.json "^{")
expect("a line for each machine" ARGS analyze --format=ndjson many.log ${SAMPLE} STATUS 0 NO_ERR
    OUT "^{\"input\":\"many.log\"[^\n]*\n{\"input\"[^\n]*\n{[^\n]*\"failure\":1}}\n$")
set(machine ${ROOT}/fixtures/cases/driver-service-write-denied)
set(other ${ROOT}/fixtures/cases/driver-service-write-denied-elsewhere)
expect("two logs of one machine are one" STATUS 0 NO_ERR
    ARGS analyze --format=ndjson ${machine}/CBS.log ${machine}/setupapi.dev.log
    OUT "^{\"input\":\"[^\"]*/CBS.log\"[^\n]*driver.service-write-denied[^\n]*\n{[^\n]*\"inputs\":1,")
expect("in whatever order they come" STATUS 0 NO_ERR ARGS analyze --format=ndjson
    ${machine}/setupapi.dev.log ${other}/CBS.log ${machine}/CBS.log ${other}/setupapi.dev.log
    OUT "^{\"input\":\"[^\"]*/setupapi.dev.log\"[^\n]*\n{\"input\"[^\n]*\n{[^\n]*\"inputs\":2,")
expect("so a format of one report may stand beside it" STATUS 0 OUT "^{\"input\"" NO_ERR
    ARGS analyze --format=json=beside.json --format=ndjson ${machine}/CBS.log
    ${machine}/setupapi.dev.log)
expect("unless each is asked for" STATUS 0 NO_ERR OUT "\"inputs\":2,"
    ARGS analyze --per-input --format=ndjson ${machine}/CBS.log ${machine}/setupapi.dev.log)
expect("a text for each" ARGS analyze --per-input many.log ${SAMPLE} STATUS 0 NO_ERR
    OUT "^=== many.log\n\nNO FAILURE .*\n\n=== [^\n]*\n\nFAILURE ")
foreach(args "--format=json;--format=text" "--format=json=x;--format=text=x"
        "--format=json=x;-o;y" "--format=json=" "--per-input;--format=json=x")
    expect("what can not be written" ARGS analyze ${args} many.log ${SAMPLE} STATUS 2 NO_OUT
        ERR "^cbswhy: ")
    if(EXISTS ${WORK}/x)
        message(SEND_ERROR "a report stands where none should: ${args}")
    endif()
endforeach()
expect("one report that can not be written keeps the others away" STATUS 5 NO_OUT
    ARGS analyze --format=json=away.json --format=text=no/x.txt ${SAMPLE} ERR "^cbswhy: ")
file(GLOB left_over ${WORK}/*.tmp ${WORK}/away*)
if(left_over)
    message(SEND_ERROR "files stay: ${left_over}")
endif()

expect("a report is what the next run is to give" ARGS analyze --format=json=was.json ${SAMPLE} STATUS 0)
expect("it does" ARGS analyze --expect=was.json ${SAMPLE} STATUS 0 OUT "^FAILURE" NO_ERR)
file(READ ${WORK}/was.json was)
string(REPLACE "driver.service-write-denied" "driver.zebra" was "${was}")
file(WRITE ${WORK}/was.json "${was}")
expect("or the difference is said" ARGS analyze --expect=was.json ${SAMPLE} STATUS 1 OUT "^FAILURE"
    ERR "finding driver.zebra is missing\n.*finding driver.service-write-denied was not expected")
file(WRITE ${WORK}/no.json "{}")
expect("a file without findings" ARGS analyze --expect=no.json -o no.txt ${SAMPLE} STATUS 3 NO_OUT
    ERR "'no.json' holds no findings")
expect("no such file" ARGS analyze --expect=nosuch.json ${SAMPLE} STATUS 3 NO_OUT ERR "nosuch.json")
if(EXISTS ${WORK}/no.txt)
    message(SEND_ERROR "a report stands where none should")
endif()
expect("tests as JUnit" ARGS analyze --format=junit many.log ${SAMPLE} STATUS 0 NO_ERR
    OUT "tests=\"2\" failures=\"1\".*name=\"many.log\"/>")

foreach(row "LC_ALL=zh_CN.UTF-8;失败" "LC_ALL=zh_CN.utf8@stroke;失败" "LC_MESSAGES=zh_SG;失败"
        "LANG=zh_CN.UTF-8;失败" "LANG=zh_CN.GB18030;FAILURE" "LANG=zh_TW.UTF-8;FAILURE"
        "LANG=de_DE.UTF-8;FAILURE")
    list(GET row 0 variable)
    list(GET row 1 verdict)
    expect("the locale chooses the language: ${variable}" ARGS analyze ${SAMPLE}
        ENV --unset=LC_ALL --unset=LC_MESSAGES --unset=LANG ${variable} STATUS 0 OUT "^${verdict} ")
endforeach()
expect("the option is stronger than the locale" ARGS analyze --lang=en ${SAMPLE}
    ENV LC_ALL=zh_CN.UTF-8 STATUS 0 OUT "^FAILURE ")
expect("JSON has both titles when asked" ARGS analyze --lang en --format=json ${SAMPLE} STATUS 0
    OUT "\"titles\": {\n *\"en\": \"Setting[^\n]*\n *\"zh-CN\": \"设置")
expect("and none else" ARGS analyze --format=json ${SAMPLE} ENV LC_ALL=zh_CN.UTF-8 STATUS 0
    OUT "\"titles\": null")

string(ASCII 27 escape)
expect("colours when asked for" ARGS analyze --color=always ${SAMPLE} STATUS 0 OUT "${escape}.")
expect("asking for colours is stronger than NO_COLOR" ARGS analyze --color always ${SAMPLE}
    ENV NO_COLOR=1 STATUS 0 OUT "${escape}.")
foreach(colour never auto)
    execute_process(COMMAND ${PROGRAM} analyze --color=${colour} ${SAMPLE} OUTPUT_VARIABLE out)
    if(out MATCHES "${escape}")
        message(SEND_ERROR "colours in a file (${colour})")
    endif()
endforeach()

find_program(SCRIPT script)
if(SCRIPT)
    foreach(row "TERM=xterm;1" "TERM=dumb;0" "NO_COLOR=1;0")
        list(GET row 0 variable)
        list(GET row 1 coloured)
        execute_process(COMMAND ${CMAKE_COMMAND} -E env TERM=xterm ${variable} ${SCRIPT} -qec
            "'${PROGRAM}' analyze '${SAMPLE}'" /dev/null INPUT_FILE /dev/null OUTPUT_VARIABLE out)
        if((coloured AND NOT out MATCHES "${escape}") OR (out MATCHES "${escape}" AND NOT coloured))
            message(SEND_ERROR "colours on a terminal with ${variable}: not ${coloured}")
        endif()
    endforeach()
endif()
