import type { Ref } from '../api.ts'
import type { Files } from '../git.ts'

/** Encrypts a text for the key of the run; `path` tells the format. */
export type Seal = (text: string, path: string) => string

/** What an error of ours says that Flux does in silence, and where the cluster shows it. */
export interface Effect {
  readonly code: string
  readonly of: Ref
  readonly path: readonly (string | number)[]
  /** What is read there: nothing, a text that begins so, or a value. */
  readonly shows: { readonly none: true } | { readonly begin: string } | { readonly value: unknown }
}

/** One small repository. Its name is its branch and the namespace that it is bootstrapped in. */
export interface Case {
  readonly name: string
  readonly effects: readonly Effect[]
  readonly files: (seal: Seal) => Files
  /** What was there, and applied, before. */
  readonly before?: (seal: Seal) => Files
}

/** Stands for the Git server's address in the files of a case, as CHARTS does for the Helm repository's. */
export const GIT = 'https://git.example.com/cases.git'
export const CHARTS = 'https://charts.example.com'

type Made = Files | ((seal: Seal) => Files)

/** A case; `NAMESPACE` in its texts is its own. What `cluster/` holds is applied by its root. */
export function define(name: string, files: Made, ...effects: readonly Effect[]): Case {
  const own = (text: string) => text.replaceAll('NAMESPACE', name)
  return {
    name,
    effects,
    files: seal => {
      const made =
        typeof files === 'function' ? files((text, path) => seal(own(text), path)) : files
      const all: Files = { 'cluster/flux-system/gotk-sync.yaml': sync(), ...made }
      return Object.fromEntries(
        Object.entries(all).map(([path, content]) => [
          path,
          typeof content === 'string' ? own(content) : content,
        ]),
      )
    },
  }
}

/** The two objects that a bootstrap makes. */
export function sync(path = './cluster', source = ''): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: NAMESPACE
spec:
  interval: 10m
  url: ${GIT}
  ref: { branch: NAMESPACE }
${source}---
${ks('flux-system', path)}`
}

/** A Flux Kustomization; `spec` is YAML indented by two. */
export function ks(name: string, path: string, spec = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: NAMESPACE
spec:
  interval: 10m
  retryInterval: 2m
  timeout: 15s
  prune: true
  path: ${path}
  sourceRef:
    kind: GitRepository
    name: flux-system
${spec}`
}

export function cm(name: string, data: string, more = ''): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: NAMESPACE
${more}data:
${data}`
}

export function namespace(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`
}

/** A Deployment; `spec` and `container` are YAML indented as their places need. */
export function deployment(name: string, spec = '', container = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: NAMESPACE
spec:
  replicas: 1
${spec}  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: main
          image: registry.example.com/main:1.0.0
${container}`
}

/** An object in flow style. */
export function flow(apiVersion: string, kind: string, rest: string, name = 'x'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: NAMESPACE }\n${rest}\n`
}

/** A repository whose Kustomization applies `app/`; a path that begins with `/` stands at the root. */
export function applied(name: string, files: Readonly<Record<string, string>>, spec = ''): Case {
  const placed = Object.entries(files).map(([path, text]) =>
    path.startsWith('/') ? [path.slice(1), text] : [`app/${path}`, text],
  )
  return define(name, {
    'cluster/app.yaml': ks('app', './app', spec),
    ...Object.fromEntries(placed),
  })
}

/** Several documents in one file. */
export function docs(...texts: readonly string[]): string {
  return texts.join('---\n')
}

export const helmRepository = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: NAMESPACE
spec:
  interval: 10m
  url: ${CHARTS}
`

/** A release of the chart `greeter`; `spec` is YAML indented by two. */
export function release(name: string, spec = '', version = '1.x', repository = 'charts'): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: NAMESPACE
spec:
  interval: 10m
  timeout: 20s
  chart:
    spec:
      chart: greeter
      version: "${version}"
      sourceRef:
        kind: HelmRepository
        name: ${repository}
${spec}`
}

export const DECRYPTION = '  decryption:\n    provider: sops\n    secretRef: { name: sops-age }\n'

export function secret(name: string, stringData: string): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: NAMESPACE
stringData:
${stringData}`
}

export function at(apiVersion: string, kind: string, name: string, space: string): Ref {
  return { apiVersion, kind, metadata: { name, namespace: space } }
}
