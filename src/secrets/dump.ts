/** A line of xxd, hexdump or od: an offset, bytes or words in hex, and perhaps what they look like. */
const LINE =
  /^[ \t#*/;-]*([0-9a-f]{6,8}):?[ \t]{1,3}((?:[0-9a-f]{2}[ \t]{0,2}){1,32}?)(?:[ \t]{2,}.*|[ \t]*\|.*)?$/gim

/** The bytes that a hex dump in a text shows; undefined where there is none. */
export function decodeDump(text: string): Buffer | undefined {
  // The second line of each of them.
  if (!text.includes('0000010')) return undefined
  const parts: Buffer[] = []
  for (const match of text.matchAll(LINE))
    parts.push(Buffer.from((match[2] ?? '').replace(/[ \t]/g, ''), 'hex'))
  return parts.length < 2 ? undefined : Buffer.concat(parts)
}

const UUENCODED = /^begin(?:-base64)? [0-7]{3,4} [^\n]*\n([^]*?)\n(?:`|end|====)/m

/** What uuencode wrote: each line begins with how many bytes it holds. */
export function decodeMail(text: string): Buffer | undefined {
  if (!text.includes('begin ')) return undefined
  const body = UUENCODED.exec(text)?.[1]
  if (body === undefined) return undefined
  const parts = body.split('\n').map(line => {
    const values = line
      .trimEnd()
      .split('')
      .map(char => (char.charCodeAt(0) - 32) & 63)
    const bytes: number[] = []
    for (let at = 1; at < values.length; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = values.slice(at, at + 4)
      bytes.push((a << 2) | (b >> 4), ((b << 4) & 0xff) | (c >> 2), ((c << 6) & 0xff) | d)
    }
    return Buffer.from(bytes.slice(0, values[0]))
  })
  return Buffer.concat(parts)
}
