import { isAscii } from 'node:buffer'
import { decodeLists, decodeToken } from './decoders.ts'
import { decodeDump, decodeMail } from './dump.ts'
import {
  foldedView,
  isEscapedAgain,
  plainView,
  stringsView,
  unescapedView,
  valuesView,
} from './rewrite.ts'
import { findTokens } from './token.ts'
import { innerView, rewrittenView, type View } from './view.ts'

const MIN_INNER = 24
/** Larger texts are read as they stand only: nobody hides a key in the middle of 16 MiB of escapes. */
const MAX_REWRITTEN = 16 * 2 ** 20

/** The decodings of what a view holds, one after another. */
export function* expandText(view: View): Iterable<View> {
  const { bytes } = view
  const wide = utf16View(view)
  if (wide !== undefined) {
    yield wide
    return
  }
  for (const token of findTokens(bytes))
    for (const { step, bytes: inner } of decodeToken(token))
      if (inner.length >= MIN_INNER) yield innerView(view, step, inner, token.start, token.end)
  if (bytes.length > MAX_REWRITTEN) return
  for (const { step, bytes: inner, start, end } of decodeLists(bytes))
    yield innerView(view, step, inner, start, end)
  const text = bytes.toString('latin1')
  const dump = decodeDump(text) ?? decodeMail(text)
  if (dump !== undefined)
    yield innerView(view, text.includes('begin ') ? 'uuencode' : 'hex dump', dump, 0, bytes.length)
  const isEscaped = view.hidden.at(-1) !== 'escapes' || isEscapedAgain(view, text)
  const unescaped = isEscaped ? unescapedView(view, text) : undefined
  if (unescaped !== undefined && !unescaped.bytes.equals(bytes)) yield unescaped
  const folded = isAscii(bytes) ? undefined : foldedView(view)
  if (folded !== undefined) yield folded
  // What follows is for a key in parts: the first of them shows how it begins.
  if (!/age-(?:[sp]|["'`]|\s)/i.test(text)) return
  const values = valuesView(view, text)
  if (values !== undefined) yield values
  const strings = stringsView(view, text)
  if (strings !== undefined) yield strings
  const plain = plainView(view, text)
  if (plain === undefined) return
  yield plain
  const within = plain.bytes.toString('latin1')
  for (const one of [valuesView(plain, within), stringsView(plain, within)])
    if (one !== undefined) yield one
}

/** UTF-16 by its mark, or by every second byte being zero. */
function utf16View(view: View): View | undefined {
  const { bytes } = view
  if (bytes.length < 8 || (!bytes.includes(0) && (bytes[0] ?? 0) < 0xfe)) return undefined
  const little = bytes[0] === 0xff && bytes[1] === 0xfe
  const big = bytes[0] === 0xfe && bytes[1] === 0xff
  const swapped = big || (!little && zeros(bytes, 0) > 0.7 && zeros(bytes, 1) < 0.3)
  if (!swapped && !little && !(zeros(bytes, 1) > 0.7 && zeros(bytes, 0) < 0.3)) return undefined
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1))
  const text = (swapped ? even.swap16() : even).toString('utf16le')
  return rewrittenView(view, 'UTF-16', Buffer.from(text), halves(bytes.length))
}

/** UTF-16 of mostly ASCII: each byte here was two there. */
function halves(length: number): (readonly [number, number])[] {
  const pieces: [number, number][] = []
  for (let at = 0; at * 2 < length; at += 64) pieces.push([at, at * 2])
  return pieces
}

function zeros(bytes: Buffer, from: number): number {
  let count = 0
  let all = 0
  for (let at = from; at < bytes.length && all < 512; at += 2, all++) if (bytes[at] === 0) count++
  return count / all
}
