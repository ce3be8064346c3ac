import type { Finding } from '../text/diagnostic.ts'
import type { MapNode, Node, Scalar } from '../yaml/node.ts'
import { looksEncrypted } from './cipher.ts'
import { isLiteralCredential } from './credential.ts'
import { itemsOf, textOf } from './metadata.ts'
import { namesCredential } from './name.ts'
import { found } from './strings.ts'
import { harmless } from './value.ts'

/** Literals of generators, and replacements that copy plain text into a Secret. */
export function* judgeGenerators(map: MapNode, field: string): Iterable<Finding> {
  for (const one of itemsOf(map.get('secretGenerator'))) yield* judgeLiterals(one, true, field)
  for (const one of itemsOf(map.get('configMapGenerator'))) yield* judgeLiterals(one, false, field)
  const kind = textOf(map.get('kind'))
  if (kind === 'SecretGenerator') yield* judgeLiterals(map, true, field)
  if (kind === 'ConfigMapGenerator') yield* judgeLiterals(map, false, field)
  for (const one of itemsOf(map.get('replacements'))) yield* judgeReplacement(one, field)
  if (map.has('source') && map.has('targets')) yield* judgeReplacement(map, field)
}

function* judgeLiterals(generator: MapNode, isSecret: boolean, field: string): Iterable<Finding> {
  const kind = isSecret ? 'secretGenerator' : 'configMapGenerator'
  for (const node of scalarsOf(generator.get('literals'))) {
    const at = node.text.indexOf('=')
    const name = node.text.slice(0, Math.max(0, at))
    const value = node.text.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2')
    if (value === '' || looksEncrypted(value) || harmless(value) !== undefined) continue
    const where = `${field === '' ? '' : `${field}.`}${kind}.literals`
    if (isSecret)
      yield found(
        'plaintext-secret',
        `${name}: a literal of secretGenerator is a Secret in plain text`,
        node,
        where,
      )
    else if (namesCredential(name) && isLiteralCredential(name, value))
      yield found(
        'plaintext-credential',
        `${name}: a credential in plain text becomes a ConfigMap`,
        node,
        where,
      )
  }
}

function* judgeReplacement(one: MapNode, field: string): Iterable<Finding> {
  const source = one.get('source')
  if (source?.kind !== 'map' || textOf(source.get('kind')) !== 'ConfigMap') return
  const target = itemsOf(one.get('targets')).find(item => {
    const select = item.get('select')
    return select?.kind === 'map' && textOf(select.get('kind')) === 'Secret'
  })
  const at = source.get('kind')
  if (target === undefined || at?.kind !== 'scalar') return
  yield found(
    'plaintext-secret',
    'a replacement copies plain text of a ConfigMap into a Secret',
    at,
    field === '' ? 'source.kind' : field,
  )
}

function scalarsOf(node: Node | undefined): readonly Scalar[] {
  return node?.kind === 'list' ? node.items.filter(item => item.kind === 'scalar') : []
}

/** How a kustomization uses a file of the tree. */
export type Role = 'secret env' | 'secret file' | 'secret patch' | 'config file'

export interface Reference {
  readonly role: Role
  /** As written, without the key in front of `=`. */
  readonly path: string
  readonly at: Scalar
}

/** The files that a kustomization makes Secrets and patches of Secrets from. */
export function* referencesOf(root: Node): Iterable<Reference> {
  if (root.kind !== 'map') return
  const kind = textOf(root.get('kind'))
  const generators = [
    ...itemsOf(root.get('secretGenerator')),
    ...(kind === 'SecretGenerator' ? [root] : []),
  ]
  for (const one of generators) {
    const env = one.get('env')
    const envs = [...scalarsOf(one.get('envs')), ...(env?.kind === 'scalar' ? [env] : [])]
    for (const at of envs) yield { role: 'secret env', path: at.text, at }
    for (const at of scalarsOf(one.get('files')))
      yield { role: 'secret file', path: pathOf(at.text), at }
  }
  for (const one of itemsOf(root.get('configMapGenerator'))) {
    const files = [...scalarsOf(one.get('files')), ...scalarsOf(one.get('envs'))]
    for (const at of files) yield { role: 'config file', path: pathOf(at.text), at }
  }
  for (const one of [...itemsOf(root.get('patches')), ...itemsOf(root.get('patchesJson6902'))]) {
    const target = one.get('target')
    const at = one.get('path')
    if (at?.kind === 'scalar' && target?.kind === 'map' && textOf(target.get('kind')) === 'Secret')
      yield { role: 'secret patch', path: at.text, at }
  }
}

function pathOf(entry: string): string {
  return entry.slice(entry.indexOf('=') + 1)
}
