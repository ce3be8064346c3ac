import type { Finding } from '../text/diagnostic.ts'
import { Source, type Span } from '../text/source.ts'
import { looksEncrypted } from './cipher.ts'
import { type RawDocument, readDocuments } from './documents.ts'
import { CHANGE_VALUE } from './envelope.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { decodeData, harmless, literalOf } from './value.ts'

const KIND = /^\s*(?:- )?["']?kind["']?\s*:\s*["']?Secret["']?\s*(?:#.*)?$/m

/**
 * A text that no reader of YAML accepts, a template or a typing error, and that names a Secret: the
 * lines below `data` and `stringData` are read one by one.
 */
export function* judgeTemplate({ source, start, end }: Span): Iterable<Finding> {
  const text = source.text.slice(start, end)
  if (!KIND.test(text)) return
  let block: { readonly name: string; readonly indent: number } | undefined
  for (const match of text.matchAll(/^([ \t-]*)(?:["']?([\w.$-]+)["']?\s*:)?[ \t]*([^\n]*)$/gm)) {
    const [line, lead = '', key = '', written = ''] = match
    if (/^\s*(?:#|$)|^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/.test(line)) continue
    if (block !== undefined && lead.length <= block.indent) block = undefined
    if (key === 'data' || key === 'stringData') block = { name: key, indent: lead.length }
    else if (block !== undefined && isLeak(written.trim(), block.name)) {
      const field = `${block.name}.${key}`
      const from = start + match.index + line.length - written.length
      yield {
        code: 'plaintext-secret',
        message: `${key === '' ? block.name : key}: a Secret in plain text, in a file that does not parse`,
        at: source.span(from, start + match.index + line.length),
        field,
        fingerprint: fingerprintOfPlace(source.path, 'template', field),
        help: CHANGE_VALUE,
      }
    }
  }
}

function isLeak(written: string, block: string): boolean {
  const value = written.replace(/^(["'])(.*)\1(?:\s+#.*)?$/, '$2')
  if (value === '' || /^[|>][-+\d]*$/.test(value) || looksEncrypted(value)) return false
  const literal = literalOf(value)
  if (literal !== undefined) return harmless(literal) === undefined
  if (/^(?:null|~|\{\{.*\}\})$/.test(value) || harmless(value) !== undefined) return false
  const text = block === 'data' ? decodeData(value) : undefined
  return text === undefined || harmless(text) === undefined
}

const ACTION = /\{\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\}|\{%[^%]*%\}/g

/**
 * The documents of a Go or Jinja template: each action stands for a value that somebody fills in. Undefined
 * where the text has no action, or is no YAML without them. Offsets stay what they are.
 */
export function fillTemplate({ source, start, end }: Span): readonly RawDocument[] | undefined {
  const text = source.text.slice(start, end)
  if (!text.includes('{{') && !text.includes('{%')) return undefined
  const filled = text
    .replace(ACTION, inPlace)
    .replace(/^[ \t]*(?:- )?(?:\{\{[^\n]*\}\}|\{%[^\n]*%\})[ \t]*$/gm, line =>
      ' '.repeat(line.length),
    )
    .replace(ACTION, action =>
      action.includes('\n')
        ? action.replace(/[^\n]/g, ' ')
        : `\${${'X'.repeat(action.length - 3)}}`,
    )
  const before = ' '.repeat(start)
  const { documents, unreadable } = readDocuments(
    new Source(source.path, `${before}${filled}`, source.owner),
  )
  return unreadable.length === 0 ? documents : undefined
}

/** An action that is a text, as that text, as long as before; any other as it is. */
function inPlace(action: string): string {
  const literal = literalOf(action)
  if (literal === undefined) return action
  // Quotes around the action serve a plain word as well.
  const written = /^[\w.+/-]+$/.test(literal) ? literal : JSON.stringify(literal)
  return written.length <= action.length ? written.padEnd(action.length) : action
}

/** Whether a bare action holds a text: a reader of YAML takes `{{ b64enc "…" }}` for a map in a map. */
export function hidesText(text: string): boolean {
  if (!text.includes('{{')) return false
  for (const { 0: action, index } of text.matchAll(ACTION))
    if (literalOf(action) !== undefined && !/["']/.test(text[index - 1] ?? '')) return true
  return false
}

/** Findings about a text of the same length, said of the text as it stands. */
export function* withSource(findings: Iterable<Finding>, source: Source): Iterable<Finding> {
  for (const one of findings) {
    const { related, ...rest } = one
    const at = source.span(one.at.start, one.at.end)
    const moved = related?.map(({ span, text }) => ({
      span: source.span(span.start, span.end),
      text,
    }))
    yield { ...rest, at, ...(moved ? { related: moved } : {}) }
  }
}
