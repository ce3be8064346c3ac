import type { Check } from './check.ts'

/** An ignore comment that silences nothing; the gate finds it after all other checks have spoken. */
export const unusedIgnore: Check = {
  code: 'unused-ignore',
  level: 'warning',
  group: 'gate',
  summary: 'an ignore comment that silences nothing',
  ignorable: false,
  run: input => input.found('unused-ignore'),
}
