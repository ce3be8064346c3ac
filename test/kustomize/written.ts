import { isScalar, parseAllDocuments, parseDocument, visit } from 'yaml'
import type { Source, Span } from '../../src/text/source.ts'

/**
 * The texts that a place holds, as another YAML library reads it: the whole file, the scalar there, the
 * value of `key=value`, and, where it is a patch in one string, each scalar of that patch.
 */
export function textsAt({ source, start, end }: Span): readonly string[] {
  let known = seen.get(source)
  if (known === undefined) seen.set(source, (known = new Map()))
  const place = `${start} ${end}`
  let texts = known.get(place)
  if (texts === undefined) known.set(place, (texts = readTexts({ source, start, end })))
  return texts
}

const seen = new WeakMap<Source, Map<string, readonly string[]>>()

function readTexts({ source, start, end }: Span): readonly string[] {
  const slice = source.text.slice(start, end)
  if (start === 0 && end === source.text.length) return [slice, slice.replace(/^\ufeff/, '')]
  const line = source.line(source.position(start).line)
  const indent = /^ */.exec(line)?.[0] ?? ''
  const blanks = /^[|>]/.test(slice)
    ? (/^(?:[ \t]*\n)*/.exec(source.text.slice(end))?.[0] ?? '')
    : ''
  const scalar = scalarOf(slice + blanks, indent)
  if (scalar === undefined) return [slice]
  return [scalar, slice, ...pairOf(scalar), ...pairOf(slice.trimStart()), ...inside(scalar)]
}

/** Files are read as kustomize reads them: YAML 1.1 without types. */
function scalarOf(slice: string, indent: string): string | undefined {
  const options = { schema: 'failsafe', version: '1.1' } as const
  const document = parseDocument(
    `${indent}key: ${slice}${slice.endsWith('\n') ? '' : '\n'}`,
    options,
  )
  const value = document.get('key', true)
  return document.errors.length === 0 && isScalar(value) ? String(value.value) : undefined
}

function pairOf(text: string): readonly string[] {
  const cut = text.indexOf('=')
  if (cut === -1) return ['']
  const value = text.slice(cut + 1)
  return [value, value.replace(/^(["'])(.*)\1$/s, '$2')]
}

function inside(text: string): readonly string[] {
  if (!/[:[]/.test(text)) return []
  const found: string[] = []
  for (const document of parseAllDocuments(text, { schema: 'failsafe' })) {
    if (!('contents' in document) || isScalar(document.contents)) continue
    visit(document, { Scalar: (_, node) => void found.push(String(node.value)) })
  }
  return found
}
