import type { Check } from './check.ts'

/** Encrypted values without the metadata that decrypts them; no comment silences it. */
export const missingMetadata: Check = {
  code: 'missing-metadata',
  level: 'error',
  group: 'secrets',
  summary: 'encrypted values without the metadata that decrypts them',
  ignorable: false,
  run: input => input.found('missing-metadata'),
}
