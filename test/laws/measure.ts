import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import { type AnyNode, parse } from 'acorn'

export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface FunctionSize {
  readonly line: number
  readonly lines: number
}

export interface Measured {
  readonly path: string
  readonly lines: number
  readonly functions: readonly FunctionSize[]
  /** Imported files, relative to the repository. */
  readonly imports: readonly string[]
  /** Uses of what the laws forbid, each with its line. */
  readonly forbidden: readonly string[]
  /** Lines with a cast other than `as const`. */
  readonly casts: readonly number[]
}

const forbiddenForms: readonly (readonly [RegExp, string])[] = [
  [/(?:[:<|,(]\s*|\bas\s+)any\b/, 'any'],
  [/^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s/, 'enum'],
  [/^\s*(export\s+)?(declare\s+)?namespace\s+\w+\s*\{/, 'namespace'],
  [/\bexport\s+default\b/, 'default export'],
  [/^\s*@\w+(\(.*\))?\s*$/, 'decorator'],
  [/@ts-(ignore|expect-error|nocheck)|(eslint|oxlint)-disable|biome-ignore/, 'suppression'],
]

/** Measures one file. Types are blanked in place, so positions stay those of the file. */
export function measure({ path, text }: SourceFile): Measured {
  const code = stripTypeScriptTypes(text)
  const program = parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
    allowHashBang: true,
  })
  const functions: FunctionSize[] = []
  walk(program, node => {
    if (!/Function(Declaration|Expression)$/.test(node.type) || !node.loc) return
    functions.push({
      line: node.loc.start.line,
      lines: node.loc.end.line - node.loc.start.line + 1,
    })
  })
  const lines = text.split('\n')
  const bare = withoutTexts(text).split('\n')
  const found = bare.flatMap((line, i) =>
    forbiddenForms
      .filter(([form, what]) => form.test(what === 'suppression' ? (lines[i] ?? '') : line))
      .map(([, what]) => `${what} on line ${i + 1}`),
  )
  return {
    path,
    lines: lines.length - 1,
    functions,
    imports: readImports(path, text),
    forbidden: found,
    casts: bare.flatMap((line, i) => (isCast(line) ? [i + 1] : [])),
  }
}

function isCast(line: string): boolean {
  return (
    /[\w)\]}'"`]\s+as\s+(?!const\b)[A-Za-z{('"[]/.test(line) &&
    !/^\s*(import|export)\b|^\s*(type\s+)?\w+ as \w+,?$/.test(line)
  )
}

/** The text with comments and string contents blanked, so that words in them do not count. */
function withoutTexts(text: string): string {
  return text.replace(
    /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    match => match[0] + match.slice(1, -1).replace(/[^\n]/g, ' ') + match.slice(-1),
  )
}

function readImports(path: string, text: string): string[] {
  const targets = [...text.matchAll(/(?:from\s+|import\s*\(\s*|^import\s+)'(\.[^']+)'/gm)]
  return targets.map(([, target = '']) => posix.join(posix.dirname(path), target))
}

function walk(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) value.filter(isNode).forEach(one => walk(one, visit))
    else if (isNode(value)) walk(value, visit)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
