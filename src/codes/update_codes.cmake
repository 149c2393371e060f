# Rebuilds the tables of error codes from the headers of mingw-w64:
#
#     cmake -P src/codes/update_codes.cmake              rewrites the tables
#     cmake -DCHECK=ON -P src/codes/update_codes.cmake   fails when one of them is out of date
#
# -DHEADERS=... names another folder of headers. facts.tsv and messages.tsv are written by hand.
cmake_minimum_required(VERSION 3.18)

if(NOT HEADERS)
    set(HEADERS /usr/share/mingw-w64/include)
endif()

# The edges of a range and the values of a field are no codes.
set(no_code "_[ES]_(FIRST|LAST)$|^STATUS_SEVERITY_")

# The family of a number of winerror.h. From 0x10000 on it is an HRESULT, whose facility says it;
# below it is a Win32 error, and certain ranges belong to certain parts of Windows.
function(family_of number ret)
    math(EXPR facility "(${number} >> 16) & 0x1fff")
    set(family WIN32)
    if(number GREATER_EQUAL 65536)
        set(family COM)
        if(facility EQUAL 9 OR facility EQUAL 11)
            set(family TRUST)
        elseif(facility EQUAL 15)
            set(family SPAPI)
        endif()
    elseif(number GREATER_EQUAL 14000 AND number LESS 14200)
        set(family SXS)
    elseif(number GREATER_EQUAL 1601 AND number LESS 1655)
        set(family MSI)
    elseif(number GREATER_EQUAL 10000 AND number LESS 11100)
        set(family WINSOCK)
    endif()
    set(${ret} ${family} PARENT_SCOPE)
endfunction()

# Appends to `rows` the lines "#define SYMBOL VALUE" of a header whose symbol and value match;
# the last group of `value` is the number, to which `base` is added.
macro(read_header header symbol value base)
    set(pattern "^#define (${symbol}) +${value}")
    file(STRINGS ${HEADERS}/${header} lines REGEX "${pattern}")
    foreach(line IN LISTS lines)
        string(REGEX MATCH "${pattern}" line "${line}")
        set(name ${CMAKE_MATCH_1})
        math(EXPR value_of_name "${base} + ${CMAKE_MATCH_2}")
        if(NOT name MATCHES "${no_code}")
            list(APPEND rows "${value_of_name}\t${name}\t${header}")
        endif()
    endforeach()
endmacro()

# Writes `rows` as NAME.tsv, or compares them. They are sorted by number; among equal numbers the
# order of the header stays, and the first name is the one we prefer.
function(finish_table name family)
    set(order 10000)
    set(sorted "")
    foreach(row IN LISTS rows)
        string(REGEX MATCH "^([0-9]+)\t(.*)\t(.*)$" row "${row}")
        set(number ${CMAKE_MATCH_1})
        set(symbol ${CMAKE_MATCH_2})
        set(header ${CMAKE_MATCH_3})
        set(of ${family})
        if(family STREQUAL "BY_NUMBER")
            family_of(${number} of)
        endif()
        # 2^32 gives all hexadecimal numbers nine digits; the first one is dropped again.
        math(EXPR hex "${number} + 0x100000000" OUTPUT_FORMAT HEXADECIMAL)
        string(SUBSTRING ${hex} 3 8 digits)
        list(APPEND sorted "0x${digits}\t${order}\t${symbol}\t${of}\t${header}")
        math(EXPR order "${order} + 1")
    endforeach()
    list(SORT sorted)
    list(TRANSFORM sorted REPLACE "^(0x........)\t[0-9]+" "\\1")
    list(JOIN sorted "\n" text)
    set(file ${CMAKE_CURRENT_LIST_DIR}/${name}.tsv)
    if(NOT CHECK)
        file(WRITE ${file} "${text}\n")
        return()
    endif()
    file(READ ${file} old)
    if(NOT old STREQUAL "${text}\n")
        message(SEND_ERROR "${file} is not what ${HEADERS} says: run update_codes.cmake")
    endif()
endfunction()

set(any "[A-Z][A-Za-z0-9_]*")
set(n "(0x[0-9A-Fa-f]+|[0-9]+)")

set(rows "")
read_header(winerror.h ${any} "__MSABI_LONG[(]${n}[)]" 0)
read_header(winerror.h ${any} "_HRESULT_TYPEDEF_[(]${n}[)]" 0)
read_header(winerror.h ${any} "[(]WSABASEERR [+] ${n}[)]" 10000)
finish_table(winerror BY_NUMBER)

set(rows "")
read_header(ntstatus.h ${any} "[(][(]NTSTATUS[)]${n}[)]" 0)
finish_table(ntstatus NTSTATUS)

set(rows "")
read_header(wuerror.h "WU_${any}" "_HRESULT_TYPEDEF_[(]${n}[)]" 0)
finish_table(wuerror WU)

set(rows "")
read_header(bitsmsg.h "BG_${any}" "__MSABI_LONG[(]${n}[)]" 0)
finish_table(bitsmsg BITS)

set(rows "")
read_header(setupapi.h "ERROR_${any}"
    "[(]APPLICATION_ERROR_MASK[|]ERROR_SEVERITY_ERROR[|]${n}[)]" 0xe0000000)
finish_table(setupapi SETUPAPI)

set(rows "")
read_header(cfg.h "CM_PROB_${any}" "[(]${n}[)]" 0)
finish_table(cfg CM_PROB)

set(rows "")
read_header(cfgmgr32.h "CR_${any}" "[(]${n}[)]" 0)
finish_table(cfgmgr32 CR)
