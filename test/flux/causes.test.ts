import { describe, expect, it } from 'vitest'
import { causes } from './causes.ts'
import { check, places } from './check.ts'
import { type Files, layouts } from './layouts.ts'

function judge(files: Files, base?: Files): string[] {
  const verdict = check(files, base)
  expect(verdict.incomplete).toBeUndefined()
  return places(verdict)
}

function lineOf(files: Files, path: string, needle: string): number {
  const text = files[path]
  if (typeof text !== 'string') throw new Error(`no file ${path}`)
  return text.split('\n').findIndex(line => line.includes(needle)) + 1
}

describe.each(layouts.map(layout => [layout.name, layout] as const))('%s', (_, layout) => {
  it.each(causes.map(cause => [cause.name, cause] as const))('%s', (_, cause) => {
    const { broken, fixed, base, code, at } = cause.make(layout)
    const [path, needle] = at
    const holder = broken[path] === undefined && base ? base : broken
    expect(judge(broken, base)).toEqual([`${code} ${path}:${lineOf(holder, path, needle)}`])
    expect(judge(fixed, base)).toEqual([])
  })
})

it('every cause of the list has its case', () => {
  const numbers = new Set(causes.map(cause => Number.parseInt(cause.name, 10)))
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1))
})
