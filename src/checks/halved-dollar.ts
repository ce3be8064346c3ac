import type { Check } from './check.ts'

/** Substitution takes two dollar signs for one, also in scripts and in $$(VAR). */
export const halvedDollar: Check = {
  code: 'halved-dollar',
  level: 'warning',
  group: 'flux',
  summary: 'two dollar signs of which Flux leaves one',
  ignorable: true,
  run: input => input.found('halved-dollar'),
}
