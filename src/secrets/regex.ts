import { createRequire } from 'node:module'
import type * as Re2Module from 're2js'

// The bundler drops this line: it then sees the calls and keeps what they load for their first use.
const require = createRequire(import.meta.url)

/** A pattern of Go's regexp package: unanchored, linear time. */
export interface Pattern {
  matches(text: string): boolean
}

const known = new Map<string, Pattern | undefined>()

/** Patterns that mean the same in JavaScript and cannot run away: no group with a `?`, no repetition. */
const SAME_EVERYWHERE = /^\^?(?:[\w/-]|\\\.|\((?:[\w/-]|\\\.|\|)+\)|\|)*\$?$/

/** The pattern as RE2 reads it; undefined where RE2 does not compile it. */
export function compileRe2(pattern: string): Pattern | undefined {
  if (!known.has(pattern)) known.set(pattern, compile(pattern))
  return known.get(pattern)
}

function compile(pattern: string): Pattern | undefined {
  if (SAME_EVERYWHERE.test(pattern)) {
    const same = new RegExp(pattern)
    return { matches: text => same.test(text) }
  }
  if (pattern.length > 10_000) return undefined
  try {
    const { RE2JS }: typeof Re2Module = require('re2js')
    const compiled = RE2JS.compile(pattern)
    return { matches: text => compiled.matcher(text).find() }
  } catch {
    return undefined
  }
}
