# Completion of cbswhy(1) for fish, made from the program's own tables of commands and options.

# The options that take the next word.
set -g __cbswhy_taking

# The words before the cursor that are neither options nor arguments of options.
function __cbswhy_words
    set -l words (commandline -opc)
    set -l before
    for word in $words[2..-1]
        if not contains -- "$before" $__cbswhy_taking; and not string match -q -- '-*' $word
            echo $word
        end
        set before $word
    end
end

# True when the first words are one of the commands.
function __cbswhy_is
    set -l words (__cbswhy_words)
    contains -- "$words[1]" $argv
    or contains -- "$words[1..2]" $argv
end

# True when WORDS... are all there is.
function __cbswhy_follows
    set -l words (__cbswhy_words)
    test "$words" = "$argv"
end

# The words of "text|json[=FILE]", one a line.
function __cbswhy_choices
    string split '|' -- (string replace -r '\[.*' '' -- $argv[1])
end

function __cbswhy_ids
    cbswhy rules list 2>/dev/null | string replace -rf '^cause +(\S+) +(.*)' '$1\t$2'
end

function _cbswhy_command -a name operands summary
    set -l words (string split ' ' -- $name)
    complete -c cbswhy -f -n "__cbswhy_follows $words[1..-2]" -a $words[-1] -d $summary
    switch $operands
        case 'ID*'
            complete -c cbswhy -f -n "__cbswhy_follows $name" -a '(__cbswhy_ids)'
            if string match -q '*PATH*' -- $operands
                complete -c cbswhy -F -n "__cbswhy_is '$name'"
            end
        case '*PATH*' '*FILE*'
            complete -c cbswhy -F -n "__cbswhy_is '$name'"
        case '*DIR*'
            complete -c cbswhy -f -n "__cbswhy_is '$name'" -a '(__fish_complete_directories)'
    end
end

function _cbswhy_option -a commands name letter argument help
    set -l is "'"(string join "' '" -- (string split ',' -- $commands))"'"
    set -l flags -c cbswhy -n "not __cbswhy_words | string length -q; or __cbswhy_is $is" \
        -l $name -d $help
    if test -n "$letter"
        set -a flags -s $letter
    end
    if test -n "$argument"
        set -a __cbswhy_taking --$name
        test -n "$letter"; and set -a __cbswhy_taking -$letter
    end
    switch $argument
        case ''
            complete $flags
        case '*|*'
            complete $flags -x -a "(__cbswhy_choices '$argument')"
        case DIR
            complete $flags -x -a '(__fish_complete_directories)'
        case FILE
            complete $flags -r -F
        case '*'
            complete $flags -x
    end
end

complete -c cbswhy -f
complete -c cbswhy -f -n '__cbswhy_follows' -a rules -d 'list, test and explain rules'

@table@

functions -e _cbswhy_command _cbswhy_option
