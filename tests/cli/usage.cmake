include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

expect("no arguments are a question for help" STATUS 2 NO_OUT ERR "^cbswhy: usage: cbswhy COMMAND")
expect("an option without a command too" ARGS --color=never STATUS 2 NO_OUT ERR "usage:")
expect("help is a report" ARGS --help STATUS 0 OUT "Commands:\n  analyze .*Exit status" NO_ERR)
expect("help knows all options" ARGS -h STATUS 0 OUT "-o, --output=FILE .*--fail-on=never" NO_ERR)
expect("help about a command" ARGS code --help STATUS 0 OUT "^Usage: cbswhy code .OPTION"
    NO_ERR)
expect("the version names the rules and libraries" ARGS --version STATUS 0
    OUT "^cbswhy [0-9]+[.][0-9]+[.][0-9]+\nrules 1[.]0[+][0-9a-f]+\nPCRE2 10[.].*\ncJSON 1[.]"
    NO_ERR)
expect("a slip in an option is pointed out" ARGS analyze --formt=json STATUS 2 NO_OUT
    ERR "^cbswhy: unknown option '--formt'; did you mean '--format'[?]")
expect("a slip in a command is pointed out" ARGS analyse STATUS 2 NO_OUT
    ERR "did you mean 'analyze'[?]")
expect("a word that is none of a list" ARGS analyze --format=xml STATUS 2 NO_OUT
    ERR "'--format' takes one of text[|]json")
expect("an encoding that nobody knows" ARGS analyze --encoding=klingon x.log STATUS 2 NO_OUT
    ERR "^cbswhy: unknown encoding 'klingon'")
expect("for events too" ARGS events --encoding=cp437 x.log STATUS 2 NO_OUT ERR "'cp437'")
expect("an option of another command" ARGS code --fail-on=any 5 STATUS 2 NO_OUT
    ERR "does not belong to 'code'")
expect("what does not exist yet says so" ARGS compare a b STATUS 2 NO_OUT
    ERR "not available in this version")
expect("a cause that is none" ARGS rules explain driver.service-write a STATUS 3 NO_OUT
    ERR "the nearest is 'driver.service-write-denied'")
expect("two lists at once" ARGS rules list --literals --patterns STATUS 2 NO_OUT
    ERR "exclude each other")

expect("a code in hexadecimal" ARGS code 0x80070005 STATUS 0 OUT "E_ACCESSDENIED" NO_ERR)
expect("a negative number is no option" ARGS code -2147024891 STATUS 0 OUT "0x80070005" NO_ERR)
expect("several codes" ARGS code 5 0xe0000247 STATUS 0 OUT "0x80070005.*\n\n.*0xe0000247" NO_ERR)
expect("what is no code" ARGS code zebra STATUS 2 NO_OUT ERR "^cbswhy: .*zebra")
expect("a code as JSON" ARGS code --format json 5 STATUS 0 OUT "^{.*\"0x80070005\"" NO_ERR)

find_program(SCRIPT script)
if(SCRIPT)
    # script(1) gives the program a terminal.
    execute_process(COMMAND ${SCRIPT} -qec "'${PROGRAM}' analyze" /dev/null
        WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE out RESULT_VARIABLE status)
    if(NOT status EQUAL 2)
        message(SEND_ERROR "a log is awaited from a terminal: ${status}: ${out}")
    endif()
endif()
