import { type Message, parseMessage } from '../../src/commits/message.ts'
import { Source } from '../../src/text/source.ts'

export function read(text: string): Message {
  return parseMessage(new Source('', text, { in: 'message' }))
}

/** The codes of a message's flaws with line and column, `code@1:5`. */
export function flawsOf(text: string): string[] {
  const { flaws, source } = read(text)
  return flaws.map(({ code, start }) => {
    const { line, column } = source.position(start)
    return `${code}@${line}:${column}`
  })
}

export function footersOf(text: string): string[] {
  return read(text).footers.map(one => one.token.text + one.separator + one.value.text)
}
