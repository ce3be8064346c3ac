import {
  type Manifest,
  type ManifestDocument,
  type ManifestFile,
  manifestsOf,
} from '../../gate/validate/documents.ts'
import {
  judgeDocument,
  judgeManifest,
  type ManifestVerdict,
  verdictOn,
} from '../../gate/validate/judge.ts'
import { apiVersionOf, idOf } from '../../kube/object.ts'
import type { Result } from '../../report/kubeconform/result.ts'
import { crdsOf } from '../../gate/validate/run.ts'
import type { Schemas } from '../../schema/schemas.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Shell } from '../command.ts'
import { compileSchema, type Validator } from './external.ts'
import { type Loaded, loadSchema } from './fetch.ts'
import type { Flags } from './flags.ts'
import { fillTemplate, namesOf, templateOf } from './locations.ts'
import { resultOf } from './results.ts'
import { schemasByMinor } from './schemas.ts'

/** How one document is judged: what is left out, what is forbidden, where schemas are looked for. */
interface Rules {
  readonly skip: ReadonlySet<string>
  readonly reject: ReadonlySet<string>
  readonly ignoreMissing: boolean
  readonly templates: readonly string[]
  readonly version: string
  readonly strict: boolean
  /** Our own schemas, where location `default` is asked for. */
  readonly schemas: () => ReadonlyMap<string, Schemas>
  readonly load: (place: string) => Promise<Loaded>
  readonly compiled: Map<string, Promise<Validator | string | undefined>>
}

/** Judges documents as kubeconform would be asked to; the verdict behind `default` is the server's. */
export function createJudge(
  flags: Flags,
  shell: Shell,
  files: readonly ManifestFile[],
): (document: ManifestDocument) => Promise<Result[]> {
  const rules = rulesOf(flags, shell, files)
  return async document => {
    const manifests = manifestsOf(document)
    if (manifests.length === 0) return [resultOf(judgeDocument(document))]
    const results: Result[] = []
    for (const manifest of manifests) results.push(resultOf(await judgeOne(manifest, rules)))
    return results
  }
}

function rulesOf(flags: Flags, shell: Shell, files: readonly ManifestFile[]): Rules {
  const version = flags.values.get('kubernetes-version') ?? 'master'
  const locations = flags.lists.get('schema-location') ?? ['default']
  const options = {
    cache: flags.values.get('cache'),
    insecure: flags.switches.has('insecure-skip-tls-verify'),
  }
  let schemas: ReadonlyMap<string, Schemas> | undefined
  return {
    skip: listOf(flags.values.get('skip')),
    reject: listOf(flags.values.get('reject')),
    ignoreMissing: flags.switches.has('ignore-missing-schemas'),
    templates: locations.map(one => (one === 'default' ? one : templateOf(one))),
    version: version === 'master' ? version : version.replace(/^v/, ''),
    strict: flags.switches.has('strict'),
    schemas: () => (schemas ??= withCrds(schemasByMinor(version, shell), files)),
    load: place => loadSchema(place, options),
    compiled: new Map(),
  }
}

function withCrds(
  schemas: ReadonlyMap<string, Schemas>,
  files: readonly ManifestFile[],
): ReadonlyMap<string, Schemas> {
  const crds = crdsOf(files)
  return new Map([...schemas].map(([minor, one]) => [minor, one.withCrds(crds)]))
}

function listOf(text: string | undefined): ReadonlySet<string> {
  return new Set(text?.split(',').map(part => part.trim()) ?? [])
}

async function judgeOne(manifest: Manifest, rules: Rules): Promise<ManifestVerdict> {
  const { root } = manifest
  const id = idOf(root)
  const kind = id.kind
  const apiVersion = apiVersionOf(id)
  const refused = kind === '' || id.version === ''
  const names = [kind, `${apiVersion}/${kind}`]
  const say = (status: ManifestVerdict['status'], message?: string): ManifestVerdict => {
    const one: Diagnostic = {
      code: 'unknown-kind',
      level: 'error',
      message: message ?? '',
      at: root,
    }
    return verdictOn(manifest, status, message === undefined ? [] : [one])
  }
  if (!refused && names.some(name => rules.skip.has(name))) return say('skipped')
  if (!refused && names.some(name => rules.reject.has(name)))
    return say('error', `prohibited resource kind ${kind}`)
  for (const template of rules.templates) {
    const verdict =
      refused || template === 'default'
        ? judgeByServer(manifest, rules)
        : await judgeBySchema(manifest, template, rules)
    if (typeof verdict === 'string') return say('error', verdict)
    if (verdict !== undefined) return verdict
  }
  return rules.ignoreMissing ? say('skipped') : say('error', `could not find schema for ${kind}`)
}

/** The server's verdict; undefined where it serves no such kind. */
function judgeByServer(manifest: Manifest, rules: Rules): ManifestVerdict | undefined {
  const schemas = refusedByReader(manifest) ? new Map<string, Schemas>() : rules.schemas()
  const verdict = judgeManifest(manifest, { schemas, ignoreMissing: false, strictKeys: true })
  const { group, version, kind } = idOf(manifest.root)
  if (verdict.status === 'error') return verdict.diagnostics.some(isKind) ? undefined : verdict
  const isServed = [...schemas.values()].some(one => one.lookup(group, version, kind).ok)
  return isServed ? verdict : undefined
}

function refusedByReader({ root }: Manifest): boolean {
  const { kind, version } = idOf(root)
  return kind === '' || version === ''
}

function isKind({ code }: Diagnostic): boolean {
  return code === 'unknown-kind' || code === 'removed-api'
}

/** A verdict by a schema of the user's; text = why none could be had, undefined = look further. */
async function judgeBySchema(
  manifest: Manifest,
  template: string,
  rules: Rules,
): Promise<ManifestVerdict | string | undefined> {
  const id = idOf(manifest.root)
  const place = fillTemplate(
    template,
    namesOf(apiVersionOf(id), id.kind, rules.version, rules.strict),
  )
  let validator = rules.compiled.get(place)
  if (validator === undefined) rules.compiled.set(place, (validator = compileAt(place, rules)))
  const ready = await validator
  if (ready === undefined || typeof ready === 'string') return ready
  const diagnostics = ready(manifest.root)
  const status = diagnostics.length > 0 ? 'invalid' : 'valid'
  return verdictOn(manifest, status, diagnostics)
}

async function compileAt(place: string, rules: Rules): Promise<Validator | string | undefined> {
  const loaded = await rules.load(place)
  if ('error' in loaded) return loaded.error
  return 'text' in loaded ? compileSchema(loaded.text) : undefined
}
