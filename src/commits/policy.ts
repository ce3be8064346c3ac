/** How a rule that can be switched is taken. */
export type Stance = 'error' | 'warn' | 'skip'

export type Method = 'squash' | 'rebase' | 'merge'

/** Programs that write commits, known by author and shape of message. */
export type Bot = 'dependabot' | 'renovate' | 'flux-bootstrap' | 'image-automation' | 'copilot'

/** What a project wants of its messages beyond the specification: `commits` in the configuration. */
export interface Policy {
  readonly types: readonly string[]
  /** The scopes there are; `auto`: those of the repository, others are a warning; `any`. */
  readonly scopes: readonly string[] | 'auto' | 'any'
  readonly requireScope: boolean
  /** Graphemes of the header, with the ` (#123)` that GitHub adds to a squashed title. 0 = no limit. */
  readonly headerMax: number
  readonly bodyLineMax: number
  readonly typeCase: 'lower' | 'any'
  readonly descriptionCase: 'lower' | 'any'
  /** Characters that end no description. */
  readonly fullStop: string
  readonly fixups: Stance
  readonly wip: Stance
  readonly mergeCommits: Stance
  readonly bots: Readonly<Record<Bot, Stance>>
  /** How pull requests are merged, where the caller does not say. */
  readonly mergeMethod: Method
  /** GitHub's setting for the title of a squashed commit. */
  readonly squashTitle: 'pr-title' | 'commit-or-pr-title'
  /** GitHub's setting for the body of a squashed commit: the list of commits, the pull request's, none. */
  readonly squashBody: 'commit-messages' | 'pr-body' | 'blank'
  /** GitHub's setting for the title of a merge commit: its own words, or the pull request's title. */
  readonly mergeTitle: 'merge-message' | 'pr-title'
  /** The first commit that is judged. */
  readonly since: string | undefined
}

export const TYPES = 'feat fix chore docs refactor test ci build perf style revert'.split(
  ' ',
) satisfies string[]

export const defaultPolicy: Policy = {
  types: TYPES,
  scopes: 'auto',
  requireScope: false,
  headerMax: 100,
  bodyLineMax: 0,
  typeCase: 'lower',
  descriptionCase: 'lower',
  fullStop: '.。．…',
  fixups: 'error',
  wip: 'warn',
  mergeCommits: 'skip',
  bots: {
    dependabot: 'warn',
    renovate: 'warn',
    'flux-bootstrap': 'skip',
    'image-automation': 'warn',
    copilot: 'error',
  },
  mergeMethod: 'rebase',
  squashTitle: 'commit-or-pr-title',
  squashBody: 'commit-messages',
  mergeTitle: 'merge-message',
  since: undefined,
}

/** The policy of a configuration that its schema has accepted; commitlint's `rules` are read first. */
export function readPolicy(config: Readonly<Record<string, unknown>>): Policy {
  const { rules, bots, ...own } = config
  const policy = { ...defaultPolicy, ...fromRules(rules), ...own }
  return { ...policy, bots: { ...defaultPolicy.bots, ...recordOf(bots) } }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/**
 * commitlint's rules that say what a key of ours says: `[severity, always|never, value]`. Severity 0
 * switches the rule off.
 */
const translations: Readonly<Record<string, (value: unknown, on: boolean) => object>> = {
  'type-enum': (types, on) => (on && Array.isArray(types) ? { types } : { types: [] }),
  'type-case': (_, on) => ({ typeCase: on ? 'lower' : 'any' }),
  'scope-enum': (scopes, on) => ({ scopes: on && Array.isArray(scopes) ? scopes : 'any' }),
  'scope-empty': (_, on) => ({ requireScope: on }),
  'subject-case': (_, on) => ({ descriptionCase: on ? 'lower' : 'any' }),
  'subject-full-stop': (mark, on) => ({
    fullStop: on ? (typeof mark === 'string' ? mark : '.') : '',
  }),
  'header-max-length': (max, on) => ({ headerMax: on ? Number(max) : 0 }),
  'body-max-line-length': (max, on) => ({ bodyLineMax: on ? Number(max) : 0 }),
}

function fromRules(rules: unknown): object {
  let policy = {}
  for (const [name, rule] of Object.entries(recordOf(rules))) {
    const [severity, , value]: readonly unknown[] = Array.isArray(rule) ? rule : [rule]
    policy = { ...policy, ...translations[name]?.(value, severity !== 0) }
  }
  return policy
}
