include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

set(folder "${WORK}/Blaubeer AG")
file(MAKE_DIRECTORY "${folder}")
file(COPY ${ROOT}/fixtures/cases/command-analyze-redact/FIN-PC0815_setupapi.dev.log
    ${ROOT}/fixtures/cases/command-analyze-redact/WindowsUpdate.log DESTINATION "${folder}")
set(logs "Blaubeer AG")

expect("what was replaced is said" ARGS analyze --redact ${logs} STATUS 0
    OUT "HOST-8_setupapi.dev.log" ERR "^cbswhy: redacted: USER [0-9]+, HOST 2, DOMAIN 2, SID 1, ")
expect("a word alone asks for redaction" ARGS analyze --redact-word=adlerscan ${logs} STATUS 0
    OUT "WORD-1.sys" ERR "WORD 1")
expect("several words" ARGS analyze --redact-word adlerscan --redact-word blocked ${logs} STATUS 0
    OUT "of device WORD-2 by policy" ERR "WORD 2")
expect("nothing to hide" ARGS analyze --redact ${SAMPLE}/CBS.log --format=json STATUS 0
    OUT "\"redaction\": {" ERR "redacted: ")
expect("without it the report says null" ARGS analyze ${SAMPLE}/CBS.log --format=json STATUS 0
    OUT "\"redaction\": null" NO_ERR)
expect("it is no option of events" ARGS events --redact ${logs} STATUS 2 NO_OUT
    ERR "does not belong to 'events'")

# Every format, in both languages, with names of files that say who it is.
foreach(format text json ndjson markdown case html sarif junit)
    foreach(language en zh-CN)
        execute_process(COMMAND ${PROGRAM} analyze --redact-word=Blaubeer --lang=${language} -v
            --format=${format} ${logs} "${logs}/gone FIN-PC0815.log"
            WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE status)
        if(NOT status EQUAL 3)
            message(SEND_ERROR "${format}: status ${status}: ${err}")
        endif()
        string(TOLOWER "${out}${err}" shown)
        foreach(secret mustermann erikam emuster fin-pc 0815 finanz wsus07 397955417 4c53000123
                5e-00-53 5eff blaubeer projekt "adler setup")
            string(FIND "${shown}" "${secret}" at)
            if(NOT at EQUAL -1)
                string(SUBSTRING "${shown}" ${at} 60 found)
                message(SEND_ERROR "${format} in ${language} shows ${secret}: ${found}")
            endif()
        endforeach()
    endforeach()
endforeach()

# What may be a version stays, and the report says so.
file(READ "${folder}/FIN-PC0815_setupapi.dev.log" log)
string(REPLACE "(server wsus07)" "(node 10.20.30.40, 10.20.30.41; 10.20.30.40)" log "${log}")
file(WRITE ${WORK}/undecided.log "${log}")
expect("undecided numbers are counted" ARGS analyze --redact undecided.log --lang=en -q STATUS 0
    OUT "they may be versions; +--redact-word +replaces +one: +2")
expect("in Chinese, too" ARGS analyze --redact undecided.log --lang=zh-CN -q --format=json STATUS 0
    OUT "they may be versions; --redact-word replaces one: 2")
expect("the caller decides" ARGS analyze --redact-word=10.20.30.40 --redact-word=10.20.30.41
    undecided.log -q STATUS 0 OUT "node WORD-1, WORD-2; +WORD-1")

# The map: private, kept from run to run, and never written over something else.
expect("a map is written" ARGS analyze --redact-map=who.json -q ${logs} STATUS 0 OUT "USER-1")
file(READ ${WORK}/who.json map)
if(NOT map MATCHES "\"token\": \"HOST-8\",[^}]*\"value\": \"FIN-PC0815\"")
    message(SEND_ERROR "the map lacks the machine:\n${map}")
endif()
execute_process(COMMAND ls -l ${WORK}/who.json OUTPUT_VARIABLE mode)
if(NOT mode MATCHES "^-rw------- ")
    message(SEND_ERROR "others may read the map: ${mode}")
endif()
expect("and read again" ARGS analyze --redact-map=who.json -q ${logs}/WindowsUpdate.log STATUS 0)
file(READ ${WORK}/who.json again)
if(NOT map STREQUAL again)
    message(SEND_ERROR "the map has changed:\n${again}")
endif()
expect("a report does not replace the map" ARGS analyze --redact-map=who.json -o who.json ${logs}
    STATUS 2 NO_OUT ERR "would replace the map")
expect("nor does one of several" ARGS analyze --redact-map=who.json --format=text
    --format=sarif=who.json ${logs} STATUS 2 NO_OUT ERR "would replace the map")
file(WRITE ${WORK}/letter.txt "Dear all\n")
expect("a file that is no map is refused" ARGS analyze --redact-map=letter.txt -o report.txt ${logs}
    STATUS 3 NO_OUT ERR "'letter.txt' is no map of tokens")
file(READ ${WORK}/letter.txt letter)
if(NOT letter STREQUAL "Dear all\n" OR EXISTS ${WORK}/report.txt)
    message(SEND_ERROR "something was written although the map was refused")
endif()
expect("a folder is no map" ARGS analyze --redact-map=${WORK} ${logs} STATUS 3 NO_OUT
    ERR "is no file")
expect("a map that can not be written costs the report" ARGS analyze --redact-map=no/map.json
    -o report.txt ${logs} STATUS 5 NO_OUT ERR "no/map.json")
if(EXISTS ${WORK}/report.txt)
    message(SEND_ERROR "the report is there without its map")
endif()

# One redaction for all reports of a run.
expect("the same value has the same token in every report" ARGS analyze --redact --format=ndjson
    --per-input ${logs}/FIN-PC0815_setupapi.dev.log ${logs}/FIN-PC0815_setupapi.dev.log STATUS 0
    OUT "HOST-8_setup.*\n.*HOST-8_setup")
expect("what is expected is compared with tokens" ARGS analyze --redact --format=json=was.json -q
    ${logs} STATUS 0)
expect("and found" ARGS analyze --redact --expect=was.json ${logs} -o report.txt STATUS 0)
