import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { readDocuments } from './documents.ts'
import { isRandom } from './lines.ts'
import { judgeDocument } from './manifest.ts'
import { withSource } from './template.ts'
import { decodeData } from './value.ts'

/** A block of code in Markdown or AsciiDoc. */
const FENCE = /^([ \t]*)(`{3,}|~{3,}|-{4,})[^\n]*\n((?:(?!\1\2)[^\n]*\n){1,400}?)\1\2[ \t]*$/gm
/** Lines of a comment, one below the other. */
const COMMENT = /(?:^[ \t]*#[^\n]*\n?){3,}/gm

const MAX_BLOCKS = 200

/**
 * Secrets in the blocks of a page, and in manifests that were commented out. Examples stand there as well, so
 * that only a value which can hardly be anything but a key counts.
 */
export function* judgeQuoted(source: Source): Iterable<Finding> {
  const { text } = source
  if (!/kind["']?:\s*["']?Secret|stringData/.test(text)) return
  const pattern = /\.ya?ml$/i.test(source.path) ? COMMENT : FENCE
  let count = 0
  for (const match of text.matchAll(pattern)) {
    if (++count > MAX_BLOCKS) return
    const block = match[3] ?? match[0].replace(/^[ \t]*#/gm, mark => ' '.repeat(mark.length))
    if (!/kind["']?:\s*["']?Secret|stringData/.test(block)) continue
    const start = match.index + match[0].indexOf(match[3] ?? match[0])
    const inner = new Source(
      source.path,
      `${' '.repeat(Math.max(0, start - 1))}${start > 0 ? '\n' : ''}${block}`,
      source.owner,
    )
    for (const document of readDocuments(inner).documents)
      for (const one of withSource(judgeDocument(document), source))
        if (isSure(text.slice(one.at.start, one.at.end))) yield one
  }
}

function isSure(written: string): boolean {
  const bare = written.trim().replace(/^(["'])(.*)\1$/, '$2')
  const text = decodeData(bare)
  return isRandom(bare) && (text === undefined || /[^ -~\s]/.test(text) || isRandom(text))
}
