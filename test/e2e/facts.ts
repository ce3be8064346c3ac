import type { Obj } from './json.ts'

/** What the cluster says of one object of Flux. */
export interface Fact {
  readonly kind: 'Kustomization' | 'HelmRelease'
  readonly name: string
  readonly namespace: string
  /** `True`, `False`, or what else stood there when nothing moved any more. */
  readonly ready: string
  readonly reason: string
  readonly message: string
}

/** An object that kustomize-controller applied, and of it the fields that it owns. */
export interface Applied {
  /** `NAMESPACE/NAME` of the Kustomization. */
  readonly by: string
  readonly owned: Obj
}

/** All that was read after one small repository had been applied. */
export interface CaseFacts {
  readonly name: string
  readonly facts: readonly Fact[]
  /** For each effect of the case: whether it was seen. */
  readonly effects: readonly boolean[]
  /** What Kustomizations that became ready have applied. */
  readonly applied: readonly Applied[]
}
