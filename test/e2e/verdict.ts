import { loadSchemas } from '../../src/cli/schemas.ts'
import { buildModel } from '../../src/flux/build.ts'
import type { FluxKustomization, Model } from '../../src/flux/model.ts'
import { readConfig } from '../../src/gate/config.ts'
import { judgeRequest } from '../../src/gate/gate.ts'
import { createBuilder } from '../../src/kustomize/builder.ts'
import { formatId } from '../../src/kube/object.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { memoryTree } from '../../src/tree/memory.ts'
import { testShell } from '../shell.ts'
import type { Case, Seal } from './cases/case.ts'
import { fileName, index, pack } from './charts.ts'
import type { Files } from './git.ts'
import { standIns } from './standins.ts'

/** What our errors say will not become ready, or will and not as it was meant. */
export interface Verdict {
  readonly errors: readonly Blamed[]
  readonly model: Model
}

/** One error and the object of Flux that it is about. */
export interface Blamed {
  readonly code: string
  readonly message: string
  /** `Kustomization NAMESPACE/NAME` or `HelmRelease NAMESPACE/NAME`, all that it is about. */
  readonly subjects: readonly string[]
  readonly object: string
  readonly field: string
}

/** Errors about a Kustomization itself, not about what it applies or what applies it. */
const OWN = new Set(
  'missing-path dangling-source missing-dependency dependency-cycle missing-decryption remote-component idle-target empty-target long-name undecrypted-source bad-expression dangling-check'.split(
    ' ',
  ),
)

/** Errors about a Helm release that its Kustomization applies nevertheless. */
const RELEASE = new Set(
  'dangling-source missing-chart no-matching-version bad-version-range chart-values missing-values missing-dependency dependency-cycle unknown-values repository-type duplicate-release'.split(
    ' ',
  ),
)

/** What the gate says of one repository. */
export function judgeCase(one: Case, seal: Seal): Verdict {
  const tree = memoryTree(asMemory(one.files(seal)))
  const shell = testShell()
  const read = readConfig(tree, () => shell.asset('schemas/config.schema.json'))
  if (!read.ok) throw new Error(read.reason)
  const { config } = read
  const charts = memoryTree(chartFolder(one.name))
  const model = buildModel(tree, config, '', createBuilder, charts)
  const { diagnostics, incomplete } = judgeRequest(
    {
      tree,
      base: one.before && memoryTree(asMemory(one.before(seal))),
      config,
      schemas: loadSchemas(config, shell, tree),
      today: '2026-01-31',
      commits: [],
      model: of => (of === tree ? model : buildModel(of, config, '', createBuilder, charts)),
    },
    {},
    () => 0,
  )
  if (incomplete !== undefined) throw new Error(incomplete)
  const errors = diagnostics.filter(({ level }) => level === 'error')
  return { errors: errors.map(error => blame(error, model)), model }
}

/** The files of a repository as a tree in memory takes them. */
export function asMemory(files: Files) {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      content instanceof Buffer ? content.toString() : content,
    ]),
  )
}

let packed: Record<string, Buffer> | undefined

/** The folder of `--charts` for the repositories that a case may use. */
function chartFolder(name: string): Record<string, string | Buffer> {
  packed ??= Object.fromEntries(standIns.map(chart => [fileName(chart), pack(chart)]))
  const text = index(standIns.map(chart => ({ chart })))
  return {
    ...packed,
    [`${name}/charts/index.yaml`]: text,
    [`${name}-ingress/ingress-nginx/index.yaml`]: text,
  }
}

function blame(error: Diagnostic, model: Model): Blamed {
  const { code, message } = error
  const { object = '', field = '' } = error
  return { code, message, object, field, subjects: [...new Set(subjectsOf(error, model))] }
}

function subjectsOf(error: Diagnostic, { kustomizations }: Model): string[] {
  const { code, object = '', seenIn = [] } = error
  const [, kind = '', id = ''] = object.split(' ')
  const isFlux = object.startsWith('kustomize.toolkit.fluxcd.io/')
  if (isFlux && OWN.has(code)) return [`${kind} ${id}`]
  const isAboutTarget = code === 'missing-namespace' && error.field === 'spec.targetNamespace'
  if (kind === 'HelmRelease' && (RELEASE.has(code) || isAboutTarget)) return [`${kind} ${id}`]
  const inFolder = kustomizations.filter(one => seenIn.includes(one.directory ?? '\0'))
  if (inFolder.length > 0) return inFolder.map(keyOf)
  const applying = kustomizations.filter(one =>
    one.objects.some(each => formatId(each.id) === object),
  )
  if (applying.length > 0) return applying.map(keyOf)
  const { path } = error.at.source
  return kustomizations
    .filter(one => one.build?.files.has(path) || path.startsWith(`${one.directory}/`))
    .map(keyOf)
}

export function keyOf({ object }: FluxKustomization): string {
  return `Kustomization ${object.id.namespace}/${object.id.name}`
}
