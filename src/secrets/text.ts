import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { decode } from '../yaml/decode.ts'
import type { Leak } from './leak.ts'
import { scanBytes } from './scan.ts'

/** A name of a file or a branch is public as well. */
export function* judgeName(path: string): Iterable<Finding> {
  if (path.length < 40) return
  yield* judgeText(new Source(path, path, { in: 'file-name' }))
}

/** A text that is no file: a message, a title, a name. */
export function* judgeText(source: Source): Iterable<Finding> {
  const bytes = Buffer.from(source.text)
  for (const leak of scanBytes(bytes)) yield findingOf(leak, source, bytes)
}

/** The finding of a leak in a source, which `bytes` are the file of. */
export function findingOf(leak: Leak, source: Source, bytes: Uint8Array): Finding {
  const { start, end, hidden, message, ...rest } = leak
  const at =
    source.text === ''
      ? source.span(0)
      : source.span(charOf(bytes, start), Math.max(charOf(bytes, end), charOf(bytes, start) + 1))
  const chain = hidden.length === 0 ? '' : `${hidden.join(' → ')} → `
  return { ...rest, message: `${chain}${message}`, at, ...(hidden.length > 0 ? { hidden } : {}) }
}

/** The character that a byte of a file belongs to. */
function charOf(bytes: Uint8Array, offset: number): number {
  const decoded = decode(bytes.subarray(0, offset))
  return typeof decoded === 'string' ? decoded.length : decoded.text.length
}
