import { EXTENSIONS, HELM, IMAGE, KUSTOMIZE, NOTIFICATION, SOURCE } from './kinds.ts'

/** A Flux version as a number that compares: the minor of 2.9 is less than that of 2.10. */
export function minorOf(version: string): number {
  return Number(/^v?2\.(\d+)/.exec(version)?.[1] ?? 9)
}

/** What a controller does from a minor release on, and did not do before. */
const behaviours = {
  /** kustomize-controller 1.9, StrictPostBuildSubstitutions: variables without a value are refused. */
  strictSubstitution: 9,
} as const

/** Whether a release does something that came with one of the minors above. */
export function does(behaviour: keyof typeof behaviours, version: string): boolean {
  return minorOf(version) >= behaviours[behaviour]
}

/** What an API has from a minor release on. `[]` stands for every item of a list. */
export interface Addition {
  readonly group: string
  readonly kind: string
  readonly since: number
  readonly fields: readonly string[]
  /** Values of fields that were there before. */
  readonly values?: Readonly<Record<string, readonly string[]>>
}

const WATCHED = ['ArtifactGenerator', 'ExternalArtifact']

/** Read off the CustomResourceDefinitions of Flux 2.7.5, 2.8.8 and 2.9.4. */
export const additions: readonly Addition[] = [
  {
    group: HELM,
    kind: 'HelmRelease',
    since: 8,
    fields: [
      'spec.healthCheckExprs',
      'spec.install.serverSideApply',
      'spec.rollback.serverSideApply',
      'spec.upgrade.serverSideApply',
      'spec.waitStrategy',
    ],
  },
  {
    group: NOTIFICATION,
    kind: 'Alert',
    since: 8,
    fields: [],
    values: { 'spec.eventSources[].kind': WATCHED },
  },
  {
    group: NOTIFICATION,
    kind: 'Provider',
    since: 8,
    fields: [],
    values: {
      'spec.type': [
        'giteapullrequestcomment',
        'githubpullrequestcomment',
        'gitlabmergerequestcomment',
      ],
    },
  },
  {
    group: NOTIFICATION,
    kind: 'Receiver',
    since: 8,
    fields: [],
    values: { 'spec.resources[].kind': WATCHED },
  },
  {
    group: EXTENSIONS,
    kind: 'ArtifactGenerator',
    since: 8,
    fields: [],
    values: {
      'spec.artifacts[].copy[].strategy': ['Extract'],
      'spec.sources[].kind': ['HelmChart', 'ExternalArtifact'],
    },
  },
  {
    group: HELM,
    kind: 'HelmRelease',
    since: 9,
    fields: [
      'spec.postRenderStrategy',
      'spec.upgrade.chartNameChangeStrategy',
      'spec.valuesFrom[].literal',
    ],
  },
  {
    group: KUSTOMIZE,
    kind: 'Kustomization',
    since: 9,
    fields: ['spec.buildMetadata', 'spec.ignore', 'spec.postBuild.substituteStrategy'],
  },
  {
    group: IMAGE,
    kind: 'ImageUpdateAutomation',
    since: 9,
    fields: ['spec.git.commit.signingKey.type'],
  },
  {
    group: NOTIFICATION,
    kind: 'Receiver',
    since: 9,
    fields: ['spec.oidcProviders', 'spec.resources[].filter'],
    values: { 'spec.type': ['generic-oidc'] },
  },
  {
    group: EXTENSIONS,
    kind: 'ArtifactGenerator',
    since: 9,
    fields: ['spec.commonMetadata', 'spec.pathPattern'],
  },
  {
    group: SOURCE,
    kind: 'GitRepository',
    since: 9,
    fields: [],
    values: { 'spec.provider': ['aws'] },
  },
  {
    group: SOURCE,
    kind: 'OCIRepository',
    since: 9,
    fields: ['spec.verify.trustedRootSecretRef'],
  },
]
