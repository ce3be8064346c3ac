import { createRequire } from 'node:module'

/** A compiled regular expression of Go. */
export interface Pattern {
  /** Whether it is found anywhere in the text. */
  test(text: string): boolean
}

const require = createRequire(import.meta.url)

interface Re2 {
  readonly RE2JS: { compile(source: string): { matcher(text: string): { find(): boolean } } }
}

/** Patterns that mean the same in both languages and cannot run long: words, dots and three stars. */
const SIMPLE = /^\^?(?:\(\?:)?(?:[\w\-/:]|\.[*+]?){0,80}\)?\$?$/

/**
 * Compiles Go's regular expressions (RE2) for a search. Undefined where Go refuses the source.
 * Anything but the simplest runs in RE2's own engine, in linear time, loaded on first use.
 */
export function compilePattern(source: string): Pattern | undefined {
  if (SIMPLE.test(source) && (source.match(/[*+]/g)?.length ?? 0) <= 3) {
    try {
      return new RegExp(source, 'u')
    } catch {
      return undefined
    }
  }
  try {
    const { RE2JS }: Re2 = require('re2js')
    const compiled = RE2JS.compile(source)
    return { test: text => compiled.matcher(text).find() }
  } catch {
    return undefined
  }
}

/** The whole text must match; an empty source matches all (api/types anchorRegex). */
export function compileAnchored(source: string): Pattern | undefined {
  return compilePattern(source === '' ? '' : `^(?:${source})$`)
}
