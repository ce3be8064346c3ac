import { type Analysis, analyze } from './analyze.ts'
import type { Style } from './node.ts'
import { type Output, newOutput, writeIndent, writeIndicator, writeWord } from './output.ts'
import { writeDouble, writeFolded, writeLiteral, writePlain, writeSingle } from './write.ts'

/** What is left to emit once a node went through JSON. Texts keep the style that go-yaml asks for. */
export type Tree =
  | {
      readonly kind: 'scalar'
      readonly text: string
      readonly style: Style
      /** Whether it is one plain word that stands as it is everywhere. */
      readonly easy: boolean
    }
  | { readonly kind: 'map'; readonly keys: readonly Tree[]; readonly values: readonly Tree[] }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }

interface Place {
  /** In a mapping (lists then stay at its indent). */
  readonly mapping: boolean
  /** As a key on one line with its value. */
  readonly simpleKey: boolean
}

const step = 2

/** Emits one document as libyaml in go-yaml v2: indent 2, lines fold behind column 80. */
export function emit(tree: Tree): string {
  const out = newOutput(80)
  emitNode(out, tree, { mapping: false, simpleKey: false })
  out.indent = 0
  writeIndent(out)
  return out.text
}

function emitNode(out: Output, tree: Tree, place: Place): void {
  if (tree.kind === 'scalar') emitScalar(out, tree, place)
  else if (tree.kind === 'list') emitList(out, tree.items, place)
  else emitMap(out, tree.keys, tree.values)
}

function deeper(indent: number, first: number): number {
  return indent < 0 ? first : indent + step
}

function emitList(out: Output, items: readonly Tree[], place: Place): void {
  if (items.length === 0) {
    writeIndicator(out, '[]', true)
    return
  }
  const { indent } = out
  const indentless = place.mapping && !out.indention
  out.indent = indent < 0 ? 0 : indentless ? indent : indent + step
  for (const item of items) {
    writeIndent(out)
    writeIndicator(out, '-', true, true)
    emitNode(out, item, { mapping: false, simpleKey: false })
  }
  out.indent = indent
}

function emitMap(out: Output, keys: readonly Tree[], values: readonly Tree[]): void {
  if (keys.length === 0) {
    writeIndicator(out, '{}', true)
    return
  }
  const { indent } = out
  out.indent = deeper(indent, 0)
  for (const [i, key] of keys.entries()) {
    writeIndent(out)
    if (key.kind === 'scalar' && key.easy) writeWord(out, `${key.text}:`)
    else emitKey(out, key)
    const value = values[i]
    if (value) emitNode(out, value, { mapping: true, simpleKey: false })
  }
  out.indent = indent
}

function emitKey(out: Output, key: Tree): void {
  const simple = isSimpleKey(key)
  if (!simple) writeIndicator(out, '?', true, true)
  emitNode(out, key, { mapping: true, simpleKey: simple })
  if (!simple) writeIndent(out)
  writeIndicator(out, ':', !simple, !simple)
}

function isSimpleKey(key: Tree): boolean {
  if (key.kind !== 'scalar') return false
  if (analyze(key.text).multiline) return false
  return key.text.length <= 128 && Buffer.byteLength(key.text) <= 128
}

function emitScalar(out: Output, scalar: Tree & { kind: 'scalar' }, place: Place): void {
  const { text, style } = scalar
  if (scalar.easy) {
    writeWord(out, text)
    return
  }
  const analysis = analyze(text)
  const { indent } = out
  out.indent = deeper(indent, step)
  const breaks = !place.simpleKey
  switch (chooseStyle(text, style, analysis, place)) {
    case 'plain':
      writePlain(out, text, breaks)
      break
    case 'single':
      writeSingle(out, text, breaks)
      break
    case 'double':
      writeDouble(out, text, breaks)
      break
    case 'literal':
      writeLiteral(out, text)
      break
    case 'folded':
      writeFolded(out, text)
  }
  out.indent = indent
}

/** The style asked for where the text allows it, otherwise the next that does. */
function chooseStyle(text: string, asked: Style, analysis: Analysis, place: Place): Style {
  let style = place.simpleKey && analysis.multiline ? 'double' : asked
  if (style === 'plain' && (!analysis.plainInBlock || (text === '' && place.simpleKey)))
    style = 'single'
  if (style === 'single' && !analysis.single) style = 'double'
  if ((style === 'literal' || style === 'folded') && (!analysis.block || place.simpleKey))
    style = 'double'
  return style
}
