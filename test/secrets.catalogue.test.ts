import { describe, expect, it } from 'vitest'
import { findLeaks } from '../src/secrets/tree.ts'
import { memoryTree } from '../src/tree/memory.ts'
import { metadata, sealed, wrapKey } from './secrets/sops.ts'

const key = await wrapKey()
const two = await wrapKey([(await wrapKey()).recipient])
const b64 = (text: string) => Buffer.from(text).toString('base64')

function errors(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  return [...findLeaks(memoryTree(files))]
    .filter(one => one.level !== 'note' && one.level !== 'warning')
    .map(one => one.code)
}

const head = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n'
const enveloped = (body: string, selector?: string) => `${head}${body}${metadata(key, selector)}`
const good = enveloped(`stringData:\n  user: ${sealed(4)}\n  password: ${sealed()}\n`)
const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'
const flux = (kind: string, spec: string) =>
  `apiVersion: x.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata:\n  name: a\nspec:\n${spec}`
const rule = (line: string) =>
  `creation_rules:\n  - path_regex: \\.yaml$\n    ${line}\n    age: ${key.recipient}\n`

/** Secrets are words: no entropy gives them away. */
const leaks: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  'A01 stringData': { 's.yaml': `${head}stringData:\n  password: hunter2\n` },
  'A02 data': { 's.yaml': `${head}data:\n  password: ${b64('hunter2')}\n` },
  'A03 short': { 's.yaml': `${head}data:\n  pin: ${b64('1234')}\n` },
  'A04 kind behind data': {
    's.yaml': `data:\n  a: ${b64('letmein')}\nkind: Secret\napiVersion: v1\n`,
  },
  'A06 JSON': {
    's.json': JSON.stringify({ apiVersion: 'v1', kind: 'Secret', stringData: { a: 'swordfish' } }),
  },
  'A07 tagged kind': { 's.yaml': 'kind: !!str Secret\nstringData: {a: swordfish}\n' },
  'A08 flow': { 's.yaml': '{apiVersion: v1, kind: Secret, data: {a: aHVudGVyMg==}}' },
  'A09 List': {
    's.yaml':
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  data: {a: aHVudGVyMg==}\n',
  },
  'A10 SecretList': {
    's.yaml': 'apiVersion: v1\nkind: SecretList\nitems:\n- data: {a: aHVudGVyMg==}\n',
  },
  'A11 second document': { 's.yaml': `${good}---\n${head}stringData:\n  a: swordfish\n` },
  'A12 alias': {
    's.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a, annotations: {n: &p swordfish}}\nstringData: {a: *p}\n',
  },
  'A13 merge': {
    's.yaml': 'x: &c\n  stringData: {a: swordfish}\n<<: *c\napiVersion: v1\nkind: Secret\n',
  },
  'A14 alias of kind': {
    's.yaml': 'metadata: {name: &k Secret}\nkind: *k\ndata: {a: aHVudGVyMg==}\n',
  },
  'A15 block': { 's.yaml': `${head}stringData:\n  config.ini: |\n    [a]\n    b = swordfish\n` },
  'A16 .bak': { 's.yaml.bak': `${head}stringData:\n  a: swordfish\n` },
  'A16 .tmpl': { 's.yaml.tmpl': `${head}{{ if .x }}\nstringData:\n  a: swordfish\n{{ end }}\n` },
  'A16 .j2': { 's.j2': `${head}stringData:\n  a: swordfish\n` },
  'A17 in a ConfigMap': {
    's.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  s.yaml: |\n    kind: Secret\n    stringData:\n      a: swordfish\n`,
  },
  'A18 in values': {
    's.yaml': flux(
      'HelmRelease',
      '  values:\n    extraObjects:\n    - kind: Secret\n      apiVersion: v1\n      stringData: {a: swordfish}\n',
    ),
  },
  'A19 UTF-16': { 's.yaml': Buffer.from(`\ufeff${head}stringData:\n  a: swordfish\n`, 'utf16le') },
  'A20 comment': { 's.yaml': 'kind: Secret # x\nstringData: {a: swordfish}\n' },
  'A21 quoted': { 's.yaml': '"kind": "Secret"\n"stringData": {"a": "swordfish"}\n' },
  'A22 two blanks': { 's.yaml': 'kind:  Secret\ndata:  {a: aHVudGVyMg==}\n' },
  'A23 last applied': {
    's.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","kind":"Secret","data":{"a":"aHVudGVyMg=="}}\n`,
  },
  'A24 escape': { 's.yaml': 'kind: "\\x53ecret"\ndata: {a: aHVudGVyMg==}\n' },
  'A25 explicit key': { 's.yaml': '? kind\n: Secret\n? data\n: {a: aHVudGVyMg==}\n' },
  'A26 twice': {
    's.yaml': `${head}stringData:\n  a: ${sealed()}\nstringData:\n  a: swordfish\n${metadata(key)}`,
  },
  'A27 no apiVersion': {
    's.yaml': 'kind: Secret\nmetadata: {generateName: a-}\nstringData: {a: swordfish}\n',
  },
  'A27 fragment': { 's.yaml': 'stringData:\n  a: swordfish\n' },
  'A behind ...': { 's.yaml': `a: 1\n...\n${head}stringData:\n  a: swordfish\n` },
  'A broken': { 's.yaml': `${head}stringData:\n  a: swordfish\nbad: [\n` },
  'B01 fake metadata': {
    's.yaml': `${head}stringData:\n  a: swordfish\nsops:\n  mac: ENC[AES256_GCM,data:AAAA]\n`,
  },
  'B02 one leaf': {
    's.yaml': enveloped(`stringData:\n  user: ${sealed()}\n  password: swordfish\n`),
  },
  'B03 marker in a comment': { 's.yaml': `# ENC[AES256_GCM\n${head}stringData:\n  a: swordfish\n` },
  'B04 delete elsewhere': {
    's.yaml': `$patch: delete\nkind: Secret\n---\n${head}stringData:\n  a: swordfish\n`,
  },
  'B05 narrow regex': {
    's.yaml': enveloped(
      `stringData:\n  password: ${sealed()}\n  api_token: swordfish\n`,
      'encrypted_regex: ^(password)$',
    ),
  },
  'B06 blanks': {
    's.yaml': enveloped('stringData:\n  a: swordfish\n', 'encrypted_regex: ^(data | stringData)$'),
  },
  'B07 suffix': {
    's.yaml': enveloped(
      `stringData:\n  a: ${sealed()}\n  password_unencrypted: swordfish\n`,
      'unencrypted_suffix: _unencrypted',
    ),
  },
  'B08 tail': { 's.yaml': enveloped(`stringData:\n  a: ${sealed()} hunter2\n`) },
  'B09 text as data': {
    's.yaml': enveloped(
      `stringData:\n  a: ${sealed().replace(/data:[^,]*/, `data:${b64('correct horse battery')}`)}\n`,
    ),
  },
  'B10 no RE2': {
    's.yaml': enveloped('stringData:\n  a: swordfish\n', 'encrypted_regex: ^(?!metadata)data'),
  },
  'B11 comment': {
    's.yaml': enveloped(`stringData:\n  # the old one was swordfish\n  a: ${sealed()}\n`),
  },
  'B12 comment at the head': { 's.yaml': `# password: swordfish\n${good}` },
  'B13 dotenv line': {
    '.env': `A=${sealed()}\nPASSWORD=swordfish\nsops_mac=${sealed(128)}\nsops_version=3.13.2\nsops_lastmodified=2026-01-02T03:04:05Z\nsops_age__list_0__map_recipient=${key.recipient}\nsops_age__list_0__map_enc=${key.enc.replaceAll('\n', '\\n')}\n`,
  },
  'B14 dotenv in plain': {
    '.env': `A=swordfish\nsops_encrypted_regex=^(data|stringData)$\nsops_mac=${sealed(128)}\nsops_version=3.13.2\nsops_lastmodified=2026-01-02T03:04:05Z\nsops_age__list_0__map_recipient=${key.recipient}\nsops_age__list_0__map_enc=${key.enc.replaceAll('\n', '\\n')}\n`,
  },
  'B15 binary in plain': {
    'k.bin': JSON.stringify(
      {
        data: 'swordfish',
        sops: {
          mac: sealed(128),
          version: '3',
          lastmodified: '2026-01-02T03:04:05Z',
          encrypted_regex: '^stringData$',
          age: [{ recipient: key.recipient, enc: key.enc }],
        },
      },
      undefined,
      1,
    ),
  },
  'B16 behind JSON': {
    's.json': `${JSON.stringify({ data: sealed(), sops: { mac: sealed(128), version: '3', lastmodified: '2026-01-02T03:04:05Z', age: [{ recipient: key.recipient, enc: key.enc }] } })}\npassword: swordfish\n`,
  },
  'B17 hidden recipient': { 's.yaml': `${head}stringData:\n  a: ${sealed()}\n${metadata(two)}` },
  'B18 annotation': {
    's.yaml': good.replace('  name: x\n', '  name: x\n  annotations: {db-password: swordfish}\n'),
  },
  'B19 number': { 's.yaml': enveloped('stringData:\n  pin: 739142\n') },
  'B20 foreign recipient': {
    's.yaml': good,
    '.sops.yaml': rule('encrypted_regex: ^(data|stringData)$').replace(
      key.recipient,
      two.recipient,
    ),
  },
  'B22 nested block': {
    's.yaml': `${head}stringData:\n  a: ${sealed()}\n  ${metadata(key).replaceAll('\n', '\n  ')}`,
  },
  'B23 plain data key': {
    's.yaml': good.replace(/-----BEGIN[^]*END AGE ENCRYPTED FILE-----/, b64('x'.repeat(32))),
  },
  'B24 stray': { 's.yaml': good.replace('name: x', `name: ${sealed()}`) },
  'B25 key name': { 's.yaml': enveloped(`stringData:\n  "hunter2=": ${sealed()}\n`) },
  'B28 typing error': { '.sops.yaml': rule('encryptedRegex: ^(data|stringData)$') },
  'B no metadata': { 's.yaml': `${head}stringData:\n  a: ${sealed()}\n` },
  'C01 literal': {
    'kustomization.yaml': `${kustomization}secretGenerator:\n- name: a\n  literals: [password=swordfish]\n`,
  },
  'C02 envs': {
    'kustomization.yaml': `${kustomization}secretGenerator:\n- name: a\n  envs: [a.txt]\n`,
    'a.txt': 'A=swordfish\n',
  },
  'C03 files': {
    'kustomization.yaml': `${kustomization}secretGenerator:\n- name: a\n  files: [creds.json]\n`,
    'creds.json': '{"a":"swordfish"}',
  },
  'C04 config literal': {
    'kustomization.yaml': `${kustomization}configMapGenerator:\n- name: a\n  literals: [DB_PASSWORD=swordfish]\n`,
  },
  'C05 config of SOPS': {
    'kustomization.yaml': `${kustomization}configMapGenerator:\n- name: a\n  files: [s.yaml]\n`,
    's.yaml': good,
  },
  'C06 inline JSON 6902': {
    'kustomization.yaml': `${kustomization}patches:\n- target: {kind: Secret}\n  patch: |-\n    - op: add\n      path: /stringData/a\n      value: swordfish\n`,
  },
  'C06 inline, data': {
    'kustomization.yaml': `${kustomization}patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: add, path: /data/a, value: aHVudGVyMg==}\n`,
  },
  'C07 merge patch': { 'p.yaml': 'kind: Secret\nmetadata: {name: a}\ndata: {a: aHVudGVyMg==}\n' },
  'C08 JSON 6902 file': {
    'kustomization.yaml': `${kustomization}patches:\n- path: p.yaml\n  target: {kind: Secret}\n`,
    'p.yaml': '- {op: add, path: /data/a, value: aHVudGVyMg==}\n',
  },
  'C09 replacement': {
    'kustomization.yaml': `${kustomization}replacements:\n- source: {kind: ConfigMap, name: a, fieldPath: data.x}\n  targets:\n  - select: {kind: Secret}\n    fieldPaths: [stringData.a]\n`,
  },
  'C10 env:': {
    'kustomization.yaml': `${kustomization}secretGenerator:\n- name: a\n  env: a.txt\n`,
    'a.txt': 'A=swordfish\n',
  },
  'C11 builtin': {
    'g.yaml':
      'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: a}\nliterals: [a=swordfish]\n',
  },
  'C12 lying name': {
    'kustomization.yaml': `${kustomization}secretGenerator:\n- name: a\n  files: [token=plain.enc]\n`,
    'plain.enc': 'swordfish',
  },
  'C13 helmCharts': {
    'kustomization.yaml': `${kustomization}helmCharts:\n- name: a\n  valuesInline: {auth: {password: swordfish}}\n`,
  },
  'D01 values': { 'r.yaml': flux('HelmRelease', '  values: {auth: {password: swordfish}}\n') },
  'D02 values in a ConfigMap': {
    'c.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  values.yaml: |\n    auth:\n      password: swordfish\n',
  },
  'D03 substitute': {
    'k.yaml': flux('Kustomization', '  postBuild: {substitute: {SECRET_X: swordfish}}\n'),
  },
  'D04 default': {
    'd.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "x ${PW:=swordfish}"}\n',
  },
  'D06 URL': { 'g.yaml': flux('GitRepository', '  url: https://bot:swordfish@example.com/a\n') },
  'D07 webhook': {
    'p.yaml': flux(
      'Provider',
      `  address: https://hooks.slack.com/services/T0ABCDEFG/B0ABCDEFG/abcdefghijklmnop\n`,
    ),
  },
  'D08 env': {
    'd.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{env: [{name: DB_PASSWORD, value: swordfish}]}]}}}\n',
  },
  'D09 args': {
    'd.yaml': 'kind: Deployment\nspec: {containers: [{args: ["--token=swordfish"]}]}\n',
  },
  'D09 two args': {
    'd.yaml': 'kind: Deployment\nspec: {containers: [{args: [--password, swordfish]}]}\n',
  },
  'D10 TunnelSecret': {
    'c.yaml':
      'kind: ConfigMap\napiVersion: v1\ndata:\n  credentials.json: |\n    {"AccountTag":"a","TunnelSecret":"c3dvcmRmaXNo"}\n',
  },
  'D11 tunnel token': {
    'd.yaml': `kind: Deployment\nspec: {x: [run, --token, ${b64(JSON.stringify({ a: 'account'.repeat(5), t: 'tunnel'.repeat(6), s: 'secret'.repeat(6) }))}]}\n`,
  },
  'D13 SealedSecret template': {
    's.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec: {encryptedData: {a: AgBy3i4OJSWK}, template: {data: {b: swordfish}}}\n',
  },
  'D14 ExternalSecret template': {
    's.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec: {target: {template: {data: {b: swordfish}}}}\n',
  },
  'D15 kubeconfig': {
    'k.yaml': 'apiVersion: v1\nkind: Config\nusers: [{name: a, user: {token: swordfish}}]\n',
  },
  'D15 service principal': { 'sp.json': '{"clientId":"a","clientSecret":"swordfish"}' },
  'D16 docker config': { 'd.json': `{"auths":{"r.io":{"auth":"${b64('bot:swordfish')}"}}}` },
  'D18 SopsSecret': {
    's.yaml':
      'apiVersion: isindir.github.com/v1alpha3\nkind: SopsSecret\nspec: {secretTemplates: [{name: a, stringData: {b: swordfish}}]}\n',
  },
  'D19 ResourceSet': { 'r.yaml': flux('ResourceSet', '  inputs: [{token: swordfish}]\n') },
}

const clean: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a good file': { 's.yaml': good, '.sops.yaml': rule('encrypted_regex: ^(data|stringData)$') },
  recipients: {
    'a.md': `# public key: ${key.recipient}\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n`,
  },
  'sealed and external': {
    'a.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec: {encryptedData: {password: AgBy3i4OJSWK}}\n---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec: {data: [{secretKey: password, remoteRef: {key: db, property: password}}], target: {template: {data: {a: "{{ .password }}"}}}}\n',
  },
  'no data': {
    's.yaml': `${head}type: kubernetes.io/service-account-token\n---\n${head}stringData: {a: "", b: null}\n`,
  },
  placeholders: {
    's.yaml': `${head}stringData:\n  a: \${PASSWORD}\n  b: "{{ .Values.x }}"\n  c: \${X:=}\n`,
  },
  'deleted by a patch': {
    's.yaml': '$patch: delete\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\n',
  },
  references: {
    'd.yaml':
      'kind: Deployment\nspec: {imagePullSecrets: [{name: regcred}], env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}], volumes: [{secret: {secretName: tls}}]}\n---\nkind: HelmRelease\napiVersion: helm.toolkit.fluxcd.io/v2\nspec: {valuesFrom: [{kind: Secret, name: a}], values: {auth: {existingSecret: my-secret, passwordKey: password, secretName: tls-cert}}}\n',
  },
  'a CRD': {
    'c.yaml':
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {versions: [{schema: {openAPIV3Schema: {properties: {kind: {type: string}, stringData: {type: object}, password: {type: string, default: changeme}}}}}]}\n',
  },
  docs: {
    'README.md':
      'A Secret:\n\n```yaml\napiVersion: v1\nkind: Secret\nstringData:\n  password: example\n```\n',
  },
  digests: {
    'a.yaml': `image: nginx@sha256:${'0123456789abcdef'.repeat(4)}\nuid: 123e4567-e89b-12d3-a456-426614174000\n`,
    'go.sum': `example.com/a v1.0.0 h1:${b64('x'.repeat(32))}\n`,
  },
  workflow: {
    '.github/workflows/a.yaml':
      'on: push\npermissions: {id-token: write}\njobs: {a: {steps: [{env: {TOKEN: "${{ secrets.TOKEN }}"}}]}}\n',
  },
  'a cloud key': {
    's.yaml': enveloped(`stringData:\n  a: ${sealed()}\n`).replace(
      / {2}age:[^]*?FILE-----\n(?= {2}last)/,
      '  azure_kv:\n    - vault_url: https://v.vault.azure.net\n      name: sops\n      version: abc\n      created_at: "2026-01-02T03:04:05Z"\n      enc: abcdef\n',
    ),
  },
  'a comment in a list': {
    's.yaml': enveloped(`stringData:\n  - ${sealed(9, 'comment')}\n  - ${sealed()}\n`),
  },
  certificates: {
    's.yaml': `${head}data:\n  ca.crt: ${b64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')}\n`,
  },
}

describe('every row of the catalogue is caught', () => {
  it.each(Object.entries(leaks))('%s', (_, files) => {
    expect(errors(files)).not.toEqual([])
  })
})

describe('what is no leak is not reported', () => {
  it.each(Object.entries(clean))('%s', (_, files) => {
    expect(errors(files)).toEqual([])
  })
})
