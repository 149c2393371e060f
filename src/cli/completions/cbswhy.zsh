#compdef cbswhy
# Completion of cbswhy(1) for zsh, made from the program's own tables of commands and options.

local -aU commands
local -a options forms
local -A operands
local command

# NAME OPERANDS SUMMARY
_cbswhy_command()
{
    local name=$1
    operands[$1]=$2
    if [[ -z ${words[2]} || $CURRENT -eq 2 ]]; then
        [[ $name == *' '* ]] && commands+=("${name%% *}:list, test and explain rules") ||
            commands+=("$name:$3")
    elif [[ $CURRENT -eq 3 && $name == "${words[2]} "* ]]; then
        commands+=("${name#* }:$3")
    fi
}

# An argument or operand for _arguments: a name such as FILE, or words such as "any|never".
_cbswhy_values()
{
    case $1 in
        *'[='*) REPLY='form:_cbswhy_targets' ;;
        *'|'*) REPLY="word:(${1//|/ })" ;;
        ID*) REPLY='id:_cbswhy_ids' ;;
        *PATH*|*FILE*) REPLY='file:_files' ;;
        *DIR*) REPLY='folder:_files -/' ;;
        *) REPLY="${${1:l}:-nothing}: " ;;
    esac
}

# COMMANDS NAME LETTER ARGUMENT HELP
_cbswhy_option()
{
    local help=${${5//\[/(}//\]/)} REPLY= again=
    [[ ,$1, == *,"$command",* || -z $command ]] || return 0
    if [[ $4 == *'[='* ]]; then
        again='*'
        forms=(${(s:|:)4%%\[*})
    fi
    if [[ -n $4 ]]; then
        _cbswhy_values $4
        options+=("${again}--$2=[$help]:$REPLY")
        [[ -z $3 ]] || options+=("-$3+[$help]:$REPLY")
    else
        options+=("--$2[$help]")
        [[ -z $3 ]] || options+=("-$3[$help]")
    fi
}

# The words of --format; behind "=" stands a file.
_cbswhy_targets()
{
    if compset -P '*='; then
        _files
    else
        compadd -S '' -a forms
    fi
}

_cbswhy_ids()
{
    local -a ids
    ids=(${${(M)${(f)"$(cbswhy rules list 2> /dev/null)"}:#cause *}[@]/#cause ##/})
    ids=(${ids%% *})
    compadd -a ids
}

_cbswhy_table()
{
@table@
}

# The command is complete before the cursor, or not yet.
if (( CURRENT > 2 )) && [[ ${words[2]} != rules ]]; then
    command=${words[2]}
elif (( CURRENT > 3 )); then
    command="${words[2]} ${words[3]}"
fi
_cbswhy_table
if [[ -z $command && ${words[CURRENT]} != -* ]]; then
    _describe -t commands command commands
    return
fi
local REPLY=
_cbswhy_values "${operands[$command]}"
# An operand that can only be described keeps zsh from inserting an option.
[[ ${words[CURRENT]} != -* ]] || REPLY='file:_files'
_arguments -s -S $options "*:$REPLY"
