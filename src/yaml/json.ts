import type { Json } from './value.ts'

const short = new Map<number, string>([
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [12, '\\f'],
  [13, '\\r'],
  [34, '\\"'],
  [92, '\\\\'],
])
const special = /["\\<>&\0-\x1f\u2028\u2029]/

/** A string as Go's `encoding/json` writes it: `<`, `>`, `&` and U+2028/9 escaped. */
export function goString(text: string): string {
  const whole = text.toWellFormed()
  if (!special.test(whole)) return `"${whole}"`
  let out = ''
  for (let i = 0; i < whole.length; i++) {
    const c = whole.charCodeAt(i)
    const escaped = c < 32 || c === 34 || c === 92 || c === 60 || c === 62 || c === 38
    if (escaped || c === 0x2028 || c === 0x2029)
      out += short.get(c) ?? `\\u${c.toString(16).padStart(4, '0')}`
    else out += whole.charAt(i)
  }
  return `"${out}"`
}

/** Compares as Go does: by bytes of UTF-8, which is by code points. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    // Surrogates stand for characters behind all of the basic plane.
    return rank(left) - rank(right)
  }
  return a.length - b.length
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/**
 * Data as Go's `json.Marshal` writes it: keys sorted, no blanks. What kustomize hashes is made of it.
 * `.inf` and `.nan` have no JSON; they read as null.
 */
export function goJson(value: Json): string {
  if (typeof value === 'string') return goString(value)
  if (typeof value === 'number') return goNumber(value)
  if (value === null || typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map(goJson).join(',')}]`
  const keys = Object.keys(value).sort(compareBytes)
  return `{${keys.map(key => `${goString(key)}:${goJson(value[key] ?? null)}`).join(',')}}`
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}

function goNumber(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  return Object.is(value, -0) ? '-0' : String(value)
}
