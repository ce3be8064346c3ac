import { writeRecorded } from '../flux/recorded.ts'
import { ask } from '../flux/questions.ts'
import { askFlux } from '../flux/referee.ts'

const SEED = 20_260_807

/** Asks the modules that Flux 2.9.4 is made of about substitution, ignore rules and whole folders. */
export function recordFlux(): void {
  for (const [op, count] of [
    ['expand', 3_000],
    ['ignore', 400],
    ['build', 300],
  ] as const) {
    const all = ask(op, count, SEED)
    const answers = askFlux(all)
    writeRecorded(
      op,
      all.map((question, i) => [question, answers[i] ?? {}]),
    )
    console.log(`${op}: ${all.length} answers`)
  }
}
