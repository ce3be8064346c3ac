import { checkNamespaces, scopes } from '../flux/namespaces.ts'
import type { Check } from './check.ts'

/** Objects in namespaces that neither the repository nor Kubernetes creates. */
export const missingNamespace: Check = {
  code: 'missing-namespace',
  level: 'warning',
  group: 'flux',
  summary: 'a namespace that nothing creates',
  ignorable: true,
  run: input => checkNamespaces(input.model, scopes(input.schemas), 'missing-namespace'),
}
