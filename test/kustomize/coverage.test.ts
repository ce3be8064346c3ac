import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Case, cases } from './cases.ts'

/** What the tests of kustomize itself exercise, by feature; how a case shows that it does too. */
const rows: readonly (readonly [string, (one: Recorded) => boolean])[] = [
  ['merge and JSON patches', has(/^patches(?:StrategicMerge|Json6902)?:/m)],
  ['bases, overlays, diamonds', one => one.kustomizations > 1],
  ['generators, behaviour, hash', has(/^(?:configMap|secret)Generator:/m)],
  ['annotations of buildMetadata', has(/^buildMetadata:/m)],
  ['prefixes, suffixes and references', has(/^name(?:Prefix|Suffix):/m)],
  ['loading and accumulation', one => one.name.startsWith('loading/')],
  ['merge keys of openapi and crds', has(/^(?:openapi|crds):/m)],
  ['components', has(/^components:/m)],
  ['values and output', one => one.name.startsWith('output/')],
  ['vars', has(/^vars:/m)],
  ['namespace', has(/^namespace:/m)],
  ['configurations', has(/^configurations:/m)],
  ['replacements', has(/^replacements:/m)],
  ['plugins and inline transformers', has(/^(?:transformers|generators|validators):/m)],
  ['order', has(/^sortOptions:/m)],
  ['labels', has(/^(?:labels|commonLabels|commonAnnotations):/m)],
  ['images', has(/^images:/m)],
  ['local config', has(/local-config/)],
  ['helm', has(/^helm\w+:/m)],
]

interface Recorded {
  readonly name: string
  readonly text: string
  readonly kustomizations: number
}

function has(pattern: RegExp): (one: Recorded) => boolean {
  return one => pattern.test(one.text)
}

function read(one: Case): Recorded {
  const files = readdirSync(join(one.directory, 'in'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  const kustomizations = files.filter(path => /kustomization(?:\.ya?ml)?$/i.test(path)).length
  return {
    name: one.name,
    text: files.map(path => readFileSync(path, 'latin1')).join('\n'),
    kustomizations,
  }
}

describe('the recorded cases', () => {
  const all = cases().map(read)

  it.each(rows)('hold three of: %s', (_, matches) => {
    expect(all.filter(matches).length).toBeGreaterThanOrEqual(3)
  })

  it('are many, and many combine four features', () => {
    const combined = all.filter(one => rows.filter(([, matches]) => matches(one)).length >= 4)
    expect(all.length).toBeGreaterThanOrEqual(800)
    expect(combined.length).toBeGreaterThanOrEqual(100)
  })
})
