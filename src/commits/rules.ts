import { lengthOf } from './characters.ts'
import type { Flaw, Part } from './flaw.ts'
import type { Message } from './message.ts'
import type { Policy } from './policy.ts'
import { nearest, nearestType, startsUpper } from './suggestion.ts'

/** What the rules know of the message beside its text. */
export interface Surroundings {
  /** Folders of apps and clusters, which are the scopes of a repository. */
  readonly folders?: ReadonlySet<string> | undefined
  /** Paths that the commit touches; undefined where the clone does not know. */
  readonly touched?: readonly string[] | undefined
  /** What the platform appends to the header, such as ` (#12)`. */
  readonly suffix?: string | undefined
}

/** Adds what it finds to `flaws`. */
type Rule = (message: Message, policy: Policy, flaws: Flaw[], around: Surroundings) => void

/** What the policy says of one message; the specification has spoken before. */
export function applyPolicy(message: Message, policy: Policy, around: Surroundings): Flaw[] {
  const flaws: Flaw[] = []
  for (const rule of RULES) rule(message, policy, flaws, around)
  return flaws
}

const RULES: readonly Rule[] = [types, scopes, touchedScope, lengths, descriptions, unfinished]

function flawOf(code: string, at: Part, message: string, help?: string): Flaw {
  const { start, end } = at
  return { code, message, start, end, ...(help === undefined ? {} : { help }) }
}

function types({ type }: Message, policy: Policy, flaws: Flaw[]): void {
  if (type === undefined) return
  const lower = type.text.toLowerCase()
  if (policy.types.length > 0 && !policy.types.includes(lower)) {
    const meant = nearestType(type.text, policy.types)
    const help = meant ? `did you mean ${meant}?` : undefined
    const known = policy.types.join(', ')
    flaws.push(flawOf('unknown-type', type, `type ${quote(type)} is none of ${known}`, help))
  } else if (policy.typeCase === 'lower' && type.text !== lower)
    flaws.push(
      flawOf('upper-case-type', type, `type ${quote(type)} is not lower case`, `write ${lower}`),
    )
}

function scopes({ type, scope }: Message, policy: Policy, flaws: Flaw[]): void {
  if (scope === undefined) {
    if (policy.requireScope && type !== undefined)
      flaws.push(
        flawOf('missing-scope', type, 'the header names no scope', `write ${type.text}(scope):`),
      )
    return
  }
  if (typeof policy.scopes === 'string') return
  for (const name of split(scope)) {
    if (policy.scopes.includes(name.text)) continue
    const meant = nearest(name.text.toLowerCase(), policy.scopes)
    const help = meant ? `did you mean ${meant}?` : undefined
    const known = policy.scopes.join(', ')
    flaws.push(flawOf('unknown-scope', name, `scope ${quote(name)} is none of ${known}`, help))
  }
}

/** A scope that is a folder of the repository, or nearly one, while the commit touches nothing of that name. */
function touchedScope(
  { scope }: Message,
  policy: Policy,
  flaws: Flaw[],
  around: Surroundings,
): void {
  if (policy.scopes !== 'auto' || scope === undefined) return
  const { touched } = around
  if (!touched?.length) return
  const segments = new Set(touched.flatMap(path => path.split('/').slice(0, -1)))
  for (const name of split(scope)) {
    const text = name.text.toLowerCase()
    const { folders } = segments.has(text) ? {} : around
    if (folders === undefined) continue
    const here = [...segments].filter(segment => folders.has(segment))
    const meant = nearest(text, here) ?? (here.length === 1 ? here[0] : undefined)
    if (!folders.has(text) && nearest(text, here) === undefined) continue
    const message = `scope ${quote(name)} names nothing that the commit touches`
    flaws.push(
      flawOf('misleading-scope', name, message, meant ? `did you mean ${meant}?` : undefined),
    )
  }
}

/** The scopes between commas; `/` belongs to a name. */
function split(scope: Part): Part[] {
  const parts: Part[] = []
  for (const match of scope.text.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)) {
    const start = scope.start + match.index
    parts.push({ text: match[0], start, end: start + match[0].length })
  }
  return parts
}

function lengths(message: Message, policy: Policy, flaws: Flaw[], around: Surroundings): void {
  const { header, lines, footers } = message
  const { suffix = '' } = around
  const length = lengthOf(header.text + suffix)
  if (policy.headerMax > 0 && length > policy.headerMax) {
    const counted = suffix === '' ? '' : ` with the "${suffix}" that is appended`
    flaws.push(
      flawOf(
        'long-header',
        { ...header, start: header.start + policy.headerMax - suffix.length },
        `the header has ${length} characters${counted}; ${policy.headerMax} are allowed`,
      ),
    )
  }
  if (policy.bodyLineMax === 0) return
  const tail = footers[0]?.start ?? Infinity
  for (let line = 1; line < lines.length && lines.start(line) < tail; line++) {
    const [start, end] = [lines.start(line), lines.end(line)]
    if (end - start <= policy.bodyLineMax) continue
    const text = lines.textOf(line)
    const length = lengthOf(text)
    if (/https?:\/\//.test(text) || length <= policy.bodyLineMax) continue
    const message = `the line has ${length} characters; ${policy.bodyLineMax} are allowed`
    flaws.push(flawOf('long-line', { text, start: start + policy.bodyLineMax, end }, message))
  }
}

function descriptions({ description }: Message, policy: Policy, flaws: Flaw[]): void {
  if (description === undefined) return
  const { text, start, end } = description
  if (policy.descriptionCase === 'lower' && startsUpper(text)) {
    const first = { text, start, end: start + (/^\S+/.exec(text)?.[0].length ?? 0) }
    flaws.push(flawOf('upper-case-description', first, 'the description starts with a capital'))
  }
  const last = text.at(-1) ?? ''
  if (policy.fullStop.includes(last))
    flaws.push(
      flawOf('full-stop', { text: last, start: end - 1, end }, `the description ends with ${last}`),
    )
}

const WIP = /^(?:wip\b|WIP\b|\[wip\]|draft:|\[draft\]|\(draft\)|do not merge\b)/i

function unfinished({ header, description }: Message, { wip }: Policy, flaws: Flaw[]): void {
  if (wip === 'skip') return
  const part = [header, description].find(one => one !== undefined && WIP.test(one.text))
  if (part === undefined) return
  const { start } = part
  const end = start + (WIP.exec(part.text)?.[0].length ?? 0)
  const level = wip === 'warn' ? 'warning' : 'error'
  flaws.push({
    code: 'wip-commit',
    level,
    message: 'the commit calls itself unfinished',
    start,
    end,
  })
}

function quote({ text }: Part): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
