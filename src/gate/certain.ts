import { isGuessed } from '../flux/decrypt.ts'
import type { KubeObject } from '../kube/object.ts'
import { idOf } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { ListNode, MapNode, type Node, Scalar } from '../yaml/node.ts'

/**
 * Judges an object some of whose values nobody here knows (variables of the cluster, ciphertext). What is
 * said at such a value is dropped, and of the rest only what holds whatever the values are: it is judged
 * again with a number and with a word in their place, and what one of them does not show hung on the value.
 */
export function judgeCertain(
  object: KubeObject,
  judge: (object: KubeObject) => readonly Finding[],
): readonly Finding[] {
  const found = judge(object).filter(one => !isGuessed(one.at) && !comparesGuess(one))
  if (found.length === 0 || !holdsGuess(object.root)) return found
  const shown = [numbered, worded].map(kind => {
    const root = replace(object.root, kind)
    if (root.kind !== 'map') return new Set<string>()
    return new Set(judge({ ...object, id: idOf(root), root }).map(keyOf))
  })
  return found.filter(one => shown.every(keys => keys.has(keyOf(one))))
}

/** A rule about a map as a whole compares its values with others, and the right value could be the unknown one. */
function comparesGuess({ code, at }: Finding): boolean {
  return code === 'invalid-value' && at instanceof MapNode && at.values.some(isScalarGuess)
}

function isScalarGuess(node: Node): boolean {
  return node.kind === 'scalar' && isGuessed(node)
}

function keyOf({ code, at }: Finding): string {
  return [code, at.source.path, at.start].join('\n')
}

const guesses = new WeakMap<Node, boolean>()

function holdsGuess(node: Node): boolean {
  if (node.kind === 'scalar') return isGuessed(node)
  const known = guesses.get(node)
  if (known !== undefined) return known
  const found =
    node.kind === 'list'
      ? node.items.some(holdsGuess)
      : node.keys.some(isGuessed) || node.values.some(holdsGuess)
  guesses.set(node, found)
  return found
}

type Stand = (guess: Scalar) => Scalar

const numbered: Stand = guess => standIn(guess, String(100 + hashOf(guess.text)), 'plain')
const worded: Stand = guess => standIn(guess, `a${hashOf(guess.text)}`, 'double')

/** The made-up value keeps its place and stays one that nobody knows. */
function standIn(guess: Scalar, text: string, style: 'plain' | 'double'): Scalar {
  return new Scalar(text, style, undefined, guess.reader, guess, guess.made)
}

/** The same text has the same stand-in, other texts as a rule another one. */
function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) % 9_973
  return hash
}

function replace(node: Node, stand: Stand): Node {
  if (!holdsGuess(node)) return node
  if (node.kind === 'scalar') return stand(node)
  if (node.kind === 'list') {
    const items = node.items.map(item => replace(item, stand))
    return new ListNode(items, node, node.flow, node.made)
  }
  const keys = node.keys.map(key => (isGuessed(key) ? stand(key) : key))
  const values = node.values.map(value => replace(value, stand))
  return new MapNode(keys, values, node, node.flow, node.made)
}
