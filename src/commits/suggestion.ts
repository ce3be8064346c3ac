import type { Policy } from './policy.ts'

/** What people write for a type. */
const aliases: Readonly<Record<string, string>> = {
  feature: 'feat', features: 'feat', add: 'feat', added: 'feat', adds: 'feat', new: 'feat',
  implement: 'feat', introduce: 'feat', support: 'feat', enhancement: 'feat', allow: 'feat',
  bug: 'fix', bugfix: 'fix', hotfix: 'fix', fixed: 'fix', fixes: 'fix', fixing: 'fix',
  correct: 'fix', resolve: 'fix', patch: 'fix', security: 'fix',
  doc: 'docs', documentation: 'docs', document: 'docs', readme: 'docs',
  tests: 'test', testing: 'test', refactoring: 'refactor', refact: 'refactor', rename: 'refactor',
  extract: 'refactor', simplify: 'refactor', move: 'refactor', cleanup: 'chore', clean: 'chore',
  performance: 'perf', optimize: 'perf', speed: 'perf', format: 'style', formatting: 'style',
  lint: 'style', deps: 'build', dep: 'build', dependencies: 'build', bump: 'build',
  upgrade: 'build', update: 'chore', remove: 'chore', delete: 'chore', drop: 'chore',
  release: 'chore', chores: 'chore', misc: 'chore', cicd: 'ci', 'ci/cd': 'ci', workflow: 'ci',
  pipeline: 'ci', reverts: 'revert', undo: 'revert',
} // prettier-ignore

/** The type that was probably meant: a known alias, or one a slip or two away. */
export function nearestType(written: string, types: readonly string[]): string | undefined {
  const word = written.toLowerCase()
  if (types.includes(word)) return word
  const alias = Object.hasOwn(aliases, word) ? aliases[word] : undefined
  if (alias !== undefined && types.includes(alias)) return alias
  return nearest(word, types)
}

/** The nearest of some words, at most two slips and half of its length away. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 40) return undefined
  let best: string | undefined
  let least = Math.min(2, Math.floor(word.length / 2)) + 1
  for (const candidate of words) {
    const slips = distance(word, candidate, least)
    if (slips >= least) continue
    least = slips
    best = candidate
  }
  return best
}

/** Slips of the pen between two words: inserted, missing, wrong or swapped letters. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = above
    above = row
  }
  return above[b.length] ?? limit
}

/** `type`, white space, scope, `!`, colon in any disorder; then the description. */
const LOOSE =
  /^(?<lead>[^\p{L}\p{N}[]{0,8})\[?(?<type>[\p{L}\p{N}_/-]{1,40})\]?\s{0,4}(?<early>!{0,3})\s{0,4}(?:\((?<scope>[^\n]{0,80}?)\))?\s{0,4}(?<late>!{0,3})\s{0,4}(?<colon>[:：]|\s-)\s{0,8}(?<rest>\S.*)$/u

const BRACKETS = /^\[(?<type>\w{1,40})\]\s{0,4}:?\s{0,4}(?<rest>\S.*)$/

/** A header as the specification and the policy want it, made from what was written; undefined where nobody can know. */
export function mendHeader(header: string, policy: Policy): string | undefined {
  const text = header.trim().slice(0, 500)
  const revert = /^Revert "(.+)"$/.exec(text)
  if (revert?.[1] !== undefined) return `revert: ${revert[1]}`
  const groups = (BRACKETS.exec(text) ?? LOOSE.exec(text))?.groups
  const { type = '', scope = '', early, late, lead = '', rest = '' } = groups ?? {}
  const known = nearestType(type, policy.types)
  if (groups !== undefined && known !== undefined) {
    const inner = scope.replace(/[()]+/g, '-').replace(/^[-\s]+|[-\s]+$/g, '')
    const bang = early || late ? '!' : ''
    return finished(`${known}${inner ? `(${inner})` : ''}${bang}: `, withLead(lead, rest), policy)
  }
  const [verb = ''] = text.split(/\s/, 1)
  const guess = nearestType(verb.replace(/\W+$/, ''), policy.types)
  return guess === undefined || text.includes(':')
    ? undefined
    : finished(`${guess}: `, text, policy)
}

/** An emoji before the type goes to the description. */
function withLead(lead: string, rest: string): string {
  const mark = lead.trim()
  return /\p{Extended_Pictographic}/u.test(mark) ? `${mark} ${rest}` : rest
}

function finished(prefix: string, text: string, policy: Policy): string {
  const stops = new Set(policy.fullStop)
  let end = text.trimEnd()
  while (stops.has(end.at(-1) ?? '') && end.length > 1) end = end.slice(0, -1).trimEnd()
  return prefix + (policy.descriptionCase === 'lower' ? lowered(end) : end)
}

/** The first word in lower case, unless it is a name: an acronym, an identifier, one of the words that are always so. */
export function lowered(text: string): string {
  return startsUpper(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** Whether a description starts as a sentence does; `API`, `GitHub`, `I` and `v2` are names. */
export function startsUpper(text: string): boolean {
  const first = text.charCodeAt(0)
  if (first >= 0x61 && first <= 0x7a) return false
  const [word = ''] = /^[\p{L}\p{N}_.-]+/u.exec(text) ?? []
  return /^\p{Lu}[\p{Ll}'’-]+[.]?$/u.test(word) && !NAMES.has(word)
}

const NAMES = new Set(
  'Kubernetes Flux Helm Kustomize Docker Azure Google Amazon Grafana Prometheus Loki Postgres Redis Node Python Java Rust Linux Windows Debian Ubuntu Renovate Dependabot Traefik Istio Cilium Longhorn Velero Terraform Ansible Jellyfin Plex Nextcloud Immich Conventional Unicode'.split(
    ' ',
  ),
)
