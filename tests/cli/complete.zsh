# complete.zsh FOLDER LINE...: each line as zsh leaves it after a Tab, with the completions in FOLDER.
zmodload zsh/zpty || exit 1
zpty shell zsh -f -i
zpty -w shell "PS1=; stty -echo; fpath=(${(q)1} \$fpath); autoload -U compinit; compinit -u -D
setopt no_beep; print -r -- 'RE''ADY'"
zpty -r shell out '*READY*'
for line in "${@[2,-1]}"; do
    # A Tab; then to the start of the line, to have it printed. What is typed is echoed in pieces.
    zpty -w -n shell "$line"$'\t\x01print -r -- DO""NE \n'
    zpty -r shell out $'*DONE cbswhy*\n*'
    print -r -- "${${out##*DONE }%%$'\r'*}"
done
zpty -d shell
