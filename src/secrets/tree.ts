import type { Finding } from '../text/diagnostic.ts'
import { type Owner, Source } from '../text/source.ts'
import { baseName, type Entry, joinPath, parentPath, type Tree } from '../tree/tree.ts'
import { decode } from '../yaml/decode.ts'
import { judgeAgreement } from './agreement.ts'
import { type CreationRules, readCreationRules } from './creation.ts'
import { type RawDocument, readDocuments } from './documents.ts'
import { judgeFile } from './file.ts'
import { referencesOf, type Role } from './generator.ts'
import { packedSecret } from './packed.ts'
import { createProver, type ExhaustibleProver } from './prover.ts'
import { scanBytes } from './scan.ts'
import { findingOf, judgeName, judgeText } from './text.ts'

/** Files that are larger are not looked into. */
const MAX_FILE = 512 * 2 ** 20

/** What must be known of a tree before its files can be judged. */
export interface Surroundings {
  readonly rules: readonly CreationRules[]
  readonly roles: ReadonlyMap<string, Role>
  readonly prover: ExhaustibleProver
  /** The files that all this was read from. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Every leak in the files, names and links of a tree. */
export function* findLeaks(tree: Tree, around = surroundingsOf(tree)): Iterable<Finding> {
  for (const { findings } of around.rules) yield* findings
  for (const entry of tree.entries()) yield* judgeEntry(tree, entry, around)
}

/** Every leak in one file of a tree, its name, or a link. */
export function* judgeEntry(tree: Tree, entry: Entry, around: Surroundings): Iterable<Finding> {
  const { path, kind, size, target = '' } = entry
  yield* judgeName(path)
  if (kind === 'link') yield* judgeText(new Source(path, target, { in: 'link-target' }))
  if (kind !== 'file') return
  if (size > MAX_FILE) yield tooLarge(path)
  else yield* judgeBytes(path, tree.read(path), around)
}

export function surroundingsOf(tree: Tree): Surroundings {
  const files = new Map<string, Uint8Array>()
  const read = (path: string) => {
    const bytes = tree.read(path)
    files.set(path, bytes)
    return bytes
  }
  const seen = { ...tree, read }
  const rules = readCreationRules(seen)
  const recipients = rules.flatMap(({ rules: list }) => list.flatMap(rule => rule.age))
  return { rules, roles: rolesOf(seen), prover: createProver(recipients), files }
}

/** What the bytes of one file give away; `owner` says of which commit it is. */
export function* judgeBytes(
  path: string,
  bytes: Uint8Array,
  { rules, roles, prover }: Surroundings,
  owner: Owner = {},
): Iterable<Finding> {
  const leaks = scanBytes(bytes, path, prover, packedSecret)
  if (prover.exhausted) yield untried(path, owner)
  const documents = [...judgeFile(path, bytes, roles.get(path), owner)]
  if (leaks.length > 0) {
    const source = sourceOf(path, bytes, owner)
    for (const leak of leaks) {
      const finding = findingOf(leak, source, bytes)
      if (!leak.code.startsWith('plaintext') || !isSaid(finding, documents)) yield finding
    }
  }
  yield* documents
  if (
    rules.length > 0 &&
    /\.(?:ya?ml|json)$/.test(path) &&
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('ENC[AES256_GCM')
  )
    for (const document of ofOwnBlock(readDocuments(sourceOf(path, bytes, owner)).documents))
      yield* judgeAgreement(document, rules)
}

/** Whether the place of a token is reported as the value of a field already. */
function isSaid({ at }: Finding, findings: readonly Finding[]): boolean {
  return findings.some(one => one.at.start <= at.start && at.end <= one.at.end)
}

/** SOPS writes the same block into every document of a file; another one is judged as well. */
function ofOwnBlock(documents: readonly RawDocument[]): RawDocument[] {
  const seen = new Set<string>()
  return documents.filter(({ root, source }) => {
    const sops = root.kind === 'map' ? root.get('sops') : undefined
    const text = sops === undefined ? '' : source.text.slice(sops.start, sops.end)
    return text !== '' && !seen.has(text) && seen.add(text)
  })
}

function sourceOf(path: string, bytes: Uint8Array, owner: Owner): Source {
  const decoded = decode(bytes)
  return new Source(path, typeof decoded === 'string' ? decoded : '', owner)
}

function tooLarge(path: string): Finding {
  const at = new Source(path, '').span(0)
  return {
    code: 'opaque-content',
    message: 'could not be looked into: it is too large',
    at,
    level: 'warning',
  }
}

/** The files that kustomizations make Secrets, patches of Secrets and ConfigMaps from. */
function rolesOf(tree: Tree): Map<string, Role> {
  const roles = new Map<string, Role>()
  for (const { path, kind, size } of tree.entries()) {
    if (kind !== 'file' || size > 1 << 20 || !mayRefer(path)) continue
    const text = decode(tree.read(path))
    if (typeof text !== 'string' || !/Generator|patches/.test(text)) continue
    for (const { root } of readDocuments(new Source(path, text)).documents)
      for (const { role, path: to } of referencesOf(root)) {
        const file = joinPath(parentPath(path), to)
        if (file !== undefined && !roles.get(file)?.startsWith('secret')) roles.set(file, role)
      }
  }
  return roles
}

function mayRefer(path: string): boolean {
  return (
    /^kustomization(?:\.ya?ml)?$/i.test(baseName(path)) ||
    /generator.*\.ya?ml$/i.test(baseName(path))
  )
}

/** Once the budget is spent every file may hold an identity without its prefix: each says so. */
function untried(path: string, owner: Owner): Finding {
  return {
    code: 'opaque-content',
    message: `${path} was not fully tried against the recipients: the tree has too many values of 32 bytes`,
    at: new Source(path, '', owner).span(0),
    help: 'look through what is new by hand, or take generated files out of the tree',
  }
}
