/** A function of the server's CEL environment: its signature and what it does. */
export type Entry = readonly [signature: string, run: (...args: never[]) => unknown]

/** A type that values of a library have; `spaces` are the names that its functions stand under (`math.`). */
export interface Library {
  readonly types?: Readonly<Record<string, new (...args: never[]) => object>>
  readonly spaces?: readonly string[]
  readonly functions: readonly Entry[]
}

/** Stands for a name before a dot that is no value: `sets` in `sets.contains(…)`. */
export class Space {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** The CEL type of a space. */
export function spaceType(name: string): string {
  return `kubernetes.space.${name}`
}
