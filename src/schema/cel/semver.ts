import type { Library } from './library.ts'

/** A version by semver.org 2.0. */
export class Semver {
  readonly numbers: readonly bigint[]
  readonly before: readonly string[]
  constructor(text: string, normalise: boolean) {
    const match = FORM.exec(normalise ? tidy(text) : text)
    if (match === null) throw new Error('not a semantic version')
    this.numbers = [match[1], match[2], match[3]].map(part => BigInt(part ?? '0'))
    this.before = match[4]?.split('.') ?? []
  }
}

const NUMBER = '(0|[1-9]\\d*)'
const FORM = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?$`,
)

/** `v1.02` → `1.2.0`. */
function tidy(text: string): string {
  const [, core = '', rest = ''] = /^v?([\d.]*)(.*)$/.exec(text) ?? []
  const parts = core.split('.').map(part => part.replace(/^0+(?=\d)/, ''))
  while (parts.length < 3) parts.push('0')
  return parts.join('.') + rest
}

function compare(a: Semver, b: Semver): bigint {
  for (let i = 0; i < 3; i++) {
    const [x = 0n, y = 0n] = [a.numbers[i], b.numbers[i]]
    if (x !== y) return x < y ? -1n : 1n
  }
  if (a.before.length === 0 || b.before.length === 0)
    return BigInt(b.before.length === 0 ? 0 : 1) - BigInt(a.before.length === 0 ? 0 : 1)
  return compareBefore(a.before, b.before)
}

function compareBefore(a: readonly string[], b: readonly string[]): bigint {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]]
    if (x === undefined || y === undefined) return x === undefined ? -1n : 1n
    if (x === y) continue
    const [xs, ys] = [/^\d+$/.test(x), /^\d+$/.test(y)]
    if (xs !== ys) return xs ? -1n : 1n
    const isLess = xs ? BigInt(x) < BigInt(y) : x < y
    return isLess ? -1n : 1n
  }
  return 0n
}

function isSemver(text: string, normalise: boolean): boolean {
  return FORM.test(normalise ? tidy(text) : text)
}

const S = 'kubernetes.Semver'

/** Kubernetes CEL library `semver` (apiserver pkg/cel/library/semverlib.go). */
export const semverLibrary: Library = {
  types: { [S]: Semver },
  functions: [
    [`semver(string): ${S}`, (text: string) => new Semver(text, false)],
    [`semver(string, bool): ${S}`, (text: string, tidy: boolean) => new Semver(text, tidy)],
    ['isSemver(string): bool', (text: string) => isSemver(text, false)],
    ['isSemver(string, bool): bool', isSemver],
    [`${S}.major(): int`, (one: Semver) => one.numbers[0]],
    [`${S}.minor(): int`, (one: Semver) => one.numbers[1]],
    [`${S}.patch(): int`, (one: Semver) => one.numbers[2]],
    [`${S}.isGreaterThan(${S}): bool`, (a: Semver, b: Semver) => compare(a, b) > 0n],
    [`${S}.isLessThan(${S}): bool`, (a: Semver, b: Semver) => compare(a, b) < 0n],
    [`${S}.compareTo(${S}): int`, compare],
  ],
}
