import type { Field } from './field.ts'
import { labelValue, qualifiedName } from './format.ts'
import { checkKubeFinalizer } from './meta.ts'

/** A Namespace (1.36 core/validation ValidateNamespace). */
export function checkNamespace(root: Field): void {
  const meta = root.get('metadata')
  for (const complaint of labelValue(meta.get('name').text))
    meta.get('labels').near(meta.get('name')).invalid(complaint, meta.get('name').text)
  const finalizers = root.get('spec').get('finalizers')
  for (const one of finalizers.items()) {
    const at = one.as('')
    at.must(qualifiedName)
    checkKubeFinalizer(at)
  }
}
