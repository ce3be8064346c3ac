import type { MapNode } from '../../yaml/node.ts'
import type { Context } from '../context.ts'
import { textAt } from '../file.ts'
import type { Selector } from '../select.ts'

/** A target that selects nothing: kustomize passes over it in silence. */
export function reportIdle(context: Context, what: string, target: Selector): void {
  const name = textAt(target.node, 'name')
  const isNamed = /^[\w.-]+$/.test(name)
  context.report({
    code: 'idle-target',
    level: isNamed ? 'error' : 'warning',
    message: `the target of this ${what} selects nothing (${spell(target.node)})`,
    at: target.node,
  })
}

/** A field of `labels` that no object of the build has. */
export function reportIdleField(context: Context, field: MapNode): void {
  const message = `this field of the labels is in no object of the build (${spell(field)})`
  context.report({ code: 'idle-target', level: 'warning', message, at: field })
}

function spell(asked: MapNode): string {
  return asked.keys
    .map((key, at) => {
      const value = asked.values[at]
      return `${key.text} ${value?.kind === 'scalar' ? value.text : ''}`
    })
    .join(', ')
}
