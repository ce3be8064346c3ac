import { expect, it } from 'vitest'
import { disagreement } from './agreement.ts'
import { ask } from './questions.ts'
import { askFlux } from './referee.ts'

const seed = Number(process.env['FLUXGATE_SEED'] ?? 1)
const factor = Number(process.env['FLUXGATE_RUNS'] ?? 1)

it.each([
  ['expand', 20_000],
  ['ignore', 3_000],
  ['build', 3_000],
] as const)(
  '%s: random questions get the answers of the modules that Flux is made of',
  (op, runs) => {
    const all = ask(op, Math.ceil(runs * factor), seed)
    const answers = askFlux(all)
    const wrong = all.flatMap((one, i) => disagreement(one, answers[i] ?? {}) ?? [])
    const accepted = answers.filter(one => one.error === undefined).length
    console.log(`${op}: ${all.length} questions, ${accepted} accepted by Flux, seed ${seed}`)
    expect(wrong.slice(0, 3)).toEqual([])
    expect(accepted).toBeGreaterThan(all.length / 4)
  },
)
