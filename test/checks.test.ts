import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checks } from '../src/checks/index.ts'
import { type Example, readPage } from './pages/page.ts'
import { judgeExample } from './pages/judge.ts'

const pages = readdirSync('src/checks').filter(name => name.endsWith('.md'))

describe('the list of checks', () => {
  it('has a page for every check and a check for every page', () => {
    const codes = checks.map(check => check.code)
    expect(pages.map(page => page.slice(0, -3)).sort()).toEqual([...codes].sort())
    expect(new Set(codes).size).toBe(codes.length)
  })
})

describe.each(checks.map(check => [check.code, check] as const))('%s', (code, check) => {
  const examples = readPage(readFileSync(`src/checks/${code}.md`, 'utf8'))

  it('has a failing and a passing example and says how to fix it', () => {
    const headings = examples.map(example => example.heading)
    expect(headings.some(heading => heading.startsWith('Failing'))).toBe(true)
    expect(headings.some(heading => heading.startsWith('Passing'))).toBe(true)
    expect(readFileSync(`src/checks/${code}.md`, 'utf8')).toMatch(/^## How to fix$/m)
  })

  it.each(examples.map(example => [example.heading, example] as const))('%s', (_, example) => {
    expect(example.expected.length > 0).toBe(!example.passing)
    const said = judgeExample(example).filter(one => one.code === code)
    expect(said.map(place).sort()).toEqual(example.expected.map(place).sort())
    for (const { text, path, line } of example.expected) {
      const here = said.filter(one => one.path === path && one.line === line)
      expect(here.map(one => one.message).join('\n')).toContain(text)
    }
  })

  it('has a level that its page shows', () => {
    const levels = examples.flatMap((example: Example) => example.expected.map(one => one.level))
    expect(levels).toContain(check.level)
  })
})

function place(one: { path: string; line: number; level: string; code: string }): string {
  return `${one.path}:${one.line} ${one.level} ${one.code}`
}
