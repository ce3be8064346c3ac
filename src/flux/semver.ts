/** A version as Masterminds/semver 3 reads it: one to three numbers, a `v` before and a pre-release behind are allowed. */
export interface Version {
  readonly numbers: readonly [number, number, number]
  readonly pre: string
  readonly text: string
}

const VERSION =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/

export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const [, major = '0', minor = '0', patch = '0', pre = ''] = match
  return { numbers: [Number(major), Number(minor), Number(patch)], pre, text }
}

export function compareVersions(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) {
    const difference = a.numbers[i] - b.numbers[i]
    if (difference !== 0) return difference
  }
  if (a.pre === b.pre) return 0
  if (a.pre === '') return 1
  if (b.pre === '') return -1
  return comparePre(a.pre.split('.'), b.pre.split('.'))
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i]
    if (y === undefined) return 1
    if (x === y) continue
    const [xn, yn] = [/^\d+$/.test(x), /^\d+$/.test(y)]
    if (xn && yn) return Number(x) - Number(y)
    if (xn !== yn) return xn ? -1 : 1
    return x < y ? -1 : 1
  }
  return a.length - b.length
}

interface Term {
  readonly operator: string
  readonly version: Version
  /** How many numbers were given; `*`, `x` and missing ones count as not given. */
  readonly given: number
}

/** Alternatives of terms that must all hold. */
export type Range = readonly (readonly Term[])[]

const PART = String.raw`v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*]))?(?:\.(?:\d+|[xX*]))?(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`
const HYPHEN = new RegExp(String.raw`^\s*(${PART})\s+-\s+(${PART})\s*$`)
const TERM = new RegExp(String.raw`\s*(=>|=<|>=|<=|!=|~>|[=><~^])?\s*(${PART})(?:\s*,|\s+|$)`, 'y')

/** A constraint of Masterminds/semver 3; undefined where it is none. */
export function parseRange(text: string): Range | undefined {
  const alternatives: (readonly Term[])[] = []
  for (const part of text.split('||')) {
    const hyphen = HYPHEN.exec(part)
    const spelled = hyphen ? `>=${hyphen[1]} <=${hyphen[2]}` : part
    const terms = parseTerms(spelled.trim())
    if (terms === undefined || terms.length === 0) return undefined
    alternatives.push(terms)
  }
  return alternatives
}

function parseTerms(text: string): Term[] | undefined {
  const terms: Term[] = []
  TERM.lastIndex = 0
  while (TERM.lastIndex < text.length) {
    const match = TERM.exec(text)
    if (match === null) return undefined
    const term = parseTerm(match[1] ?? '', match[2] ?? '')
    if (term === undefined) return undefined
    terms.push(term)
    if (TERM.lastIndex === 0) break
  }
  return terms
}

function parseTerm(operator: string, text: string): Term | undefined {
  const [core = '', ...rest] = text.replace(/^v/, '').split(/(?=[-+])/)
  const numbers = core.split('.')
  const wild = numbers.findIndex(number => /^[xX*]$/.test(number))
  const given = wild === -1 ? numbers.length : wild
  const filled = [0, 1, 2].map(i => (i < given ? (numbers[i] ?? '0') : '0')).join('.')
  const version = parseVersion(filled + (wild === -1 ? rest.join('') : ''))
  return version && { operator, version, given }
}

/** Whether a version satisfies a range. Pre-releases only satisfy terms that name a pre-release. */
export function satisfies(version: Version, range: Range): boolean {
  return range.some(terms => terms.every(term => holds(version, term)))
}

function holds(version: Version, { operator, version: wanted, given }: Term): boolean {
  if (version.pre !== '' && wanted.pre === '') return false
  const order = compareVersions(version, wanted)
  switch (operator) {
    case '>':
      return given === 3 ? order > 0 : compareVersions(version, bump(wanted, given)) >= 0
    case '>=':
    case '=>':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
    case '=<':
      return given === 3 ? order <= 0 : compareVersions(version, bump(wanted, given)) < 0
    case '!=':
      return given === 3 ? order !== 0 : !isBetween(version, wanted, bump(wanted, given))
    case '^':
      return isBetween(version, wanted, caretLimit(wanted, given))
    case '~':
    case '~>':
      return isBetween(version, wanted, bump(wanted, Math.min(given, 2)))
    default:
      return given === 3 ? order === 0 : isBetween(version, wanted, bump(wanted, given))
  }
}

function isBetween(version: Version, low: Version, high: Version): boolean {
  return compareVersions(version, low) >= 0 && compareVersions(version, high) < 0
}

/** The first version behind all that begin with the given numbers. */
function bump({ numbers: [major, minor, patch] }: Version, given: number): Version {
  const numbers =
    given === 0
      ? ([Infinity, 0, 0] as const)
      : given === 1
        ? ([major + 1, 0, 0] as const)
        : given === 2
          ? ([major, minor + 1, 0] as const)
          : ([major, minor, patch + 1] as const)
  return { numbers, pre: '', text: '' }
}

function caretLimit(version: Version, given: number): Version {
  const [major, minor] = version.numbers
  if (given === 0) return bump(version, 0)
  if (major > 0 || given === 1) return bump(version, 1)
  return minor > 0 || given === 2 ? bump(version, 2) : bump(version, 3)
}
