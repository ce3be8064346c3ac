/**
 * A YAML text after an edit of scalars with its comments: `before` and `after` are the document printed
 * without comments before and after the edit. Undefined where the text is laid out otherwise than kyaml
 * prints it, so that the places of its comments are not known.
 */
export function keepComments(text: string, before: string, after: string): string | undefined {
  const old = before.split('\n')
  const fresh = after.split('\n')
  if (old.length !== fresh.length) return undefined
  const lines = text.trim().split('\n')
  const kept: string[] = []
  let at = 0
  for (const [i, line] of lines.entries()) {
    const content = readLine(line, old[at])
    if (content !== undefined) {
      kept.push(`${fresh[at] ?? ''}${content}`)
      at++
    } else if (line.trim() === '') {
      // Only at the top are comments kept apart.
      if (isComment(lines[i - 1]) && (at > 0 || !isComment(lines[i + 1]))) return undefined
      if (at === 0) kept.push('')
    } else if (isComment(line) && isAligned(line, old[at - 1], old[at])) kept.push(line.trimEnd())
    else return undefined
  }
  return at === old.length ? kept.join('\n') : undefined
}

/** The comment behind what is printed on a line; undefined where the line is another one. */
function readLine(line: string, printed: string | undefined): string | undefined {
  if (printed === undefined || !line.startsWith(printed)) return undefined
  const rest = line.slice(printed.length).trimEnd()
  if (rest === '') return printed === '' && line !== '' ? undefined : ''
  const [, comment] = /^ +(#.*)$/.exec(rest) ?? []
  return comment === undefined || printed === '' ? undefined : ` ${comment}`
}

function isComment(line: string | undefined): boolean {
  return line !== undefined && /^ *#/.test(line)
}

/** Whether a comment stands under the line above it or over the line below it, as it is printed. */
function isAligned(comment: string, above: string | undefined, below: string | undefined): boolean {
  const indent = indentOf(comment)
  return [above, below].some(line => line !== undefined && indent === indentOf(line))
}

function indentOf(line: string): number {
  return line.search(/\S|$/)
}
