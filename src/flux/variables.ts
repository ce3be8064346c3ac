import type { Span } from '../text/source.ts'
import type { Node } from '../yaml/node.ts'

/** A variable of `postBuild`. */
export interface Variable {
  /** Line breaks removed, as Flux does; the expression itself where the value is not known. */
  readonly value: string
  /** Where it is defined; undefined for one of the configuration. */
  readonly at: Node | undefined
  readonly secret: boolean
}

export interface Variables {
  readonly byName: ReadonlyMap<string, Variable>
  /** Sources of variables that cannot be read from here: a name that is not set may come from them. */
  readonly opaque: readonly string[]
}

export const noVariables: Variables = { byName: new Map(), opaque: [] }

/** One `${…}` that was replaced. */
export interface VariableUse {
  readonly name: string
  /** The expression in the file, or the value around it where it does not stand there as such. */
  readonly at: Span
  readonly set: boolean
}
