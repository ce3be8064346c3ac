import type { Context } from '../context.ts'
import { textAt } from '../file.ts'
import type { Selector } from '../select.ts'

/** A target that selects nothing: kustomize passes over it in silence. */
export function reportIdle(context: Context, what: string, target: Selector): void {
  const name = textAt(target.node, 'name')
  const isNamed = /^[\w.-]+$/.test(name)
  const asked = target.node.keys
    .map((key, at) => {
      const value = target.node.values[at]
      return `${key.text} ${value?.kind === 'scalar' ? value.text : ''}`
    })
    .join(', ')
  context.report({
    code: 'idle-target',
    level: isNamed ? 'error' : 'warning',
    message: `the target of this ${what} selects nothing (${asked})`,
    at: target.node,
  })
}
