/** A repository of the size that a team of twenty has: 200 Flux Kustomizations, 300 HelmReleases. */
export function fleet(): Record<string, string> {
  const files: Record<string, string> = { 'clusters/main/source.yaml': SOURCE }
  for (let i = 0; i < 100; i++) Object.assign(files, ownApp(i))
  for (let i = 0; i < 20; i++) Object.assign(files, sharedApp(i))
  return files
}

/** An application of its own folder, with two releases. */
function ownApp(i: number): Record<string, string> {
  const name = `own${i}`
  const folder = `apps/${name}`
  return {
    [`clusters/main/${name}.yaml`]: flux(name, folder, i === 0 ? undefined : 'own0'),
    [`${folder}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
resources: [namespace.yaml, release.yaml, cache.yaml, claim.yaml]
configMapGenerator:
  - name: ${name}-settings
    literals: [LEVEL=info, MODE=fast]
`,
    [`${folder}/namespace.yaml`]: `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`,
    [`${folder}/release.yaml`]: release(name, i),
    [`${folder}/cache.yaml`]: release(`${name}-cache`, i),
    [`${folder}/claim.yaml`]: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 5Gi
`,
  }
}

/** A base with one release, used by five overlays. */
function sharedApp(i: number): Record<string, string> {
  const name = `shared${i}`
  const base = `apps/${name}/base`
  const files: Record<string, string> = {
    [`${base}/kustomization.yaml`]: 'resources: [release.yaml, web.yaml]\n',
    [`${base}/release.yaml`]: release(name, i),
    [`${base}/web.yaml`]: web(name),
  }
  for (let n = 0; n < 5; n++) {
    const overlay = `apps/${name}/e${n}`
    files[`clusters/main/${name}-e${n}.yaml`] = flux(`${name}-e${n}`, overlay, 'own0')
    files[`${overlay}/namespace.yaml`] =
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}-e${n} }\n`
    files[`${overlay}/kustomization.yaml`] = `namespace: ${name}-e${n}
resources: [namespace.yaml, ../base]
images:
  - name: registry.example.com/${name}
    newTag: 1.${n}.0
patches:
  - patch: |
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ${name} }
      spec:
        values:
          replicaCount: ${n + 1}
`
  }
  return files
}

function flux(name: string, path: string, after: string | undefined): string {
  const wait = after === undefined ? 'wait: true' : `dependsOn: [{ name: ${after} }]`
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 30m
  retryInterval: 2m
  timeout: 5m
  path: ./${path}
  prune: true
  ${wait}
  sourceRef:
    kind: GitRepository
    name: flux-system
  postBuild:
    substitute:
      domain: example.com
      tier: gold
`
}

function release(name: string, i: number): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chart:
    spec:
      chart: app-template
      version: 3.${i % 7}.0
      sourceRef:
        kind: HelmRepository
        name: charts
        namespace: flux-system
  install:
    remediation:
      retries: 3
  upgrade:
    cleanupOnFail: true
    remediation:
      retries: 3
  values:
    replicaCount: 1
    image:
      repository: registry.example.com/${name}
      tag: 1.${i}.0
      pullPolicy: IfNotPresent
    env:
      TZ: Europe/Berlin
      LOG_LEVEL: info
      HTTP_PORT: 8080
    service:
      main:
        ports:
          http:
            port: 8080
    ingress:
      main:
        enabled: true
        className: internal
        hosts:
          - host: ${name}.\${domain}
            paths:
              - path: /
                service: { name: main, port: http }
        tls:
          - hosts: ["${name}.\${domain}"]
    resources:
      requests:
        cpu: 10m
        memory: 128Mi
      limits:
        memory: 512Mi
    persistence:
      config:
        existingClaim: ${name}
        globalMounts:
          - path: /config
`
}

function web(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 2
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name}, tier: "\${tier}" }
    spec:
      containers:
        - name: web
          image: registry.example.com/${name}:1.0.0
          ports:
            - name: http
              containerPort: 8080
          resources:
            requests: { cpu: 10m, memory: 64Mi }
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: { app: ${name} }
  ports:
    - name: http
      port: 80
      targetPort: http
`
}

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 5m
  url: https://github.com/example/fleet
---
apiVersion: v1
kind: Namespace
metadata: { name: flux-system }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
spec:
  interval: 1h
  url: https://charts.example.com
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./clusters/main
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`
