import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import { mapAt, textAt } from './fields.ts'
import type { FluxKustomization } from './model.ts'
import { isOptedOut } from './substitute.ts'

/** Two `$` that stand before no brace: where Flux substitutes, one of them is lost. */
export function* checkDollars(all: readonly FluxKustomization[]): Iterable<Finding> {
  for (const one of all) {
    if (!substitutes(one)) continue
    for (const object of one.build?.objects ?? []) {
      if (isOptedOut(object.root)) continue
      for (const at of pairsIn(object.root)) yield halved(at, object)
    }
  }
}

function substitutes({ spec, variables }: FluxKustomization): boolean {
  const always = textAt(spec, 'postBuild', 'substituteStrategy') === 'Always'
  const some = variables.byName.size > 0 || variables.opaque.length > 0
  return mapAt(spec, 'postBuild') !== undefined && (some || always)
}

function* pairsIn(node: Node): Iterable<Scalar> {
  if (node.kind === 'scalar') {
    if (/(?<!\$)\$\$(?![{$])/.test(node.text)) yield node
  } else if (node.kind === 'list') for (const item of node.items) yield* pairsIn(item)
  else for (const value of node.values) yield* pairsIn(value)
}

function halved(leaf: Scalar, object: KubeObject): Finding {
  const { source, start, end } = leaf
  const at = source.text.slice(start, end).search(/(?<!\$)\$\$(?![{$])/)
  return {
    code: 'halved-dollar',
    message: 'Flux makes one $ of two wherever it substitutes',
    at: at === -1 ? leaf : source.span(start + at, start + at + 2),
    object: formatId(object.id),
    help: 'write $$$$ for two, or keep Flux from the object with the annotation kustomize.toolkit.fluxcd.io/substitute: disabled',
  }
}
