import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fluxgate } from './cli/run.ts'
import { applications } from './secrets/corpus/applications.ts'
import { dice, type Dice } from './secrets/corpus/dice.ts'
import { envelopes } from './secrets/corpus/envelopes.ts'
import { keys } from './secrets/corpus/keys.ts'
import { kubernetes } from './secrets/corpus/kubernetes.ts'
import { kustomize } from './secrets/corpus/kustomize.ts'
import { type Files, world } from './secrets/corpus/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-silence-'))
const planted = new Set<string>()

/** Choices whose passwords and words are told from everything else, so that they can be looked for. */
function marked(seed: number): Dice {
  const plain = dice(seed)
  let count = 0
  const mark = (text: string) => {
    const one = `${text}zq${seed}x${count++}`
    planted.add(one)
    return one
  }
  return {
    ...plain,
    word: () => mark('lantern'),
    password: () => mark('Willow!'),
    token: n => mark(plain.token(n)),
  }
}

/** A bare word may be a name, and names are no secrets. */
function dropNames(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const text = `${path}\n${Buffer.from(content).toString('utf8')}`
    for (const one of planted)
      if (
        new RegExp(
          `(?:name|namespace|app|app.kubernetes.io/name|/)["']?: *["']?[\\w-]*${one}|^${one}`,
          'im',
        ).test(text) ||
        path.includes(one)
      )
        planted.delete(one)
  }
}

beforeAll(() => {
  let seed = 1
  // The first is UTF-16; in the second any value of a ConfigMap may be the one that is copied.
  const skipped = new Set(['A19', 'C09'])
  const all = [...kubernetes, ...envelopes, ...kustomize, ...applications, ...keys]
  for (const family of all.filter(({ id }) => !skipped.has(id))) {
    const made = family.make({ ...world(1), dice: marked(seed++) })
    dropNames(made)
    for (const [path, content] of Object.entries(made)) {
      if (content.length > 1_000_000 || path === '.sops.yaml') continue
      const full = join(folder, 'all', family.id, path)
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, content)
    }
    mkdirSync(join(folder, 'clusters'), { recursive: true })
    writeFileSync(
      join(folder, 'clusters', `${family.id.toLowerCase()}.yaml`),
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${family.id.toLowerCase()}, namespace: flux-system}\nspec: {interval: 10m, path: ./all/${family.id}, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`,
    )
  }
  const { identity } = world(1)
  for (let at = 16; at + 24 <= identity.length; at += 8) planted.add(identity.slice(at, at + 24))
  expect(planted.size).toBeGreaterThan(100)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A text as people write it down elsewhere; of base64 the part that does not depend on what surrounds it. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  raw: text => text,
  base64: text => Buffer.from(text).toString('base64').slice(0, -4),
  hex: text => Buffer.from(text).toString('hex'),
  percent: text => Buffer.from(text).toString('hex').replaceAll(/../g, '%$&'),
  escapes: text =>
    text
      .split('')
      .map(char => `\\u00${Buffer.from(char).toString('hex')}`)
      .join(''),
  reversed: text => text.split('').reverse().join(''),
}

function spoken(output: string): string[] {
  const lower = output.toLowerCase()
  return [...planted].flatMap(one =>
    Object.entries(encodings).flatMap(([name, encode]) => {
      const wanted = encode(one)
      const isThere =
        name === 'base64' ? output.includes(wanted) : lower.includes(wanted.toLowerCase())
      if (!isThere) return []
      const at = lower.indexOf(wanted.toLowerCase())
      return [`${name}: ${output.slice(Math.max(0, at - 160), at)}…`]
    }),
  )
}

const formats = ['text', 'json', 'sarif', 'junit', 'tap', 'github', 'markdown']

it.each(formats)('no report of secrets holds a planted secret: %s', format => {
  const ran = fluxgate(['secrets', folder, '--format', format], folder)
  expect(ran.code).toBe(1)
  expect(spoken(ran.out + ran.err)).toEqual([])
})

it.each(formats)('no report of check holds a planted secret: %s', format => {
  const ran = fluxgate(['check', folder, '--format', format], folder)
  expect(ran.code).not.toBe(0)
  expect(spoken(ran.out + ran.err)).toEqual([])
})

// What a kustomization makes a Secret of is known only with the kustomization.
it.each(['text', 'json'])('nor does validate: %s', format => {
  for (const { id } of kustomize) rmSync(join(folder, 'all', id), { recursive: true, force: true })
  const ran = fluxgate(['validate', join(folder, 'all'), '--format', format], folder)
  expect(spoken(ran.out + ran.err)).toEqual([])
})

it('the search itself finds what is there', () => {
  const [one = ''] = planted
  for (const encode of Object.values(encodings))
    expect(spoken(`x ${encode(one)} y`)).not.toEqual([])
})
