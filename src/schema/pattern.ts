import { createRequire } from 'node:module'
import type * as Re2Module from 're2js'

// The bundler drops this line: RE2 costs milliseconds to load, and few patterns need it.
const require = createRequire(import.meta.url)

const compiled = new Map<string, (text: string) => boolean>()

/** What JavaScript and RE2 read alike: no flags, classes by name, `\A`, backslashes of other meaning. */
const COMMON = /^(?:[^\\()[\]]|\\[.\\^$*+?()[\]{}|/\-dDwWnrt]|\((?!\?)|\(\?:|\)|\[(?!\[)|\])*$/

/** Whether a text holds a match of an RE2 pattern; a pattern that RE2 refuses matches everything. */
export function matches(pattern: string, text: string): boolean {
  let test = compiled.get(pattern)
  if (test === undefined) {
    test = compile(pattern)
    compiled.set(pattern, test)
  }
  return test(text)
}

/** RE2's complaint about a pattern, or undefined where it compiles. */
export function patternProblem(pattern: string): string | undefined {
  try {
    re2().RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Go matches in linear time; JavaScript does not. Its engine gets only patterns that both read alike,
 * over texts so short that going back costs nothing.
 */
function compile(pattern: string): (text: string) => boolean {
  const quick = quickOf(pattern)
  if (quick === undefined) return compileSlow(pattern)
  let slow: ((text: string) => boolean) | undefined
  const longest = longestQuick(pattern)
  return text => (text.length > longest ? (slow ??= compileSlow(pattern))(text) : quick.test(text))
}

function quickOf(pattern: string): RegExp | undefined {
  // RE2 refuses more than a thousand repetitions, counted through groups.
  if (!COMMON.test(pattern) || /\)\{|\{\d*,?\d{4}/.test(pattern)) return undefined
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return undefined
  }
}

/** Characters up to which no text makes JavaScript's engine slow: with few repetitions and none of a group, many. */
function longestQuick(pattern: string): number {
  const repetitions = pattern.match(/[*+{]/g)?.length ?? 0
  if (repetitions <= 2 && !/\)[*+{]/.test(pattern)) return 2000
  return repetitions <= 6 ? 16 : 0
}

function compileSlow(pattern: string): (text: string) => boolean {
  if (patternProblem(pattern) !== undefined) return () => true
  const expression = re2().RE2JS.compile(pattern)
  return remembered(text => expression.matcher(text).find())
}

const MOST_TEXTS = 1000

/** RE2 in JavaScript is slow, and manifests say `5m` a thousand times. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return text => {
    const answer = known.get(text) ?? test(text)
    if (known.size < MOST_TEXTS) known.set(text, answer)
    return answer
  }
}

/** What RE2 finds first; empty where nothing matches. */
export function find(pattern: string, text: string): string {
  return findAll(pattern, text, 1n)[0] ?? ''
}

/** All matches from left to right, at most so many; -1 = all. */
export function findAll(pattern: string, text: string, most: bigint): string[] {
  const matcher = re2().RE2JS.compile(pattern).matcher(text)
  const found: string[] = []
  while (matcher.find()) {
    if (most >= 0n && found.length >= most) break
    found.push(matcher.group() ?? '')
  }
  return found
}

function re2(): typeof Re2Module {
  const module: typeof Re2Module = require('re2js')
  return module
}
