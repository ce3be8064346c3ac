import { Refusal } from '../kube/refusal.ts'
import type { Context, Transform } from './context.ts'
import { idText } from './resid.ts'
import type { Resource } from './resource.ts'

/** Makes resources; throws `Refusal` where kustomize refuses. */
export type Generator = () => readonly Resource[]

/** The generator that a plugin config of `generators` describes; only builtin ones are allowed. */
export function readGenerator(_context: Context, config: Resource): Generator {
  return refuse(config)
}

/** The transformation that a plugin config of `transformers` or `validators` describes. */
export function readTransformer(_context: Context, config: Resource): Transform {
  return refuse(config)
}

function refuse(config: Resource): never {
  throw new Refusal(
    `external plugins disabled; unable to load external plugin '${idText(config.id)}'`,
    config.root,
  )
}
