import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measure, type Measured, type SourceFile } from './laws/measure.ts'

const layers =
  'text tree yaml schema kube secrets kustomize flux commits checks report gate cli'.split(' ')
const grabBags = ['util', 'utils', 'common', 'helpers', 'lib', 'shared', 'types']

const files = ['src', 'actions']
  .filter(folder => existsSync(folder))
  .flatMap(listSources)
  .map(measure)

describe('the laws of the code', () => {
  it('has files of a readable size', () => {
    const lengths = files.map(file => file.lines).sort((a, b) => a - b)
    expect(files.filter(file => file.lines > 300).map(file => file.path)).toEqual([])
    expect(percentile(lengths, 0.5)).toBeLessThanOrEqual(80)
  })

  it('has functions of a readable size', () => {
    const all = files.flatMap(file => file.functions.map(one => ({ ...one, path: file.path })))
    expect(all.filter(one => one.lines > 60)).toEqual([])
    const lengths = all.map(one => one.lines).sort((a, b) => a - b)
    expect(percentile(lengths, 0.95)).toBeLessThanOrEqual(36)
  })

  it('uses none of what hides mistakes', () => {
    expect(files.flatMap(file => file.forbidden.map(what => `${file.path}: ${what}`))).toEqual([])
  })

  it('casts rarely and only at the boundaries of yaml and schema', () => {
    const casts = files.flatMap(file => file.casts.map(line => ({ path: file.path, line })))
    expect(casts.filter(({ path }) => !/^src\/(yaml|schema)\//.test(path))).toEqual([])
    const lines = files.reduce((sum, file) => sum + file.lines, 0)
    expect((casts.length * 1000) / lines).toBeLessThanOrEqual(0.5)
  })

  it('imports only to the left', () => {
    expect(files.flatMap(importsToTheRight)).toEqual([])
  })

  it('has no cycle of imports', () => {
    expect(findCycle(new Map(files.map(file => [file.path, file.imports])))).toEqual([])
  })

  it('has no grab bags and no barrels', () => {
    const folders = files.flatMap(file => file.path.split('/').slice(0, -1))
    expect(folders.filter(folder => grabBags.includes(folder))).toEqual([])
    const barrels = files.map(file => file.path).filter(path => /(^|\/)index\.ts$/.test(path))
    expect(barrels).toEqual(['src/checks/index.ts'])
  })

  it('knows every layer it has', () => {
    const folders = readdirSync('src', { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
    expect(folders.filter(folder => !layers.includes(folder))).toEqual([])
  })
})

describe('the measure of the laws', () => {
  it('sees what the laws forbid', () => {
    const text = [
      'export default function a(x: any) {',
      '  return x as string',
      '}',
      '// @ts-ignore',
      "import { b } from '../gate/gate.ts'",
    ].join('\n')
    const measured = measure({ path: 'src/text/x.ts', text: `${text}\n` })
    expect(measured.forbidden).toEqual([
      'any on line 1',
      'default export on line 1',
      'suppression on line 4',
    ])
    expect(measured.casts).toEqual([2])
    expect(importsToTheRight(measured)).toEqual(['src/text/x.ts imports src/gate/gate.ts'])
    expect(measured.functions).toEqual([{ line: 1, lines: 3 }])
  })
})

function listSources(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !path.includes('generated/'))
    .map(path => `${folder}/${path.replaceAll('\\', '/')}`)
    .map(path => ({ path, text: readFileSync(path, 'utf8') }))
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

function layerOf(path: string): number {
  if (path.startsWith('actions/')) return layers.length
  const folder = path.split('/')[1] ?? ''
  return folder === 'cli.ts' ? layers.indexOf('cli') : layers.indexOf(folder)
}

function importsToTheRight(file: Measured): string[] {
  return file.imports
    .filter(target => /^(src|actions)\//.test(target) && layerOf(target) > layerOf(file.path))
    .map(target => `${file.path} imports ${target}`)
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    done.add(path)
    for (const target of graph.get(path) ?? []) {
      const cycle = visit(target, [...trail, path])
      if (cycle.length > 0) return cycle
    }
    return []
  }
  for (const path of graph.keys()) {
    const cycle = visit(path, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
