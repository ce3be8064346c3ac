import { Source } from '../text/source.ts'
import { analyze } from './analyze.ts'
import { readDocument } from './document.ts'
import type { Scalar, Style } from './node.ts'
import { newOutput } from './output.ts'
import { isOldBool, type Resolved, resolvePlain, resolveScalar } from './resolve.ts'
import { writeFolded } from './write.ts'

/**
 * What a scalar is once kustomize printed and re-read it on its way to JSON (`RNode.MarshalJSON`). In
 * flow collections what cannot stand plain comes back quoted, a folded text may gain line breaks.
 */
export function settle(scalar: Scalar, inFlow: boolean): Resolved {
  const resolved = resolveScalar(scalar)
  if (scalar.reader === 'v2' || resolved.problem !== undefined) return resolved
  const { text, style, tag } = scalar
  if (style === 'plain') {
    const bare = inFlow && (tag === undefined || tag === '!')
    const quoted = text === '' || (resolved.type === 'timestamp' && text.includes(':'))
    if (bare && quoted) return { type: 'string', value: text }
    // Several lines without a style become a literal block.
    if (!text.startsWith('\t') || !text.includes('\n')) return resolved
  }
  if (style === 'single' || style === 'double' || inFlow) return resolved
  if (resolved.type !== 'string' || !analyze(text, 'v3').block) return resolved
  if (text.startsWith('\t')) {
    const problem = 'found a tab character where an indentation space is expected'
    return { ...resolved, problem }
  }
  return style === 'folded' && text.includes('\n')
    ? { type: 'string', value: refold(text) }
    : resolved
}

/** Writes a folded scalar as go-yaml v3 does and reads it again. */
function refold(text: string): string {
  const out = newOutput(Number.POSITIVE_INFINITY)
  out.text = 'k: '
  out.column = 3
  out.indent = 2
  out.indention = false
  writeFolded(out, text)
  const source = new Source('', out.text.endsWith('\n') ? out.text : `${out.text}\n`)
  const { root } = readDocument(source, 0, source.text.length, 'v3', undefined)
  const value = root?.kind === 'map' ? root.values[0] : undefined
  return value?.kind === 'scalar' ? value.text : text
}

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** The style in which go-yaml v3 writes a string of Go's, outside flow collections. */
export function writtenStyle(text: string): Style {
  if (text === '') return 'double'
  const allowed = analyze(text, 'v3')
  if (text.includes('\n')) return allowed.block ? 'literal' : 'double'
  if (resolvePlain(text, 'v3') !== undefined || isOldBool(text) || base60.test(text))
    return 'double'
  if (allowed.plainInBlock) return 'plain'
  return allowed.single ? 'single' : 'double'
}
