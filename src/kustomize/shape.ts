/** What kustomize's Go structs want of a value; names are those that its errors print. */
export type Shape =
  | { readonly is: 'string' | 'bool' | 'int64' | 'int' | 'any' }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'map'; readonly of: Shape }
  | Struct

export interface Struct {
  readonly is: 'struct'
  readonly name: string
  readonly fields: Readonly<Record<string, Shape>>
}

export const text: Shape = { is: 'string' }
export const flag: Shape = { is: 'bool' }
export const texts: Shape = { is: 'list', of: text }
export const textMap: Shape = { is: 'map', of: text }

export function listOf(of: Shape): Shape {
  return { is: 'list', of }
}

export function struct(name: string, fields: Readonly<Record<string, Shape>>): Struct {
  return { is: 'struct', name, fields }
}

/** As Go's errors print the type: `[]string`, `types.Selector`. */
export function typeName(shape: Shape): string {
  if (shape.is === 'list') return `[]${typeName(shape.of)}`
  if (shape.is === 'map') return `map[string]${typeName(shape.of)}`
  if (shape.is === 'struct') return `types.${shape.name}`
  return shape.is === 'any' ? 'interface {}' : shape.is
}
