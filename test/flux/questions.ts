import * as fc from 'fast-check'
import type { Question } from './referee.ts'
import { repositories } from './repositories.ts'
import { texts, VARIABLES } from './texts.ts'
import { samples } from './trees.ts'

/** Random questions for the modules that Flux is made of, by what they are about. */
export const questions: Readonly<Record<Question['op'], fc.Arbitrary<Question>>> = {
  expand: fc
    .tuple(texts, fc.boolean())
    .map(([text, strict]) => ({ op: 'expand', text, vars: VARIABLES, strict })),
  ignore: repositories.map(({ files, ignore }) => ({
    op: 'ignore',
    files,
    ...(ignore === undefined ? {} : { ignore }),
  })),
  build: samples.map(({ files, kustomization }) => ({
    op: 'build',
    files,
    path: 'apps',
    kustomization,
    strict: true,
  })),
}

/** The same questions for the same seed. */
export function ask(op: Question['op'], numRuns: number, seed: number): Question[] {
  return fc.sample(questions[op], { numRuns, seed })
}
