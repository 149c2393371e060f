include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

# pack(FILE FORMAT [OPTION]): the sample's logs, as CMake's own packer writes them.
function(pack file)
    file(COPY ${SAMPLE}/CBS.log ${SAMPLE}/setupapi.dev.log DESTINATION ${WORK}/logs)
    execute_process(COMMAND ${CMAKE_COMMAND} -E tar c${ARGV2} ${file} --format=${ARGV1} logs
        WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed)
    if(failed)
        message(FATAL_ERROR "${file} can not be made")
    endif()
endfunction()

pack(bundle.zip zip)
pack(bundle.7z 7zip)
pack(bundle.tar.gz gnutar z)
pack(bundle.tar.xz gnutar J)

set(cause "\"id\": *\"driver.service-write-denied\"")
foreach(bundle bundle.zip bundle.7z bundle.tar.gz bundle.tar.xz)
    expect("logs in ${bundle}" ARGS analyze --format=json --fail-on=root_cause ${bundle} STATUS 1
        OUT "${cause}.*\"${bundle}/logs/CBS.log\"" NO_ERR)
    expect("${bundle} on standard input" ARGS analyze --format=json --fail-on=root_cause -
        INPUT ${WORK}/${bundle} STATUS 1 OUT "${cause}.*\"<stdin>/logs/CBS.log\"" NO_ERR)
    foreach(log cbs setupapi)
        expect("events of ${bundle}" ARGS events ${bundle} STATUS 0 OUT "\"log\":\"${log}\"" NO_ERR)
    endforeach()
endforeach()
expect("evidence names the member" ARGS analyze bundle.zip STATUS 0
    OUT "bundle.zip/logs/setupapi.dev.log:41")

file(MAKE_DIRECTORY ${WORK}/folder)
file(COPY ${WORK}/bundle.zip DESTINATION ${WORK}/folder)
expect("an archive in a folder" ARGS analyze --format=json folder STATUS 0
    OUT "${cause}.*\"folder/bundle.zip/logs/CBS.log\"" NO_ERR)

find_program(SH sh)
execute_process(COMMAND ${SH} -c "cat bundle.7z | \"$1\" analyze" sh ${PROGRAM}
    WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE out RESULT_VARIABLE status)
if(NOT status EQUAL 0 OR NOT out MATCHES "<stdin>/logs/CBS.log")
    message(SEND_ERROR "a 7z file through a pipe: no\n${out}")
endif()

execute_process(COMMAND ${SH} -c "head -c 3000 bundle.zip > cut.zip" WORKING_DIRECTORY ${WORK})
expect("a zip that is cut" ARGS analyze cut.zip STATUS 3 OUT "cut.zip.*it is damaged"
    ERR "not all of the input")
expect("events of a zip that is cut" ARGS events cut.zip STATUS 3 ERR "'cut.zip.*it is damaged")
file(WRITE ${WORK}/false.zip "PK\;no zip")
expect("a false zip" ARGS analyze false.zip STATUS 3 OUT "false.zip")
