import { cm, DECRYPTION, define, deployment, docs, ks, secret, type Case } from './case.ts'

const app = (spec: string) => ks('app', './app', spec)

/** `postBuild` with inline variables, YAML in flow style. */
const vars = (variables: string) => app(`  postBuild:\n    substitute: { ${variables} }\n`)

/** A ConfigMap under inline variables. */
const data = (name: string, variables: string, text: string, more = '') =>
  define(name, { 'cluster/app.yaml': vars(variables), 'app/one.yaml': cm('one', text, more) })

/** A Deployment under inline variables. */
const web = (name: string, variables: string, spec: string, container = '') =>
  define(name, {
    'cluster/app.yaml': vars(variables),
    'app/web.yaml': deployment('web', spec, container),
  })

const LABELLED = '  labels: { kustomize.toolkit.fluxcd.io/substitute: Disabled }\n'

/** Corners of substitution: what it does to keys, types, odd texts, and to what is decrypted or generated. */
export const dialect: readonly Case[] = [
  data(
    'dialect-offsets',
    'v: abcabc, n: "2"',
    '  far: x${v:9}\n  long: ${v:0:99}\n  zero: x${v:0:0}\n  space: ${v: 2}\n  word: ${v:x}\n',
  ),
  data(
    'dialect-patterns',
    'v: a/b.c-d, w: aXbXc',
    `  slash: \${v/\\//-}
  star: \${v/a*b/x}
  mark: \${w//X?/y}
  class: \${w//[XY]/-}
  dots: \${v//./-}
  cut: \${v#*/}
  cuts: \${w##*X}
  tail: \${w%X*}
  tails: \${w%%X*}
  gone: x\${w//X}
`,
  ),
  data(
    'dialect-letters',
    'v: élan, w: "Straße"',
    '  upper: ${v^^}\n  first: ${v^}\n  length: is ${#v}\n  more: ${w^^}\n  lower: ${w,,}\n',
  ),
  data(
    'dialect-defaults',
    'v: x',
    '  none: "[${none:-}]"\n  words: ${none:-two words}\n  quoted: ${none:="a b"}\n  colon: ${none:=http://x.example.com:80/y}\n  deep: ${none:-${also:-${v}}}\n',
  ),
  data('dialect-empty-value', 'v: ""', '  a: ${v}\n  b: x${v}y\n'),
  data('dialect-date', 'v: "2026-01-31"', '  a: ${v}\n'),
  data('dialect-float', 'v: "1.0"', '  a: ${v}\n'),
  data('dialect-yes', 'v: "yes"', '  a: ${v}\n'),
  data('dialect-null-word', 'v: "null"', '  a: ${v}\n  b: x\n'),
  data('dialect-leading-star', 'v: "*x"', '  a: ${v}\n'),
  data('dialect-comment', 'v: "a # b"', '  a: ${v}\n'),
  data('dialect-key', 'v: named', '  ${v}: x\n  pre-${v}: y\n', '  labels: { team: "${v}" }\n'),
  data('dialect-digit-name', '1st: x', '  a: b\n'),
  data('dialect-label-disabled', 'v: x', '  a: ${v} ${no-thing}\n', LABELLED),
  data('dialect-shell', 'v: x', '  run.sh: |\n    for f in "${files[@]}"; do echo $f; done\n'),
  data('dialect-go-template', 'v: x', '  a: "{{ .Value }} $labels.x $(pwd) $1 $@"\n'),
  data(
    'dialect-block',
    'v: x',
    '  a: |\n    one: ${v}\n    two: "${v}"\n  b: >-\n    ${v}\n    ${v}\n',
  ),
  web('dialect-number', 'n: "2"', '  revisionHistoryLimit: ${n}\n  minReadySeconds: "${n}"\n'),
  web('dialect-env-number', 'n: "80"', '', '          env: [{ name: PORT, value: "${n}" }]\n'),
  web('dialect-env-text', 'n: "80"', '', '          env: [{ name: PORT, value: "p${n}" }]\n'),
  web('dialect-word-for-number', 'n: many', '  revisionHistoryLimit: ${n}\n'),
  web('dialect-args', 'n: "80"', '', '          args: [--port, "${n}"]\n'),
  define('dialect-namespace', {
    'cluster/app.yaml': vars('space: NAMESPACE, v: named'),
    'app/one.yaml': cm('${v}-one', '  a: b\n').replace('NAMESPACE', '${space}'),
  }),
  define('dialect-bad-name', {
    'cluster/app.yaml': vars('v: Not_Good'),
    'app/one.yaml': cm('${v}', '  a: b\n'),
  }),
  define('dialect-generated', {
    'cluster/app.yaml': vars('v: x'),
    'app/kustomization.yaml':
      'namespace: NAMESPACE\nconfigMapGenerator: [{ name: made, literals: ["a=${v}"], files: [run.sh] }]\n',
    'app/run.sh': '#!/bin/sh\necho "${v}" $$\n',
  }),
  define('dialect-hidden', seal => ({
    'cluster/app.yaml': app(`${DECRYPTION}  postBuild: { substitute: { v: made-up } }\n`),
    'app/hidden.sops.yaml': seal(secret('hidden', '  word: it is ${v}\n'), 'hidden.yaml'),
  })),
  define('dialect-later-wins', {
    'cluster/app.yaml': docs(
      app(`  dependsOn: [{ name: values }]
  postBuild:
    substituteFrom:
      - { kind: ConfigMap, name: second }
      - { kind: ConfigMap, name: first }
`),
      ks('values', './values'),
    ),
    'values/first.yaml': cm('first', '  color: first\n  size: first\n'),
    'values/second.yaml': cm('second', '  size: second\n  only: second\n'),
    'app/one.yaml': cm('one', '  all: ${color} ${size} ${only}\n'),
  }),
  define('dialect-binary-source', {
    'cluster/app.yaml': docs(
      app(
        '  dependsOn: [{ name: values }]\n  postBuild: { substituteFrom: [{ kind: ConfigMap, name: first }] }\n',
      ),
      ks('values', './values'),
    ),
    'values/first.yaml': `${cm('first', '  color: red\n')}binaryData: { size: eA== }\n`,
    'app/one.yaml': cm('one', '  all: ${color} ${size}\n'),
  }),
]
