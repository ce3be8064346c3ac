import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { KubeObject } from './object.ts'

/** What server-side apply would say of one object: structure, CEL, then the rules that no schema states. */
export function judge(object: KubeObject, schemas: Schemas): readonly Finding[] {
  const { group, version, kind } = object.id
  return schemas.check(object.root, group, version, kind)
}
