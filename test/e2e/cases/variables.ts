import { cm, define, ks, secret, type Case } from './case.ts'

const app = (spec: string) => ks('app', './app', spec)

/** `postBuild` with inline variables, YAML in flow style. */
const vars = (variables: string, more = '') =>
  app(`  postBuild:\n${more}    substitute: { ${variables} }\n`)

const FORMS = cm(
  'forms',
  `  plain: \${v}
  twice: \${v}-\${v}
  upper: \${v^^}
  first-upper: \${v^}
  lower: \${u,,}
  first-lower: \${u,}
  length: is \${#v}
  from: \${v:2}
  part: \${v:1:3}
  head: \${v#a*c}
  heads: \${v##a*c}
  tail: \${v%c*}
  tails: \${v%%c*}
  swap: \${v/c/X}
  swaps: \${v//c/X}
  swap-head: \${v/#ab/X}
  swap-tail: \${v/%bc/X}
  default: \${none=d} \${none:=d} \${none:-d} \${empty:=d}
  nested: \${none:=\${v}}
  odd: \${none:?message} \${none:+other}
  kept: $v $$v $\${v} $$\${v} $(v)
  block: |
    echo "\${v}"
    exit
`,
)

const undefinedIn = (name: string, value: string) =>
  define(name, {
    'cluster/app.yaml': vars('v: abcabc'),
    'app/one.yaml': cm('one', `  a: ${value}\n`),
  })

/** Every class of substitution, those that Flux refuses included. */
export const variables: readonly Case[] = [
  define('sub-forms', {
    'cluster/app.yaml': vars('v: abcabc, u: ABC, empty: ""'),
    'app/one.yaml': FORMS,
  }),
  define('sub-from', {
    'cluster/app.yaml': `${app(`  dependsOn: [{ name: values }]
  postBuild:
    substitute: { color: inline }
    substituteFrom:
      - { kind: ConfigMap, name: first }
      - { kind: ConfigMap, name: second }
      - { kind: ConfigMap, name: absent, optional: true }
`)}---
${ks('values', './values')}`,
    'values/first.yaml': cm('first', '  color: first\n  size: first\n  lines: "a\\nb"\n'),
    'values/second.yaml': cm('second', '  size: second\n'),
    'app/one.yaml': cm('one', '  color: ${color}\n  size: ${size}\n  lines: ${lines}\n'),
  }),
  define('sub-disabled', {
    'cluster/app.yaml': vars('v: abc'),
    'app/one.yaml': cm(
      'one',
      '  script: echo ${a-b} ${none} $${v}\n',
      '  annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }\n',
    ),
  }),
  define('sub-no-variables', {
    'cluster/app.yaml': app('  postBuild: { substitute: {} }\n'),
    'app/one.yaml': cm('one', '  script: echo ${a-b} ${none:=d} $${v}\n'),
  }),
  define('sub-always', {
    'cluster/app.yaml': app('  postBuild: { substituteStrategy: Always }\n'),
    'app/one.yaml': cm('one', '  a: ${none:=d} $${v}\n'),
  }),
  define('sub-quoted', {
    'cluster/app.yaml': vars(`flag: "true", q: '"'`),
    'app/one.yaml': cm('one', '  a: ${q}${flag}${q}\n  b: is-${flag}\n'),
  }),
  define('sub-in-child', {
    'cluster/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: NAMESPACE }
spec:
  interval: 10m
  url: https://git.example.com/cases.git
  ref: { branch: NAMESPACE }
---
${ks('flux-system', './cluster', '  postBuild: { substitute: { folder: app, v: parent } }\n')}`,
    'cluster/app.yaml': ks(
      'app',
      './${folder}',
      '  postBuild: { substitute: { v: "${v}-child" } }\n',
    ),
    'app/one.yaml': cm('one', '  a: ${v}\n'),
  }),
  undefinedIn('sub-undefined', '${none}'),
  undefinedIn('sub-undefined-in-operator', '${none/a/b}'),
  undefinedIn('sub-undefined-upper', '${none^^}'),
  undefinedIn('sub-dash', '${v-default}'),
  undefinedIn('sub-index', 'x ${v[0]}'),
  undefinedIn('sub-braces', 'x ${{ v }}'),
  undefinedIn('sub-spaces', 'x ${ v }'),
  undefinedIn('sub-open', 'x ${v'),
  undefinedIn('sub-empty', 'x ${}'),
  undefinedIn('sub-indirect', 'x ${!v}'),
  define('sub-type-flip', {
    'cluster/app.yaml': vars('flag: "true"'),
    'app/one.yaml': cm('one', '  a: "${flag}"\n'),
  }),
  define('sub-number', {
    'cluster/app.yaml': vars('port: "8080"'),
    'app/one.yaml': cm('one', '  a: ${port}\n'),
  }),
  define('sub-breaks-yaml', {
    'cluster/app.yaml': vars('v: "a: b: c"'),
    'app/one.yaml': cm('one', '  a: ${v}\n'),
  }),
  define('sub-bad-key', {
    'cluster/app.yaml': `${app('  dependsOn: [{ name: values }]\n  postBuild: { substituteFrom: [{ kind: ConfigMap, name: first }] }\n')}---\n${ks('values', './values')}`,
    'values/first.yaml': cm('first', '  my-key: x\n'),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('sub-missing-source', {
    'cluster/app.yaml': app(
      '  postBuild: { substituteFrom: [{ kind: ConfigMap, name: absent }] }\n',
    ),
    'app/one.yaml': cm('one', '  a: b\n'),
  }),
  define('sub-collision', {
    'cluster/app.yaml': vars('a: same, b: same'),
    'app/all.yaml': [cm('x-${a}', '  a: b\n'), cm('x-${b}', '  a: b\n')].join('---\n'),
  }),
  define('sub-from-secret', seal => ({
    'cluster/app.yaml': `${app('  dependsOn: [{ name: values }]\n  postBuild: { substituteFrom: [{ kind: Secret, name: hidden }] }\n')}---
${ks('values', './values', '  decryption: { provider: sops, secretRef: { name: sops-age } }\n')}`,
    'values/hidden.yaml': seal(secret('hidden', '  host: made-up.example.com\n'), 'hidden.yaml'),
    'app/one.yaml': cm('one', '  host: ${host}\n'),
  })),
]
