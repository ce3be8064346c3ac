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
