/** Quotes for a POSIX shell; what no terminal should see is spelled in octal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The command that gives the newest commit another header and keeps the rest of its message. */
export function amendCommand(header: string): string {
  return `{ printf '%s\\n' ${quoted(header)}; git log -1 --format=%B | tail -n +2; } | git commit --amend --only -F -`
}

/** The command that gives an older commit another header: a rebase that asks nobody. */
export function rewordCommand(sha: string, header: string, isRoot: boolean): string {
  const short = sha.slice(0, 7)
  const editor = `f() { { printf "%s\\n" "$HEADER"; tail -n +2 "$1"; } > "$1.new" && mv "$1.new" "$1"; }; f`
  const sequence = `sed -i.bak "s/^pick ${short}/reword ${short}/"`
  return [
    `HEADER=${quoted(header)}`,
    `GIT_SEQUENCE_EDITOR=${quoted(sequence)}`,
    `GIT_EDITOR=${quoted(editor)}`,
    `git rebase --interactive --rebase-merges ${isRoot ? '--root' : `${short}^`}`,
  ].join(' ')
}

/** The command that opens the message of a commit in an editor. */
export function editCommand(sha: string, isHead: boolean, isRoot: boolean): string {
  if (isHead) return 'git commit --amend'
  const short = sha.slice(0, 7)
  const sequence = `sed -i.bak "s/^pick ${short}/reword ${short}/"`
  return `GIT_SEQUENCE_EDITOR=${quoted(sequence)} git rebase --interactive --rebase-merges ${isRoot ? '--root' : `${short}^`}`
}

/** The command that melts fixups into what they fix. */
export function autosquashCommand(base: string): string {
  return `git rebase --interactive --autosquash ${base.slice(0, 12)}`
}

/** The command that changes a pull request's title. */
export function titleCommand(title: string, number: number | undefined): string {
  return `gh pr edit ${number === undefined ? '' : `${number} `}--title ${quoted(title)}`
}
