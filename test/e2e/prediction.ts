import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { printApplied } from '../../src/cli/applied.ts'
import { tellSecrets, unwrapKeys } from '../../src/cli/identity.ts'
import { runCommand } from '../../src/cli/run.ts'
import { buildModel } from '../../src/flux/build.ts'
import { readConfig } from '../../src/gate/config.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { parseQuantity } from '../../src/schema/cel/quantity.ts'
import type { Tree } from '../../src/tree/tree.ts'
import { testShell } from '../shell.ts'
import type { Applied } from './facts.ts'
import type { Files } from './git.ts'
import { dig, isObj, type Obj, text } from './json.ts'

/** What `build --flux` says that one Kustomization applies; undefined where it says it does not. */
export interface Predicted {
  /** `NAMESPACE/NAME` of the Kustomization. */
  readonly by: string
  readonly objects: readonly Obj[] | undefined
}

/** Under this key secret values are compared: what is recorded holds none of them. */
export const MASK_KEY = 'end to end'

export function hmac(bytes: Buffer | string): string {
  return `hmac-sha256:${createHmac('sha256', MASK_KEY).update(bytes).digest('hex')}`
}

/** Runs `fluxgate build --flux --identity` over a repository. */
export async function predict(
  files: Files,
  identity: string,
  parent = tmpdir(),
): Promise<Predicted[]> {
  const folder = mkdtempSync(join(parent, 'fluxgate-e2e-predict-'))
  try {
    for (const [path, content] of Object.entries(files)) place(join(folder, path), content)
    writeFileSync(join(folder, 'age.agekey'), `${identity}\n`)
    const shell = testShell(folder)
    const env = { FLUXGATE_MASK_KEY: MASK_KEY }
    const flags = ['--identity', 'age.agekey', '--format', 'ndjson']
    const code = await runCommand(['build', '--flux', ...flags], { ...shell, env })
    if (code === 2) throw new Error(shell.written.err)
    return shell.written.out.split('\n').filter(Boolean).map(readLine)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same of a tree in memory, without files and git; `identity` is a file. */
export async function predictIn(tree: Tree, identity: string): Promise<Predicted[]> {
  const shell = { ...testShell(), env: { FLUXGATE_MASK_KEY: MASK_KEY } }
  const read = readConfig(tree, () => shell.asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  const keys = await unwrapKeys(identity, tree, shell)
  const model = buildModel(tree, read.config, '', createBuilder, undefined, keys)
  printApplied({ model, name: '', format: 'ndjson', tell: tellSecrets(identity, shell) }, shell)
  return shell.written.out.split('\n').filter(Boolean).map(readLine)
}

export function place(path: string, content: Files[string]): void {
  mkdirSync(dirname(path), { recursive: true })
  if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path)
  else writeFileSync(path, content)
}

function readLine(line: string): Predicted {
  const answer: unknown = JSON.parse(line)
  const by = text(answer, 'kustomization')
  if (dig(answer, 'ok') !== true) return { by, objects: undefined }
  const documents = parseAllDocuments(text(answer, 'yaml'), { version: '1.1' })
  return { by, objects: documents.map(one => one.toJS()).filter(isObj) }
}

/** Every difference between what was foretold of one Kustomization and what its controller owns. */
export function compareApplied(predicted: readonly Obj[], applied: readonly Applied[]): string[] {
  const live = new Map(applied.map(({ owned }) => [nameOf(owned), owned]))
  const foretold = new Map(predicted.map(one => [nameOf(one), one]))
  const names = [...new Set([...live.keys(), ...foretold.keys()])].sort()
  return names.flatMap(name => {
    const [ours, theirs] = [foretold.get(name), live.get(name)]
    if (ours === undefined) return [`${name}: applied, and not foretold`]
    if (theirs === undefined) return [`${name}: foretold, and not applied`]
    return [...differences(ours, theirs, '')].map(one => `${name}: ${one}`)
  })
}

function nameOf(object: Obj): string {
  const metadata = dig(object, 'metadata')
  const [namespace, name] = [text(metadata, 'namespace'), text(metadata, 'name')]
  return `${text(object, 'apiVersion')} ${text(object, 'kind')} ${namespace}/${name}`
}

function* differences(ours: unknown, theirs: unknown, path: string): Iterable<string> {
  if (isObj(ours) && isObj(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
      yield* differences(ours[key], theirs[key], `${path}.${key}`)
  } else if (Array.isArray(ours) && Array.isArray(theirs)) {
    for (let i = 0; i < Math.max(ours.length, theirs.length); i++)
      yield* differences(ours[i], theirs[i], `${path}[${i}]`)
  } else if (!isSame(ours, theirs, path))
    yield `${path}: ${show(ours)} foretold, ${show(theirs)} applied`
}

function isSame(ours: unknown, theirs: unknown, path: string): boolean {
  if (ours === theirs || (isNothing(ours) && isNothing(theirs))) return true
  // A default that the CRD writes into the items of a list that is owned as a whole.
  if (ours === undefined && theirs === false && /substituteFrom\[\d+\]\.optional$/.test(path))
    return true
  if (typeof ours === 'string' && ours.startsWith('hmac-sha256:'))
    return typeof theirs === 'string' && hmac(theirs) === ours
  if (!/\.(requests|limits|hard)\./.test(path)) return false
  if (typeof theirs !== 'string' || (typeof ours !== 'string' && typeof ours !== 'number'))
    return false
  return quantity(String(ours)) !== undefined && quantity(String(ours)) === quantity(theirs)
}

/** What sets nothing: a field that is not there, null, a map without fields. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (isObj(value) && Object.keys(value).length === 0)
}

/** Quantities are compared by value: the controller writes `1024Mi` as `1Gi`. */
function quantity(value: string): string | undefined {
  try {
    return JSON.stringify(parseQuantity(value), (_, one: unknown) =>
      typeof one === 'bigint' ? `${one}` : one,
    )
  } catch {
    return undefined
  }
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

/** An object of the cluster with the values of a Secret replaced by what they are compared by. */
export function masked(object: Obj): Obj {
  const data = dig(object, 'data')
  if (text(object, 'kind') !== 'Secret' || !isObj(data)) return object
  const hidden = Object.entries(data).map(([key, value]) => [
    key,
    hmac(Buffer.from(typeof value === 'string' ? value : '', 'base64')),
  ])
  return { ...object, data: Object.fromEntries(hidden) }
}
