import type { Check } from './check.ts'

/** Flux compiles expressions before anything else and stalls where one does not compile. */
export const badExpression: Check = {
  code: 'bad-expression',
  level: 'error',
  group: 'flux',
  summary: 'a health or readiness expression that is not CEL',
  ignorable: true,
  run: input => input.found('bad-expression'),
}
