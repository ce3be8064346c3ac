import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { describe, expect, it } from 'vitest'
import { checks } from '../src/checks/index.ts'
import { countLevels, exitCode } from '../src/gate/verdict.ts'
import { reportText } from '../src/report/text.ts'
import { verdictOf } from './pages/judge.ts'
import { reasons } from './readme/dependencies.ts'
import { BROKEN, example } from './readme/example.ts'

const update = process.env['UPDATE'] === '1'
const text = readFileSync('README.md', 'utf8')

describe('README', () => {
  it('is short', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(150)
  })

  it.each([
    ['example', renderExample],
    ['checks', renderChecks],
    ['dependencies', renderDependencies],
  ])('has a current section %s (`npm run update` rewrites it)', (name, render) => {
    const current = section(name)
    const wanted = `\n${render()}\n`
    if (update && current !== wanted) {
      const readme = readFileSync('README.md', 'utf8')
      writeFileSync(
        'README.md',
        readme.replace(
          sectionForm(name),
          `<!-- ${name} -->${wanted.replaceAll('$', '$$$$')}<!-- /${name} -->`,
        ),
      )
    } else expect(current).toBe(wanted)
  })

  it('gives a reason for every package that is loaded', () => {
    expect(loadedPackages().filter(name => !(name in reasons))).toEqual([])
  })
})

function section(name: string): string {
  const match = sectionForm(name).exec(text)
  expect(match).not.toBeNull()
  return match?.[1] ?? ''
}

function sectionForm(name: string): RegExp {
  return new RegExp(`<!-- ${name} -->([^]*?)<!-- /${name} -->`)
}

function renderExample(): string {
  const verdict = verdictOf(example)
  const output = reportText({
    ...verdict,
    stages: [],
    tool: { name: 'fluxgate', version: '' },
    counts: countLevels(verdict.diagnostics),
    exit: exitCode(verdict, 'error'),
    color: false,
    quiet: false,
  })
  const shown = BROKEN.split('\n').slice(0, 14).join('\n')
  return ['```yaml', shown, '…', '```', '', '```', output.trimEnd(), '```'].join('\n')
}

/** A row for each group; what a check finds is on its page, and `fluxgate explain` lists them all. */
function renderChecks(): string {
  const mark = { error: '', warning: ' ⚠', note: ' ℹ' } as const
  const groups = Map.groupBy(checks, check => check.group)
  const rows = [...groups].map(([group, members]) => {
    const links = members.map(({ code, level }) => `[${code}](src/checks/${code}.md)${mark[level]}`)
    return `| ${group} | ${links.join(', ')} |`
  })
  return ['| about | checks: errors, ⚠ warnings, ℹ notes |', '| --- | --- |', ...rows].join('\n')
}

function renderDependencies(): string {
  const rows = loadedPackages().map(name => `| \`${name}\` | ${reasons[name] ?? ''} |`)
  return ['| package | why |', '| --- | --- |', ...rows].join('\n')
}

function loadedPackages(): string[] {
  const found = new Set<string>()
  for (const folder of ['src', 'actions'])
    for (const path of listSources(folder))
      for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(
        /(?:\bfrom |\bimport\(|\brequire\()'((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g,
      ))
        if (!name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name))
          found.add(name)
  return [...found].sort()
}

function listSources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .map(path => `${folder}/${path}`)
  } catch {
    return []
  }
}
