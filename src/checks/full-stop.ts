import type { Check } from './check.ts'

/** A description that ends with a full stop; found where the messages that will land are judged. */
export const fullStop: Check = {
  code: 'full-stop',
  level: 'warning',
  group: 'commits',
  summary: 'a description that ends with a full stop',
  ignorable: false,
  run: input => input.found('full-stop'),
}
