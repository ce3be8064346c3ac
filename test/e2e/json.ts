export type Obj = Readonly<Record<string, unknown>>

export function isObj(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What lies under a path of keys and indexes, undefined where it ends early. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  let at = value
  for (const key of path) {
    if (Array.isArray(at) && typeof key === 'number') at = at[key]
    else if (isObj(at) && Object.hasOwn(at, key)) at = at[key]
    else return undefined
  }
  return at
}

export function text(value: unknown, ...path: readonly (string | number)[]): string {
  const found = dig(value, ...path)
  return typeof found === 'string' ? found : ''
}

export function items(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = dig(value, ...path)
  return Array.isArray(found) ? found : []
}
