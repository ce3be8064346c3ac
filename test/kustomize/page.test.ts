import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { printOrigins } from '../../src/cli/origins.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { diskTree } from '../../src/tree/disk.ts'
import { parentPath } from '../../src/tree/tree.ts'

/**
 * Reads the page of `build --origins` as a person does: the page and the files are all it has. Each line
 * names a file and a line; there stands the value, or what the named transformation made it of.
 */
const repository = join(import.meta.dirname, '../..')
const tree = diskTree(repository)
const builder = createBuilder(tree, { loadRestrictor: 'LoadRestrictionsNone', reorder: undefined })
const folders = tree
  .entries()
  .map(entry => entry.path)
  .filter(path => /(?:^|\/)kustomization\.ya?ml$/.test(path) && !path.startsWith('test/kustomize/'))
  .map(parentPath)

interface Line {
  readonly text: string
  readonly path: string
  readonly line: number
  readonly by: string | undefined
}

function read(page: string): Line[] {
  return page
    .split('\n')
    .filter(line => line !== '' && line !== '---')
    .map(line => {
      const [, text = '', path = '', at = '', by] =
        /^(.*?) +# ([^ #]+):(\d+)(?: \(([a-z0-9-]+)\))?$/.exec(line) ?? []
      return { text, path, line: Number(at), by }
    })
}

/** The scalar of a printed or written line: behind `- ` and `key: `, without quotes and comment. */
function valueOf(line: string): string {
  const value = line.replace(/^[\s-]*(?:"?[\w./$-]+"?:(?: |$))?/, '').replace(/ #.*$/, '')
  return value.trim().replace(/^(["'])(.*)\1$/, '$2')
}

function keyOf(line: string): string {
  return /^[\s-]*"?([\w./$-]+)"?:/.exec(line)?.[1] ?? ''
}

/** What a line of a file says of the value that a transformation made of it. */
const made: Readonly<Record<string, (value: string, there: string) => boolean>> = {
  'name-prefix': (value, there) => value.startsWith(there),
  'name-suffix': (value, there) => value.endsWith(there),
  'name-reference': (value, there) => value.includes(there),
  generator: (value, there) => value === there || /^(?:v1|ConfigMap|Secret|Opaque)$/.test(value),
  hash: (value, there) => value.slice(0, -11).includes(there),
  image: (value, there) => value.includes(there),
}

function isFound({ text, path, line, by }: Line): boolean {
  const there = readFileSync(join(repository, path), 'utf8').split('\n')[line - 1]
  if (there === undefined) return false
  const value = valueOf(text)
  if (value === '' || /^[|>]/.test(value)) return by !== undefined || there.includes(keyOf(text))
  if (value === '<masked>') return true
  if (there.includes(value)) return by !== undefined || there.includes(keyOf(text))
  return by !== undefined && (made[by]?.(value, valueOf(there)) ?? false)
}

describe('the page of build --origins', () => {
  it.each(folders)('leads from each line of %s to its value', folder => {
    const { objects, error } = builder.build(folder)
    expect(error).toBeUndefined()
    const lines = read(printOrigins(objects, ''))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter(line => !isFound(line))).toEqual([])
  })

  it('reads a wrong line as wrong', () => {
    const lines = folders.flatMap(folder => read(printOrigins(builder.build(folder).objects, '')))
    const values = lines.filter(line => line.by === undefined && valueOf(line.text).length > 3)
    const moved = values.map(line => ({ ...line, line: line.line + 1 }))
    expect(values.length).toBeGreaterThan(100)
    expect(moved.filter(isFound).length).toBeLessThan(moved.length / 10)
  })
})
