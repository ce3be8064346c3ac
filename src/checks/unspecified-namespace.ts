import { checkNamespaces, scopes } from '../flux/namespaces.ts'
import type { Check } from './check.ts'

/** Namespaced objects that say no namespace. */
export const unspecifiedNamespace: Check = {
  code: 'unspecified-namespace',
  level: 'error',
  group: 'flux',
  summary: 'a namespaced object without a namespace',
  ignorable: true,
  run: input => checkNamespaces(input.model, scopes(input.schemas), 'unspecified-namespace'),
}
