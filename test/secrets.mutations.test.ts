import { expect, it } from 'vitest'
import { judgeLeaks } from '../src/gate/leaks.ts'
import { isAtLeast } from '../src/text/diagnostic.ts'
import { defaultConfig } from '../src/tree/config.ts'
import { memoryTree } from '../src/tree/memory.ts'
import { dice } from './secrets/corpus/dice.ts'
import { world } from './secrets/corpus/world.ts'
import { mutations, type Sealed } from './secrets/mutate.ts'
import {
  everything,
  kubernetes,
  sopsBinary,
  sopsEnv,
  sopsJson,
  sopsYaml,
} from './secrets/writer.ts'

const { to } = world(1)
const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace: 'y' } }

function make(seed: number): readonly Sealed[] {
  const { word, password, number } = dice(seed)
  const values = {
    auth: { password: password(), port: number(9999), hosts: [word(), word()] },
    db: { user: word() },
  }
  return [
    {
      path: 'a.yaml',
      text: sopsYaml(
        {
          ...object,
          stringData: { user: word(), password: password(), conf: `${word()}: 1\nb: 2\n` },
        },
        to,
        kubernetes,
      ),
    },
    {
      path: 'b.yaml',
      text: sopsYaml({ ...object, data: { user: 'YWJj', token: 'ZGVm' } }, to, kubernetes),
    },
    { path: 'v.yaml', text: sopsYaml(values, to, everything) },
    { path: 'v.json', text: sopsJson(values, to) },
    { path: 'v.env', text: sopsEnv({ PASSWORD: password(), USER: word() }, to) },
    { path: 'v.bin', text: sopsBinary(`${password()}\n`, to) },
  ]
}

function errors({ path, text }: Sealed): readonly string[] {
  const tree = memoryTree({ [path]: text })
  const { diagnostics } = judgeLeaks({ tree, config: defaultConfig, today: '2026-06-01' }, () => 0)
  return diagnostics
    .filter(one => isAtLeast(one.level, 'warning'))
    .map(one => `${one.level} ${one.code} ${one.message}`)
}

const ROUNDS = Number(process.env['MUTATION_ROUNDS'] ?? 4)
const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1)

it('an encrypted file that nobody touched passes', () => {
  for (const seed of rounds) for (const file of make(seed)) expect(errors(file)).toEqual([])
})

it.each(Object.entries(mutations))('is caught: %s', (_, mutation) => {
  let made = 0
  for (const seed of rounds)
    for (const file of make(seed)) {
      const text = mutation(file, dice(seed * 7919))
      if (text === undefined || text === file.text) continue
      made++
      const found = errors({ ...file, text })
      expect(
        found.filter(one => one.startsWith('error')),
        `${file.path} of seed ${seed}: ${found.join()}`,
      ).not.toEqual([])
    }
  expect(made).toBeGreaterThan(0)
})
