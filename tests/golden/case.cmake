# What a case folder is. Files of these names belong to the test; all others are its input.
#   args    one argument a line; absent: "analyze" and the names of the inputs
#   stdout  expected output; stderr, status: expected too, absent = empty, 0
#   cause   for `cbswhy rules test`
set(case_own_files args stdout stderr status cause)

# The arguments of a case. Ones that hold a semicolon can not be written.
function(case_args case ret_args)
    if(EXISTS ${case}/args)
        file(STRINGS ${case}/args args ENCODING UTF-8)
    else()
        file(GLOB args RELATIVE ${case} ${case}/*)
        list(REMOVE_ITEM args ${case_own_files})
        list(SORT args)
        list(PREPEND args analyze)
    endif()
    set(${ret_args} ${args} PARENT_SCOPE)
endfunction()

# Runs PROGRAM in the case's folder and leaves stdout, stderr and status in WORK/<case>/.
function(case_run case args ret_folder)
    get_filename_component(name ${case} NAME)
    set(folder ${WORK}/${name})
    file(REMOVE_RECURSE ${folder})
    file(MAKE_DIRECTORY ${folder})
    execute_process(COMMAND ${PROGRAM} ${args} WORKING_DIRECTORY ${case}
        INPUT_FILE /dev/null OUTPUT_FILE ${folder}/stdout ERROR_FILE ${folder}/stderr
        RESULT_VARIABLE status)
    file(WRITE ${folder}/status "${status}\n")
    set(${ret_folder} ${folder} PARENT_SCOPE)
endfunction()
