import { describe, expect, it } from 'vitest'
import { causes } from './causes.ts'
import { check, places } from './check.ts'
import { type Files, type Layout, layouts } from './layouts.ts'
import { outlying } from './outlying.ts'

function judge(files: Files, base?: Files): string[] {
  const verdict = check(files, base)
  expect(verdict.incomplete).toBeUndefined()
  return places(verdict)
}

/** The line of a text; in the file of the Kustomizations the first from the app's on. */
function lineOf(files: Files, path: string, needle: string, { sync, app }: Layout): number {
  const text = files[path]
  if (typeof text !== 'string') throw new Error(`no file ${path}`)
  const lines = text.split('\n')
  const from = path === sync ? Math.max(0, lines.indexOf(`  name: ${app}`)) : 0
  const at = lines.findIndex((line, i) => i >= from && line.includes(needle))
  return (at === -1 ? lines.findIndex(line => line.includes(needle)) : at) + 1
}

describe.each([...layouts, ...outlying].map(layout => [layout.name, layout] as const))(
  '%s',
  (_, layout) => {
    it.each(causes.map(cause => [cause.name, cause] as const))('%s', (_, cause) => {
      const { broken, fixed, base, code, at } = cause.make(layout)
      const [path, needle] = at
      const holder = broken[path] === undefined && base ? base : broken
      expect(judge(broken, base)).toEqual([
        `${code} ${path}:${lineOf(holder, path, needle, layout)}`,
      ])
      expect(judge(fixed, base)).toEqual([])
    })
  },
)

it('every cause of the list has its case', () => {
  const numbers = new Set(causes.map(cause => Number.parseInt(cause.name, 10)))
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1))
})
