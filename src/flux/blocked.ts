import { formatId, type KubeObject } from '../kube/object.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { Node } from '../yaml/node.ts'
import { itemsAt, nodeAt, scalarAt, textAt } from './fields.ts'
import { type Flags, isOn } from './flags.ts'
import { EXTENSIONS, HELM, IMAGE, KUSTOMIZE, NOTIFICATION } from './kinds.ts'
import type { Lookup } from './lookup.ts'

interface Guarded {
  readonly controller: string
  /** Where objects of the kind refer to others that may be in another namespace. */
  readonly fields: readonly (readonly string[])[]
}

/** References that `--no-cross-namespace-refs` covers; `dependsOn` is not among them. */
const GUARDED: Readonly<Record<string, Guarded>> = {
  [`${KUSTOMIZE}/Kustomization`]: {
    controller: 'kustomize-controller',
    fields: [['spec', 'sourceRef']],
  },
  [`${HELM}/HelmRelease`]: {
    controller: 'helm-controller',
    fields: [
      ['spec', 'chart', 'spec', 'sourceRef'],
      ['spec', 'chartRef'],
    ],
  },
  [`${NOTIFICATION}/Alert`]: {
    controller: 'notification-controller',
    fields: [['spec', 'eventSources']],
  },
  [`${NOTIFICATION}/Receiver`]: {
    controller: 'notification-controller',
    fields: [['spec', 'resources']],
  },
  [`${IMAGE}/ImagePolicy`]: {
    controller: 'image-reflector-controller',
    fields: [['spec', 'imageRepositoryRef']],
  },
  [`${IMAGE}/ImageUpdateAutomation`]: {
    controller: 'image-automation-controller',
    fields: [['spec', 'sourceRef']],
  },
  [`${EXTENSIONS}/ArtifactGenerator`]: {
    controller: 'source-watcher',
    fields: [['spec', 'sources']],
  },
}

/** References into another namespace where the controller is told to follow none. */
export function* checkBlocked(lookup: Lookup, flags: Flags): Iterable<Finding> {
  for (const { object } of lookup.all()) {
    const guarded = GUARDED[`${object.id.group}/${object.id.kind}`]
    const flag = guarded && isOn(flags, guarded.controller, 'no-cross-namespace-refs')
    if (guarded === undefined || flag === undefined) continue
    for (const field of guarded.fields)
      for (const item of referencesAt(object, field)) {
        const namespace = scalarAt(item, 'namespace')
        if (namespace === undefined || namespace.text === '') continue
        if (namespace.text === object.id.namespace) continue
        const what = `${textAt(item, 'kind')}/${namespace.text}/${textAt(item, 'name')}`
        yield {
          code: 'blocked-reference',
          message: `can't access '${what}', cross-namespace references have been blocked`,
          at: namespace,
          object: formatId(object.id),
          field: field.join('.'),
          related: [{ span: flag.at, text: `${guarded.controller} is told so here` }],
        }
      }
  }
}

function referencesAt({ root }: KubeObject, field: readonly string[]): readonly Node[] {
  const one = nodeAt(root, ...field)
  return one?.kind === 'map' ? [one] : itemsAt(root, ...field)
}
