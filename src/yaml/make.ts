import { Source, type Span } from '../text/source.ts'
import { ListNode, MapNode, type Made, type Node, plainNode, stringNode } from './node.ts'
import type { Json } from './value.ts'

const nowhere = new Source('', '').span(0)

/** Plain data as nodes that stand where `at` stands. */
export function nodeOf(json: Json, at: Span = nowhere, made?: Made): Node {
  if (typeof json === 'string') return stringNode(json, at, made)
  if (json === null || typeof json !== 'object') return plainNode(String(json), at, made)
  if (isList(json))
    return new ListNode(
      json.map(item => nodeOf(item, at, made)),
      at,
      false,
      made,
    )
  const keys = Object.keys(json)
  return new MapNode(
    keys.map(key => stringNode(key, at, made)),
    keys.map(key => nodeOf(json[key] ?? null, at, made)),
    at,
    false,
    made,
  )
}

function isList(json: object): json is readonly Json[] {
  return Array.isArray(json)
}
