// Ordinary manifests of 18 kinds, in the sizes that applications have; the same for the same number.

/** Makes document `i`: between one and fourteen kilobytes, 4.6 on average. */
export function manifest(i: number): string {
  const make = kinds[i % kinds.length] ?? configMap
  return make(`app-${i}`, i)
}

type Make = (name: string, i: number) => string

function head(apiVersion: string, kind: string, name: string, i: number): string {
  const app = `app.kubernetes.io`
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
  namespace: team-${i % 40}
  labels:
    ${app}/name: ${name}
    ${app}/instance: ${name}-production
    ${app}/version: "1.${i % 20}.${i % 7}"
    ${app}/part-of: platform
    ${app}/managed-by: flux
  annotations:
    example.com/owner: "team ${i % 40} <team-${i % 40}@example.com>"
    example.com/runbook: https://runbooks.example.com/${name}#when-it-burns
`
}

/** Repeats text for 0 … count-1. */
function times(count: number, one: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => one(n)).join('')
}

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
}

function container(name: string, i: number, n: number): string {
  const probe = (kind: string, path: string): string => `${kind}:
  httpGet:
    path: /${path}
    port: http
  initialDelaySeconds: ${5 + n}
  periodSeconds: 10
  failureThreshold: 3
`
  const rest = `image: registry.example.com/platform/${name}-${n}:1.${i % 20}.${n}@sha256:${String(i).padStart(64, 'a1b2')}
imagePullPolicy: IfNotPresent
args:
  - --listen=0.0.0.0:8080
  - --log-level=info
  - "--config=/etc/${name}/config.yaml"
ports:
  - name: http
    containerPort: ${8080 + n}
    protocol: TCP
  - name: metrics
    containerPort: ${9090 + n}
env:
${times(
  14,
  k => `  - name: SETTING_${k}_OF_${n}
    value: "value ${k} of ${name}"
`,
)}  - name: POD_NAME
    valueFrom:
      fieldRef:
        fieldPath: metadata.name
  - name: PASSWORD
    valueFrom:
      secretKeyRef:
        name: ${name}
        key: password
resources:
  requests:
    cpu: ${100 + n}m
    memory: 128Mi
  limits:
    memory: 256Mi
${probe('livenessProbe', 'healthz')}${probe('readinessProbe', 'readyz')}securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities:
    drop: ["ALL"]
volumeMounts:
  - name: config
    mountPath: /etc/${name}
    readOnly: true
  - name: cache
    mountPath: /var/cache/${name}
`
  return `- name: container-${n}\n${indent(rest, 2)}`
}

/** A pod template with `count` containers. */
function template(name: string, i: number, count: number, restart = ''): string {
  return `metadata:
  labels:
    app: ${name}
    tier: backend
  annotations:
    prometheus.io/scrape: "true"
    prometheus.io/port: "9090"
spec:
  serviceAccountName: ${name}
${restart}  securityContext:
    fsGroup: 65532
    seccompProfile:
      type: RuntimeDefault
  containers:
${indent(
  times(count, n => container(name, i, n)),
  4,
)}  volumes:
    - name: config
      configMap:
        name: ${name}
        items:
          - key: config.yaml
            path: config.yaml
    - name: cache
      emptyDir: {}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                app: ${name}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          app: ${name}
  tolerations:
    - key: dedicated
      operator: Equal
      value: platform
      effect: NoSchedule
`
}

const deployment: Make = (name, i) => `${head('apps/v1', 'Deployment', name, i)}spec:
  replicas: ${1 + (i % 5)}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  selector:
    matchLabels:
      app: ${name}
  template:
${indent(template(name, i, 3 + (i % 3)), 4)}`

const statefulSet: Make = (name, i) => `${head('apps/v1', 'StatefulSet', name, i)}spec:
  serviceName: ${name}
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
${indent(template(name, i, 3), 4)}  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
`

const daemonSet: Make = (name, i) => `${head('apps/v1', 'DaemonSet', name, i)}spec:
  selector:
    matchLabels:
      app: ${name}
  template:
${indent(template(name, i, 2), 4)}`

const job: Make = (name, i) => `${head('batch/v1', 'Job', name, i)}spec:
  backoffLimit: 3
  template:
${indent(template(name, i, 2, '  restartPolicy: Never\n'), 4)}`

const cronJob: Make = (name, i) => `${head('batch/v1', 'CronJob', name, i)}spec:
  schedule: "${i % 60} 3 * * 1-5"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
${indent(template(name, i, 2, '  restartPolicy: OnFailure\n'), 8)}`

const service: Make = (name, i) => `${head('v1', 'Service', name, i)}spec:
  selector:
    app: ${name}
  ports:
${times(
  4,
  n => `    - name: port-${n}
      port: ${80 + n}
      targetPort: ${n === 0 ? 'http' : 8080 + n}
      protocol: TCP
`,
)}`

const ingress: Make = (name, i) => `${head('networking.k8s.io/v1', 'Ingress', name, i)}spec:
  ingressClassName: nginx
  tls:
    - hosts: [${name}.example.com]
      secretName: ${name}-tls
  rules:
${times(
  6,
  n => `    - host: h${n}.${name}.example.com
      http:
        paths:
${times(
  3,
  k => `          - path: /api/v${k}
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  name: port-${k}
`,
)}`,
)}`

const configMap: Make = (name, i) => `${head('v1', 'ConfigMap', name, i)}data:
  LOG_LEVEL: info
  config.yaml: |
${times(
  40,
  n => `    section-${n}:
      # what ${name} does in case ${n}
      enabled: true
      endpoints: ["https://${n}.example.com/${name}", "https://fallback.example.com"]
`,
)}  nginx.conf: |
${times(20, n => `    location /v${n}/ { proxy_pass http://${name}.team-${i % 40}.svc:${8000 + n}; }\n`)}`

const rule = (n: number): string => `  - apiGroups: ["", apps, "group-${n}.example.com"]
    resources: [pods, deployments, services, "things${n}"]
    verbs: [get, list, watch, create, update, patch]
`

const role: Make = (name, i) =>
  `${head('rbac.authorization.k8s.io/v1', 'Role', name, i)}rules:\n${times(12, rule)}`

const clusterRole: Make = (name, i) =>
  `${head('rbac.authorization.k8s.io/v1', 'ClusterRole', name, i).replace(/ {2}namespace.*\n/, '')}rules:\n${times(20, rule)}`

const roleBinding: Make = (name, i) =>
  `${head('rbac.authorization.k8s.io/v1', 'RoleBinding', name, i)}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
${times(
  8,
  n => `  - kind: ServiceAccount
    name: ${name}-${n}
    namespace: team-${n}
`,
)}`

const serviceAccount: Make = (name, i) => `${head('v1', 'ServiceAccount', name, i)}imagePullSecrets:
  - name: registry
automountServiceAccountToken: false
`

const autoscaler: Make = (name, i) =>
  `${head('autoscaling/v2', 'HorizontalPodAutoscaler', name, i)}spec:
  minReplicas: 2
  maxReplicas: 10
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`

const budget: Make = (name, i) => `${head('policy/v1', 'PodDisruptionBudget', name, i)}spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: ${name}
`

const networkPolicy: Make = (name, i) =>
  `${head('networking.k8s.io/v1', 'NetworkPolicy', name, i)}spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes: [Ingress, Egress]
  ingress:
${times(
  10,
  n => `    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: team-${n}
          podSelector:
            matchLabels:
              app: client-${n}
        - ipBlock:
            cidr: 10.${n}.0.0/16
            except: ["10.${n}.1.0/24"]
      ports:
        - port: ${8080 + n}
          protocol: TCP
`,
)}`

const claim: Make = (name, i) => `${head('v1', 'PersistentVolumeClaim', name, i)}spec:
  accessModes: [ReadWriteOnce]
  storageClassName: managed-premium
  resources:
    requests:
      storage: ${1 + (i % 50)}Gi
`

const kustomization: Make = (name, i) =>
  `${head('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, i)}spec:
  interval: 10m
  timeout: 5m30s
  path: ./apps/${name}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure
  postBuild:
    substitute:
${times(20, n => `      variable_${n}: "${n} of ${name}"\n`)}  healthChecks:
${times(
  6,
  n => `    - apiVersion: apps/v1
      kind: Deployment
      name: ${name}-${n}
      namespace: team-${i % 40}
`,
)}`

const helmRelease: Make = (name, i) =>
  `${head('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, i)}spec:
  interval: 30m
  chart:
    spec:
      chart: ${name}
      version: ">=1.${i % 9}.0 <2.0.0"
      sourceRef:
        kind: HelmRepository
        name: charts
        namespace: flux-system
  install:
    remediation:
      retries: 3
  values:
${times(
  30,
  n => `    component${n}:
      enabled: true
      replicas: ${n}
      resources: {requests: {cpu: 10m, memory: 64Mi}}
      hosts: ["c${n}.${name}.example.com"]
`,
)}`

const kinds: readonly Make[] = [
  deployment,
  service,
  configMap,
  ingress,
  serviceAccount,
  deployment,
  role,
  roleBinding,
  autoscaler,
  budget,
  networkPolicy,
  statefulSet,
  claim,
  kustomization,
  helmRelease,
  daemonSet,
  cronJob,
  job,
  clusterRole,
]
