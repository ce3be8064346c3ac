import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { DataKeys } from '../src/secrets/datakeys.ts'
import { judgeMac } from '../src/secrets/mac.ts'
import { Source } from '../src/text/source.ts'
import { fluxgate } from './cli/run.ts'
import { dice } from './secrets/corpus/dice.ts'
import { world } from './secrets/corpus/world.ts'
import {
  everything,
  kubernetes,
  type PlainMap,
  sopsBinary,
  sopsEnv,
  sopsJson,
  sopsYaml,
} from './secrets/writer.ts'

const { to, identity } = world(1)
const wrapped = (to.ages[0]?.enc ?? '').replaceAll(/-----.*-----|\s/g, '')
const keys: DataKeys = new Map([[wrapped, to.dataKey]])

const said = (path: string, text: string) =>
  [...judgeMac(new Source(path, text), keys)].map(one => one.code)

const values: PlainMap = {
  auth: {
    password: 'lantern',
    port: 8080,
    ratio: 0.25,
    on: true,
    none: null,
    empty: '',
    hosts: ['a', 'b', { c: 'd' }],
  },
  plain_unencrypted: 'x',
  count_unencrypted: 17,
  flag_unencrypted: false,
}
const secret: PlainMap = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'x', labels: { a: 'b' } },
  stringData: { user: 'ada', password: 'lantern', conf: 'a: b\nc: d\n' },
}

const whole: Readonly<Record<string, string>> = {
  'v.yaml': sopsYaml(values, to, everything),
  's.yaml': sopsYaml(secret, to, kubernetes),
  'v.json': sopsJson(values, to),
  'v.env': sopsEnv({ PASSWORD: 'lantern', USER: 'ada', EMPTY: '' }, to),
  'v.bin': sopsBinary('bytes\n', to),
}

describe('with the data key', () => {
  it.each(Object.entries(whole))('a file as sops wrote it passes: %s', (path, text) => {
    expect(said(path, text)).toEqual([])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('values that changed places are found: round %i', seed => {
    const { pick } = dice(seed)
    for (const [path, text] of Object.entries(whole)) {
      const leaves = [...text.matchAll(/ENC\[[^\]]*\]/g)].filter(
        ({ index }) => !/mac\W+$/.test(text.slice(0, index)),
      )
      const [a, b] = [pick(leaves), pick(leaves)]
      if (a.index >= b.index || a[0] === b[0]) continue
      const swapped = `${text.slice(0, a.index)}${b[0]}${text.slice(a.index + a[0].length, b.index)}${a[0]}${text.slice(b.index + b[0].length)}`
      expect(said(path, swapped), path).not.toEqual([])
    }
  })

  it('lines in another order are found by the MAC', () => {
    const text = whole['s.yaml'] ?? ''
    const reordered = text.replace(/( {4}user: .*\n)( {4}password: .*\n)/, '$2$1')
    expect(reordered).not.toBe(text)
    expect(said('s.yaml', reordered)).toEqual(['sops-metadata'])
  })

  it('a plain value that was changed is found by the MAC', () => {
    expect(
      said(
        'v.yaml',
        (whole['v.yaml'] ?? '').replace('plain_unencrypted: x', 'plain_unencrypted: z'),
      ),
    ).toEqual(['sops-metadata'])
  })

  it('a time that was changed is found', () => {
    expect(
      said(
        'v.yaml',
        (whole['v.yaml'] ?? '').replace('2026-02-03T04:05:06Z', '2026-02-03T04:05:07Z'),
      ),
    ).toEqual(['sops-metadata'])
  })
})

describe('secrets --identity', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-identity-'))
  const safe = mkdtempSync(join(tmpdir(), 'fluxgate-key-'))
  const file = join(safe, 'keys.txt')
  writeFileSync(file, `# made now\n${identity}\n`)
  afterAll(() => {
    for (const one of [folder, safe]) rmSync(one, { recursive: true, force: true })
  })

  it('decrypts and checks, and prints nothing of it', () => {
    for (const [path, text] of Object.entries(whole)) writeFileSync(join(folder, path), text)
    expect(fluxgate(['secrets', folder, '--identity', file], folder).code).toBe(0)
    const text = (whole['s.yaml'] ?? '').replace(/( {4}user: .*\n)( {4}password: .*\n)/, '$2$1')
    writeFileSync(join(folder, 's.yaml'), text)
    expect(fluxgate(['secrets', folder], folder).code).toBe(0)
    const ran = fluxgate(['secrets', folder, '--identity', file], folder)
    expect(ran.code).toBe(1)
    expect(ran.out).toContain('mac does not fit the values')
    expect(ran.out + ran.err).not.toMatch(/lantern|AGE-SECRET/)
  })
})
