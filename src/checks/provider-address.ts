import type { Check } from './check.ts'

/** Addresses of Git hosts that notification-controller cannot make a repository of. */
export const providerAddress: Check = {
  code: 'provider-address',
  level: 'error',
  group: 'flux',
  summary: 'a Provider whose address is no repository',
  ignorable: true,
  run: input => input.found('provider-address'),
}
