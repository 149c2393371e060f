# Completion of cbswhy(1) for bash 4 and later, made from the program's own tables of commands and
# options.

declare -gA _cbswhy_operands=()  # command -> its operands
declare -gA _cbswhy_arguments=() # --option or -o -> its argument
declare -gA _cbswhy_belongs=()   # --option -> ",command,command,"

_cbswhy_command() # NAME OPERANDS SUMMARY
{
    _cbswhy_operands[$1]=$2
}

_cbswhy_option() # COMMANDS NAME LETTER ARGUMENT HELP
{
    _cbswhy_belongs[--$2]=,$1,
    _cbswhy_arguments[--$2]=$4
    if [[ -n $3 ]]; then
        _cbswhy_arguments[-$3]=$4
    fi
}

@table@

# Sets `command` to the one that the words before the cursor name, or to "", and `words` to those of
# them that are neither options nor arguments of options.
_cbswhy_find_command()
{
    local i word
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word != -* ]]; then
            words+=("$word")
        elif [[ ${COMP_WORDS[i + 1]-} == "=" ]]; then
            ((i += 2))
        elif [[ -n ${_cbswhy_arguments[$word]-} ]]; then
            ((i += 1))
        fi
    done
    for command in "${words[0]-}" "${words[0]-} ${words[1]-}" ""; do
        if [[ -n $command && -v _cbswhy_operands[$command] ]]; then
            break
        fi
    done
}

_cbswhy_offer_commands()
{
    local name
    for name in "${!_cbswhy_operands[@]}"; do
        if [[ ${#words[@]} -eq 0 ]]; then
            echo "${name%% *}"
        elif [[ ${#words[@]} -eq 1 && $name == "${words[0]} "* ]]; then
            echo "${name#* }"
        fi
    done
}

_cbswhy_offer_options()
{
    local name
    for name in "${!_cbswhy_belongs[@]}"; do
        if [[ -z $command || ${_cbswhy_belongs[$name]} == *,"$command",* ]]; then
            echo "$name${_cbswhy_arguments[$name]:+=}"
        fi
    done
}

# What may stand for an argument or operand: a name such as FILE, or words such as "any|never".
_cbswhy_offer_values()
{
    case $1 in
        *"|"*) compgen -W "$(tr '|' ' ' <<< "${1%%\[*}")" -- "$current" ;;
        *PATH* | *FILE*) compgen -f -- "$current" ;;
        *DIR*) compgen -d -- "$current" ;;
    esac
    case $1 in
        ID*) compgen -W "$(cbswhy rules list 2> /dev/null |
            sed -n 's/^cause  *\([^ ]*\).*/\1/p')" -- "$current" ;;
    esac
}

_cbswhy()
{
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command
    local -a words=()
    _cbswhy_find_command
    # "=" breaks words: --format=json are three, and --format=json=FILE are five.
    if [[ $current == "=" ]]; then
        current=
    elif [[ $before == "=" ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    local offered values=${_cbswhy_arguments[${before:-=}]-}
    if [[ -z $values && ${COMP_WORDS[COMP_CWORD - 1]} == "=" ]]; then
        values=FILE
    fi
    if [[ -n $values ]]; then
        offered=$(_cbswhy_offer_values "$values")
    elif [[ $current == -* ]]; then
        offered=$(compgen -W "$(_cbswhy_offer_options)" -- "$current")
    elif [[ -z $command ]]; then
        offered=$(compgen -W "$(_cbswhy_offer_commands)" -- "$current")
    else
        offered=$(_cbswhy_offer_values "${_cbswhy_operands[$command]}")
        compopt -o filenames 2> /dev/null
    fi
    mapfile -t COMPREPLY < <(LC_ALL=C sort -u <<< "$offered" | sed '/^$/d')
    if [[ ${COMPREPLY[0]-} == *= ]]; then
        compopt -o nospace 2> /dev/null
    fi
}
complete -F _cbswhy cbswhy
