import type { Answer, Case } from './cases.ts'
import { fluxAnswer, isAccepted } from './cases.ts'

/** What we say of one case. */
export interface Verdict {
  readonly accept: boolean
  readonly paths: readonly string[]
}

export interface Row {
  name: string
  cases: number
  agree: number
  falseAccepts: string[]
  falseRejects: string[]
  /** Rejections of the server that name a place. */
  named: number
  /** Those of them that we share. */
  located: number
  covered: number
  uncovered: string[]
}

const classes: readonly (readonly [string, RegExp])[] = [
  ['delete a field', /^delete$/],
  ['null', /^null$/],
  ['unknown field', /^unknown-field$/],
  ['add an optional field', /^add-field$/],
  ['benign', /^(?:key-order|list-reverse|seed|bool-flip)$/],
  ['enum', /^enum-/],
  ['duplicate key', /^key-twice/],
  ['misspelt key', /^key-/],
  ['wrong indentation', /^move-/],
  ['list items', /^item-/],
  ['wrong type', /^type-/],
  ['string content', /^string-/],
  ['plain YAML scalar', /^plain-/],
  ['number range and form', /^number-/],
  ['boolean form', /^bool-/],
  ['list shape', /^list-/],
  ['map shape', /^map-/],
  ['quantity', /^quantity-/],
  ['int-or-string', /^int-or-string-/],
  ['labels, annotations', /^rule-(?:label|annotation)/],
  ['CRD objects', /^rule-crd/],
  ['webhooks', /^rule-webhook/],
  ['other rules', /^rule-/],
]

/** The classes that depend on structure alone. */
export const structural: readonly string[] = [
  'misspelt key',
  'wrong indentation',
  'unknown field',
  'wrong type',
  'null',
  'duplicate key',
  'list shape',
  'map shape',
  'boolean form',
  'plain YAML scalar',
  'int-or-string',
  'quantity',
]

export function classOf(op: string): string {
  return classes.find(([, form]) => form.test(op))?.[0] ?? op
}

/** Agreement by class, `all` first. */
export function score(
  cases: readonly Case[],
  judgeCase: (one: Case) => Verdict,
  group: (one: Case) => string = one => classOf(one.op),
): Map<string, Row> {
  const rows = new Map<string, Row>([['all', emptyRow('all')]])
  for (const one of cases) {
    const answer = fluxAnswer(one)
    const verdict = judgeCase(one)
    const name = group(one)
    const row = rows.get(name) ?? emptyRow(name)
    rows.set(name, row)
    for (const each of [row, rows.get('all') ?? row]) count(each, one.id, answer, verdict)
  }
  return rows
}

function emptyRow(name: string): Row {
  const counts = { cases: 0, agree: 0, named: 0, located: 0, covered: 0 }
  return { name, ...counts, falseAccepts: [], falseRejects: [], uncovered: [] }
}

function count(row: Row, id: string, answer: Answer, verdict: Verdict): void {
  const wanted = isAccepted(answer)
  row.cases++
  if (wanted === verdict.accept) row.agree++
  else if (verdict.accept) row.falseAccepts.push(id)
  else row.falseRejects.push(id)
  const theirs = wanted ? [] : serverPaths(answer)
  if (theirs.length === 0) return
  row.named++
  if (verdict.accept) return
  const mine = verdict.paths.filter(path => path !== '').map(plainPath)
  row.located++
  if (theirs.every(path => isCovered(path, mine))) row.covered++
  else row.uncovered.push(id)
}

/** Names only: `spec.ports[0].name` and `.spec.ports[port=80].name` meet. */
export function plainPath(path: string): string {
  return path
    .replace(/\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]/g, '')
    .replace(/^\.+/, '')
    .replace(/\.+$/, '')
}

function isCovered(path: string, mine: readonly string[]): boolean {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')))
  return mine.some(one => one === path || one.startsWith(`${path}.`) || one === parent)
}

/** The places a server's answer names, in its causes or in the text of a decoding or typing error. */
export function serverPaths(answer: Answer): string[] {
  if (answer.causes !== undefined)
    return answer.causes
      .map(cause => cause.field)
      .filter(field => field !== '' && field !== '<nil>' && field !== undefined)
      .map(plainPath)
  const message = answer.message ?? ''
  const forms = [
    /unknown field "([^"]+)"/g,
    /Go struct field (?:\w+\.)?(\S+) of type/g,
    /(?:: |\n\s+)(\.[A-Za-z$][^\s:]*(?:\[[^\]]*\][^\s:]*)*): /g,
  ]
  return forms.flatMap(form => [...message.matchAll(form)].map(match => plainPath(match[1] ?? '')))
}
