import type { Finding, Level } from '../text/diagnostic.ts'
import { Source, type Span } from '../text/source.ts'
import { parentPath, type Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import { parse } from '../yaml/parse.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { itemsOf, textOf } from './metadata.ts'
import { nearestName } from './nearest.ts'
import { recipientProblem } from './recipient.ts'
import { compileRe2 } from './regex.ts'
import { DEFAULT_SELECTOR, readSelectors, type Selector, SELECTORS } from './selector.ts'

/** One rule of `.sops.yaml`. */
export interface CreationRule {
  readonly node: MapNode
  /** Empty matches every file. */
  readonly pathRegex: string
  readonly selector: Selector
  readonly age: readonly string[]
}

/** A `.sops.yaml` and what is wrong with it. */
export interface CreationRules {
  /** Its folder; rules match paths below it. */
  readonly folder: string
  readonly rules: readonly CreationRule[]
  readonly findings: readonly Finding[]
}

const TOP = ['creation_rules', 'destination_rules', 'stores']
const PROVIDERS = [
  'age',
  'pgp',
  'kms',
  'gcp_kms',
  'azure_keyvault',
  'hc_vault',
  'hckms',
  'hc_vault_transit_uri',
  'azure_kv',
]
const RULE = [
  'path_regex',
  'key_groups',
  'shamir_threshold',
  'aws_profile',
  'mac_only_encrypted',
  'merge',
  ...PROVIDERS,
  ...SELECTORS,
]

/** Reads and judges every `.sops.yaml` of a tree: SOPS passes over what it does not know, which leaks. */
export function readCreationRules(tree: Tree): CreationRules[] {
  return tree
    .entries()
    .filter(
      ({ path, kind, size }) =>
        kind === 'file' && size < 1 << 20 && /(?:^|\/)\.sops\.ya?ml$/.test(path),
    )
    .map(({ path }) => {
      const text = decode(tree.read(path))
      const source = new Source(path, typeof text === 'string' ? text : text.text)
      return judgeRules(source)
    })
}

function judgeRules(source: Source): CreationRules {
  const folder = parentPath(source.path)
  const findings: Finding[] = []
  const say = (at: Span, message: string, level: Level = 'error') =>
    findings.push({ code: 'sops-rule', message, at, level })
  if (source.path.endsWith('.yml'))
    say(source.span(0), 'sops reads .sops.yaml only: this file does nothing', 'warning')
  const { documents, problem } = parse(source, 'v2')
  const root = documents[0]?.root
  if (problem !== undefined) say(problem, `no rule holds: ${problem.message}`)
  if (root?.kind !== 'map') return { folder, rules: [], findings }
  judgeNames(root, TOP, say)
  const rules = itemsOf(root.get('creation_rules')).map(node => readRule(node, say))
  judgeOrder(rules, say)
  return { folder, rules, findings }
}

type Say = (at: Span, message: string, level?: Level) => void

/**
 * A name that is nearly one that SOPS knows was meant as that one, and the file is not encrypted as its
 * author thinks. Others do nothing: at the top they hold anchors.
 */
function judgeNames(map: MapNode, known: readonly string[], say: Say): void {
  for (const key of map.keys) {
    if (known.includes(key.text)) continue
    const meant = nearestName(key.text, known)
    const isHarmless = meant === undefined && !/encrypt|regex|suffix|path/i.test(key.text)
    if (isHarmless && known === TOP) continue
    say(
      key,
      `unknown key ${JSON.stringify(key.text)}, which sops passes over in silence${meant ? `: ${meant} is meant` : ''}`,
      isHarmless ? 'warning' : 'error',
    )
  }
}

function readRule(node: MapNode, say: Say): CreationRule {
  judgeNames(node, RULE, say)
  const path = node.get('path_regex')
  const pathRegex = textOf(path)
  if (path !== undefined && compileRe2(pathRegex) === undefined)
    say(path, 'path_regex is no expression that RE2 compiles: sops refuses the file')
  const selectors = readSelectors(node)
  if (selectors.length > 1)
    say(node, `the rule sets ${selectors.length} selectors, and sops takes one`)
  const selector = selectors[0] ?? DEFAULT_SELECTOR
  const at = node.get(selector.name) ?? node
  if (selector.name.endsWith('regex')) judgeSelector(selector, at, say)
  const age = recipientsOf(node, say)
  const hasKey = age.length > 0 || ['key_groups', ...PROVIDERS].some(name => node.has(name))
  if (!hasKey)
    say(node, 'the rule names no key: sops takes one from the environment or refuses', 'warning')
  return { node, pathRegex, selector, age }
}

function judgeSelector({ name, value }: Selector, at: Span, say: Say): void {
  const isPositive = name.startsWith('encrypted')
  if (compileRe2(value) === undefined)
    say(
      at,
      isPositive
        ? `${name} is no expression that RE2 compiles: nothing would be encrypted`
        : `${name} is no expression that RE2 compiles: everything would be encrypted`,
      isPositive ? 'error' : 'warning',
    )
  else if (isPositive && /(?:^|[(|^])\s|\s(?:[)|$]|$)/.test(value))
    say(at, `${name} holds blanks at the edge of a name: no key matches it`)
  else if (name === 'encrypted_regex' && compileRe2(value)?.matches('metadata') === true)
    say(
      at,
      'encrypted_regex matches metadata too, so Flux cannot read the name: write ^(data|stringData)$',
      'warning',
    )
}

/** The age recipients of a rule, of its groups as well; each must be one. */
function recipientsOf(node: MapNode, say: Say): string[] {
  const groups = [
    node,
    ...itemsOf(node.get('key_groups')).flatMap(group => [group, ...itemsOf(group.get('merge'))]),
  ]
  return groups.flatMap(group => {
    const age = group.get('age')
    return scalarsOf(age).flatMap(item =>
      textOf(item)
        .split(',')
        .map(one => one.trim())
        .filter(Boolean)
        .map(one => {
          const problem = recipientProblem(one)
          if (problem !== undefined) say(item, `an age recipient ${problem}`)
          return one
        }),
    )
  })
}

function scalarsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return []
  return node.kind === 'list' ? node.items : [node]
}

/** A rule without a path takes every file, so those behind it never apply. */
function judgeOrder(rules: readonly CreationRule[], say: Say): void {
  const all = rules.findIndex(rule => /^(?:|\.\*|\^|\^\.\*\$?|\.|\.\+)$/.test(rule.pathRegex))
  const behind = all === -1 ? undefined : rules[all + 1]
  if (behind !== undefined)
    say(behind.node, 'the rule before this one takes every file: this one is never used')
  const seen = new Set<string>()
  for (const { node, pathRegex } of rules) {
    if (seen.has(pathRegex) && pathRegex !== '')
      say(node, 'an earlier rule has the same path_regex: this one is never used')
    seen.add(pathRegex)
  }
}

/** The rule that sops would take for a path: of the nearest `.sops.yaml`, the first that matches. */
export function ruleFor(
  all: readonly CreationRules[],
  path: string,
): CreationRule | 'none' | undefined {
  const above = all
    .filter(
      ({ folder, rules }) => rules.length > 0 && (folder === '' || path.startsWith(`${folder}/`)),
    )
    .toSorted((a, b) => b.folder.length - a.folder.length)[0]
  if (above === undefined) return undefined
  const relative = above.folder === '' ? path : path.slice(above.folder.length + 1)
  const rule = above.rules.find(
    ({ pathRegex }) => pathRegex === '' || compileRe2(pathRegex)?.matches(relative) === true,
  )
  return rule ?? 'none'
}
