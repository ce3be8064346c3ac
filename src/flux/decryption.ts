import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { mapAt, scalarAt } from './fields.ts'
import { namespaceName } from './kinds.ts'
import type { Lookup } from './lookup.ts'
import type { FluxKustomization } from './model.ts'

const KEY_FILES = /\.(asc|agekey)$/
const KEY_NAMES = new Set(['sops.vault-token', 'sops.aws-kms', 'sops.azure-kv', 'sops.gcp-kms'])

/** Encrypted objects under a Kustomization that does not decrypt, and keys that Flux does not take for keys. */
export function* checkDecryption(
  all: readonly FluxKustomization[],
  lookup: Lookup,
): Iterable<Finding> {
  for (const one of all) {
    const decryption = mapAt(one.spec, 'decryption')
    const { encrypted } = one
    const [first] = encrypted
    if (decryption === undefined && first) yield notDecrypted(one, first, encrypted.length)
    if (decryption !== undefined) yield* keySecret(one, lookup)
  }
}

function notDecrypted(one: FluxKustomization, first: KubeObject, count: number): Finding {
  const more = count > 1 ? ` (and ${count - 1} more)` : ''
  // kustomize-controller 1.9.4 means to refuse Secrets, but drops their SOPS metadata before it looks.
  const outcome = 'is SOPS encrypted and would be applied as ciphertext'
  return {
    code: 'missing-decryption',
    message: `${first.id.kind}/${namespaceName(first.id)}${more} ${outcome}`,
    at: keyOfSpec(one.object),
    object: formatId(one.object.id),
    field: 'spec.decryption',
    related: [{ span: first.root.key('sops') ?? first.root, text: 'encrypted here' }],
    help: 'add decryption: { provider: sops, secretRef: { name: sops-age } } to the spec',
  }
}

/** What is missing is reported on the line of its parent's key. */
export function keyOfSpec({ root }: KubeObject): Node {
  return root.key('spec') ?? scalarAt(root, 'metadata', 'name') ?? root
}

function* keySecret(one: FluxKustomization, lookup: Lookup): Iterable<Finding> {
  const name = scalarAt(one.spec, 'decryption', 'secretRef', 'name')
  if (name === undefined) return
  const secret = lookup.find('', 'Secret', one.object.id.namespace, name.text)?.object
  if (secret === undefined) return
  const keys = ['data', 'stringData'].flatMap(field => mapAt(secret.root, field)?.keys ?? [])
  if (keys.length === 0 || keys.some(key => KEY_FILES.test(key.text) || KEY_NAMES.has(key.text)))
    return
  const [first] = keys
  yield {
    code: 'unrecognised-key',
    message: `no key of Secret ${namespaceName(secret.id)} is one that Flux takes for a decryption key: ${keys.map(key => key.text).join(', ')}`,
    at: first ?? secret.root,
    object: formatId(secret.id),
    related: [{ span: name, text: 'used for decryption here' }],
    help: 'age keys are taken from names that end in .agekey, OpenPGP keys from names that end in .asc',
  }
}
