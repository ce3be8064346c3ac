import type { Chart } from './charts.ts'

const LABELS = `    app.kubernetes.io/name: {{ .Chart.Name }}
    app.kubernetes.io/instance: {{ .Release.Name }}`

const deployment = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-controller
  labels:
${LABELS}
spec:
  replicas: {{ .Values.controller.replicaCount }}
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: {{ .Release.Name }}
    spec:
      containers:
        - name: controller
          image: ${image}
          resources: {{- toYaml .Values.controller.resources | nindent 12 }}
`

const service = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-controller
  annotations: {{- toYaml .Values.controller.service.annotations | nindent 4 }}
spec:
  type: LoadBalancer
  selector:
    app.kubernetes.io/instance: {{ .Release.Name }}
  ports:
    - name: http
      port: 80
`

// Cluster-wide, so only the release that the cluster is about has it; copies elsewhere go without.
const ingressClass = `{{- if eq .Release.Namespace "ingress-nginx" }}
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
  {{- if .Values.controller.ingressClassResource.default }}
  annotations:
    ingressclass.kubernetes.io/is-default-class: "true"
  {{- end }}
spec:
  controller: k8s.io/ingress-nginx
{{- end }}
`

const VALUES = `controller:
  replicaCount: 1
  resources: {}
  ingressClassResource:
    default: false
  service:
    annotations: {}
  metrics:
    enabled: false
`

function ingressNginx(version: string): Chart {
  const files = {
    'values.yaml': VALUES,
    'templates/deployment.yaml': deployment(`registry.example.com/controller:v${version}`),
    'templates/service.yaml': service,
    'templates/ingressclass.yaml': ingressClass,
  }
  return { name: 'ingress-nginx', version, files }
}

const settings = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings
data:
  greeting: {{ required "greeting is required" .Values.greeting | quote }}
  values: {{ toJson .Values | quote }}
`

const SCHEMA = `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "properties": {
    "greeting": { "type": "string" },
    "port": { "type": "integer", "maximum": 65535 }
  },
  "additionalProperties": true
}
`

function greeter(version: string): Chart {
  const files = {
    'values.yaml': 'greeting: hello\nport: 80\n',
    'values.schema.json': SCHEMA,
    'templates/settings.yaml': settings,
  }
  return { name: 'greeter', version, files }
}

/** Small charts of our own that stand in for public ones. */
export const standIns: readonly Chart[] = [
  ingressNginx('4.13.9'),
  ingressNginx('4.14.0'),
  ingressNginx('4.14.3'),
  ingressNginx('4.15.0'),
  greeter('1.0.0'),
  greeter('1.2.0'),
  greeter('2.0.0-rc.1'),
]
