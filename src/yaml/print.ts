import type { Node, YamlProblem } from './node.ts'

/** What kustomize cannot print (integer keys, `.inf`, DEL …): the place and the reason, never a value. */
export type Printed = { readonly text: string } | { readonly problem: YamlProblem }

/** Prints an object as kustomize does (go-yaml v2 emitter after the trip through JSON). */
export function tryPrint(_node: Node): Printed {
  return { text: '' }
}

/** The printed object; empty where it cannot be printed. Ask tryPrint for the reason. */
export function print(node: Node): string {
  const printed = tryPrint(node)
  return 'text' in printed ? printed.text : ''
}
