import { formatId } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import { Source } from '../text/source.ts'
import { joinPath } from '../tree/tree.ts'
import type { Node } from '../yaml/node.ts'
import { itemsAt, mapAt, nodeAt, scalarAt, textAt } from './fields.ts'
import type { Files } from './files.ts'
import { KUSTOMIZATION_FILES, kustomizationFile } from './generate.ts'
import { namespaceName } from './kinds.ts'
import type { FluxKustomization } from './model.ts'

type Format = 'yaml' | 'json' | 'dotenv' | 'ini' | 'binary'

/** What a file must contain for Flux to take it for encrypted, by format (kustomize-controller 1.9 decryptor). */
export const MARKS: Readonly<Record<Format, string>> = {
  yaml: 'mac: ENC[',
  json: '"mac": "ENC[',
  dotenv: 'sops_mac=ENC[',
  ini: '[sops]',
  binary: '"mac": "ENC[',
}

export function formatOf(name: string): Format {
  if (/\.ya?ml$/.test(name)) return 'yaml'
  if (/\.(json|dockerconfigjson)$/.test(name)) return 'json'
  if (name.endsWith('.env')) return 'dotenv'
  return name.endsWith('.ini') ? 'ini' : 'binary'
}

/** Encrypted files that kustomize reads before anything decrypts them: their ciphertext is what is applied. */
export function* checkUndecrypted(
  all: readonly FluxKustomization[],
  files: Files,
): Iterable<Finding> {
  for (const one of all) {
    if (one.directory === undefined || one.origin.kind !== 'here' || !one.build) continue
    const { tree } = one.origin.artifact
    const own = kustomizationFile(tree, one.directory)
    for (const path of [...one.build.files, ...(own === undefined ? [] : [own])]) {
      if (!KUSTOMIZATION_FILES.some(name => path === name || path.endsWith(`/${name}`))) continue
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
      const { root } = files.lax(path)
      if (root) yield* inFile(root, folder, one, files)
    }
  }
}

function* inFile(
  root: Node,
  folder: string,
  one: FluxKustomization,
  files: Files,
): Iterable<Finding> {
  const decrypts = mapAt(one.spec, 'decryption') !== undefined
  for (const { at, path, format, why } of uses(root)) {
    const file = joinPath(folder, path) ?? path
    const text = files.text(file)
    const isEncrypted = text !== undefined && Object.values(MARKS).some(mark => text.includes(mark))
    if (!isEncrypted) continue
    if (decrypts && format !== undefined && text.includes(MARKS[format])) {
      const size = Buffer.byteLength(text)
      if (size > LARGEST) yield tooLarge(at, size, one)
      continue
    }
    yield {
      code: 'undecrypted-source',
      message: decrypts
        ? `${path} is encrypted with SOPS and Flux does not decrypt it here: ${why}`
        : `${path} is encrypted with SOPS, and Kustomization ${namespaceName(one.object.id)} has no decryption`,
      at,
      object: formatId(one.object.id),
      related: [{ span: new Source(file, text).span(0), text: 'the encrypted file' }],
      help: 'Flux decrypts before the build only what secretGenerator and patches name, and by the extension of the key',
    }
  }
}

/** The largest file that is decrypted (kustomize-controller 1.9 decryptor maxEncryptedFileSize). */
const LARGEST = 5 << 20

function tooLarge(at: Node, size: number, one: FluxKustomization): Finding {
  return {
    code: 'undecrypted-source',
    message: `cannot decrypt file with size (${size} bytes) exceeding limit (${LARGEST})`,
    at,
    object: formatId(one.object.id),
  }
}

/** A file that a kustomization names, and what becomes of it before the build. */
export interface FileUse {
  readonly at: Node
  readonly path: string
  /** What Flux decrypts the file as; undefined where it does not decrypt at all. */
  readonly format: Format | undefined
  readonly why: string
}

/** The files of generators and patches that one kustomization names. */
export function* uses(root: Node): Iterable<FileUse> {
  for (const generator of itemsAt(root, 'secretGenerator')) {
    for (const at of itemsAt(generator, 'files')) {
      if (at.kind !== 'scalar') continue
      const [key = '', path = key] = at.text.split(/=(.*)/s)
      const format = formatOf(key)
      const why = `by the name of its key, ${key}, it is taken for ${format}`
      yield { at, path, format, why }
    }
    for (const at of envsOf(generator)) {
      const named = formatOf(at.text)
      const format = named === 'binary' ? 'dotenv' : named
      yield { at, path: at.text, format, why: `by its name it is taken for ${format}` }
    }
  }
  for (const generator of itemsAt(root, 'configMapGenerator')) {
    const why = 'it decrypts files for secretGenerator, not for configMapGenerator'
    for (const at of [...itemsAt(generator, 'files'), ...envsOf(generator)])
      if (at.kind === 'scalar')
        yield { at, path: at.text.split(/=(.*)/s)[1] ?? at.text, format: undefined, why }
  }
  for (const key of ['patchesStrategicMerge', 'patchesJson6902', 'replacements'])
    for (const item of itemsAt(root, key)) {
      const at = item.kind === 'scalar' ? item : scalarAt(item, 'path')
      if (at) yield { at, path: at.text, format: undefined, why: `it decrypts patches, not ${key}` }
    }
  for (const item of itemsAt(root, 'patches')) {
    const at = scalarAt(item, 'path')
    if (at)
      yield { at, path: at.text, format: formatOf(at.text), why: 'its name says another format' }
  }
}

function envsOf(generator: Node) {
  const all = [...itemsAt(generator, 'envs'), nodeAt(generator, 'env')]
  return all
    .filter(one => one?.kind === 'scalar')
    .filter(one => textAt(generator, 'name') !== one.text)
}
