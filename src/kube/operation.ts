import type { Source, Span } from '../text/source.ts'
import type { MapNode, Node } from '../yaml/node.ts'
import { jsonProblem } from '../yaml/jsonable.ts'
import { parse } from '../yaml/parse.ts'
import { typeOf } from '../yaml/value.ts'
import { isNull } from './cell.ts'

/** One operation of a JSON 6902 patch as written; what is missing or of a wrong type is undefined. */
export interface Operation {
  readonly node: MapNode
  readonly kind: string
  readonly path: string | undefined
  readonly from: string | undefined
  /** Undefined where no value is written: evanphx/json-patch reads that as null. */
  readonly value: Node | undefined
  /** The patch is JSON text: numbers and strings are compared as they are spelled. */
  readonly isJson: boolean
}

export type Operations =
  | {
      readonly ok: true
      readonly list: readonly Operation[]
      /** Where text begins behind the first document: nobody reads it. */
      readonly ignored: Span | undefined
    }
  | { readonly ok: false; readonly message: string }

/**
 * Reads a patch as kustomize does: text that begins with `[` is JSON, all other is YAML 1.1 (the
 * first document counts). An empty text is refused, a text that holds nothing is an empty patch.
 */
export function readOperations(
  source: Source,
  relocate: (node: Node) => Node = node => node,
): Operations {
  if (source.text === '') return refuse('empty json patch operations')
  const isJson = source.text.startsWith('[')
  if (isJson && !isJsonText(source.text)) return refuse('invalid character in JSON patch')
  const { documents, problem, ignored } = parse(source, 'v2')
  if (problem !== undefined && documents.length === 0) return refuse(problem.message)
  const root = documents[0]?.root
  if (root === undefined || isNull(root)) return { ok: true, list: [], ignored }
  if (root.kind !== 'list')
    return refuse(`json: cannot unmarshal ${jsonKind(root)} into Go value of type jsonpatch.Patch`)
  const other = isJson ? undefined : jsonProblem(root)
  if (other) return refuse(other.message)
  const list: Operation[] = []
  for (const written of root.items) {
    const item = relocate(written)
    if (item.kind !== 'map')
      return refuse(
        `json: cannot unmarshal ${jsonKind(item)} into Go value of type jsonpatch.Operation`,
      )
    list.push(operationOf(item, isJson))
  }
  return { ok: true, list, ignored }
}

function refuse(message: string): Operations {
  return { ok: false, message }
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function jsonKind(node: Node): string {
  return node.kind === 'map' ? 'object' : node.kind === 'list' ? 'array' : 'string'
}

function operationOf(node: MapNode, isJson: boolean): Operation {
  return {
    node,
    kind: text(node, 'op') ?? 'unknown',
    path: text(node, 'path'),
    from: text(node, 'from'),
    value: node.get('value'),
    isJson,
  }
}

function text(node: MapNode, key: string): string | undefined {
  const value = node.get(key)
  return value?.kind === 'scalar' && isStringLike(value) ? value.text : undefined
}

function isStringLike(node: Node): boolean {
  return node.kind === 'scalar' && typeOf(node) === 'string'
}
