import type { Span } from '../text/source.ts'
import { matchGlob } from './glob.ts'

/** One line of a `.sourceignore` file or of a source's `spec.ignore`. */
export interface IgnoreRule {
  /** The folder whose file holds the rule, from the root of the artifact. */
  readonly domain: readonly string[]
  readonly pattern: readonly string[]
  readonly include: boolean
  readonly directoryOnly: boolean
  /** The line; undefined for Flux's own rules. */
  readonly at: Span | undefined
}

const VCS = ['.git/', '.gitignore', '.gitmodules', '.gitattributes']
const EXTENSIONS = '*.jpg *.jpeg *.gif *.png *.wmv *.flv *.tar.gz *.zip'.split(' ')
const CI =
  '.github/ .circleci/ .travis.yml .gitlab-ci.yml appveyor.yml .drone.yml cloudbuild.yaml ' +
  'codeship-services.yml codeship-steps.yml'
const EXTRA = ['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml']

const vcsRules = VCS.map(line => parseRule(line, [], undefined))
const defaultRules = [...EXTENSIONS, ...CI.split(' '), ...EXTRA].map(line =>
  parseRule(line, [], undefined),
)

/** The longest line that Go's scanner takes; it stops reading at a longer one. */
const MAX_LINE = 65_536

/** The rules of a text, `#` comments and blank lines left out; `place` gives the span of a range of it. */
export function parseRules(
  text: string,
  domain: readonly string[],
  place: (start: number, end: number) => Span,
): IgnoreRule[] {
  const rules: IgnoreRule[] = []
  let start = 0
  for (const raw of text.split('\n')) {
    if (raw.length >= MAX_LINE) break
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (!line.startsWith('#') && line.trim() !== '')
      rules.push(parseRule(line, domain, place(start, start + line.length)))
    start += raw.length + 1
  }
  return rules
}

function parseRule(line: string, domain: readonly string[], at: Span | undefined): IgnoreRule {
  const include = line.startsWith('!')
  let text = include ? line.slice(1) : line
  if (!text.endsWith('\\ ')) text = text.replace(/ +$/, '')
  const directoryOnly = text.endsWith('/')
  if (directoryOnly) text = text.slice(0, -1)
  return { domain, pattern: text.split('/'), include, directoryOnly, at }
}

/**
 * All rules that hold for an artifact, weakest first: rules of one's own replace Flux's defaults, all
 * but those for version control (fluxcd/pkg/artifact storage.SourceIgnoreFilter).
 */
export function allRules(own: readonly IgnoreRule[]): readonly IgnoreRule[] {
  return own.length === 0 ? [...vcsRules, ...defaultRules] : [...vcsRules, ...own]
}

/** The rule that keeps a path out, undefined where none does. The last rule that matches decides. */
export function ignoredBy(
  rules: readonly IgnoreRule[],
  path: string,
  isDirectory: boolean,
): IgnoreRule | undefined {
  const segments = path.split('/')
  for (const rule of candidates(rules, segments))
    if (matches(rule, segments, isDirectory)) return rule.include ? undefined : rule
  return undefined
}

/** Which rules of a list can hold for a path, by the names in it: most rules name nothing that is there. */
const byName = new WeakMap<readonly IgnoreRule[], Map<string, readonly number[]>>()

/** The rules that may match a path, strongest first. */
function candidates(rules: readonly IgnoreRule[], segments: readonly string[]): IgnoreRule[] {
  let known = byName.get(rules)
  if (known === undefined) byName.set(rules, (known = new Map()))
  const found = new Set<number>()
  for (const name of segments) {
    let indexes = known.get(name)
    if (indexes === undefined) known.set(name, (indexes = rulesFor(rules, name)))
    for (const index of indexes) found.add(index)
  }
  return [...found].sort((a, b) => b - a).flatMap(index => rules[index] ?? [])
}

/** The rules whose last part, which every match needs on its way, is this name; and those of wild parts. */
function rulesFor(rules: readonly IgnoreRule[], name: string): number[] {
  return rules.flatMap(({ pattern }, index) => {
    const last = pattern.findLast(part => part !== '' && part !== '**')
    return last === undefined || matchesSegment(last, name) ? [index] : []
  })
}

function matches(rule: IgnoreRule, path: readonly string[], isDirectory: boolean): boolean {
  const { domain } = rule
  if (path.length <= domain.length || domain.some((name, i) => path[i] !== name)) return false
  const rest = domain.length === 0 ? path : path.slice(domain.length)
  return rule.pattern.length === 1
    ? matchesName(rule, rest, isDirectory)
    : matchesPath(rule, rest, isDirectory)
}

/** A rule without a slash holds for a name anywhere on the way. */
function matchesName(rule: IgnoreRule, path: readonly string[], isDirectory: boolean): boolean {
  const [pattern = ''] = rule.pattern
  const at = path.findIndex(name => matchesSegment(pattern, name))
  return at !== -1 && !(rule.directoryOnly && !isDirectory && at === path.length - 1)
}

/** A rule with a slash holds for a beginning of the path; `**` skips folders. */
function matchesPath(rule: IgnoreRule, path: readonly string[], isDirectory: boolean): boolean {
  let at = 0
  let matched = false
  let skips = false
  for (const [i, pattern] of rule.pattern.entries()) {
    if (pattern === '') {
      skips = false
      continue
    }
    if (pattern === '**') {
      if (i === rule.pattern.length - 1) break
      skips = true
      continue
    }
    if (pattern.includes('**') || at >= path.length) return false
    if (skips) {
      const found = path.findIndex((name, n) => n >= at && matchesSegment(pattern, name))
      matched = found !== -1
      at = found === -1 ? path.length : found + 1
      skips = false
    } else {
      if (!matchesSegment(pattern, path[at] ?? '')) return false
      matched = true
      at++
    }
  }
  return matched && !(rule.directoryOnly && !isDirectory && at === path.length)
}

const WILD = /[*?[\\]/

/** Each pattern is asked for every name of a repository. */
const matchers = new Map<string, (name: string) => boolean>()

function matchesSegment(pattern: string, name: string): boolean {
  let matcher = matchers.get(pattern)
  if (matcher === undefined) matchers.set(pattern, (matcher = compileSegment(pattern)))
  return matcher(name)
}

function compileSegment(pattern: string): (name: string) => boolean {
  if (!WILD.test(pattern)) return name => name === pattern
  const rest = pattern.slice(1)
  // `*.zip`: what most rules look like.
  if (pattern.startsWith('*') && !WILD.test(rest)) return name => name.endsWith(rest)
  const wanted = bytes(pattern)
  return name => matchGlob(wanted, bytes(name)) === true
}

function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
