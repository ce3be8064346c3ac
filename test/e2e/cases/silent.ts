import { at, cm, define, deployment, docs, ks, secret, type Case } from './case.ts'

const app = (spec = '') => ks('app', './app', spec)
const NONE = { none: true } as const

/** Repositories that Flux applies without a word, and not as they were meant. */
export const silent: readonly Case[] = [
  define(
    'quiet-unknown-field',
    { 'cluster/app.yaml': app(), 'app/web.yaml': deployment('web', '  replica: 3\n') },
    {
      code: 'unknown-field',
      of: at('apps/v1', 'Deployment', 'web', 'quiet-unknown-field'),
      path: ['spec', 'replica'],
      shows: NONE,
    },
  ),
  define(
    'quiet-deep-unknown-field',
    {
      'cluster/app.yaml': app(),
      'app/web.yaml': deployment('web', '', '          livenessprobe: { httpGet: { port: 80 } }\n'),
    },
    {
      code: 'unknown-field',
      of: at('apps/v1', 'Deployment', 'web', 'quiet-deep-unknown-field'),
      path: ['spec', 'template', 'spec', 'containers', 0, 'livenessprobe'],
      shows: NONE,
    },
  ),
  define(
    'quiet-ciphertext',
    seal => ({
      'cluster/app.yaml': app(),
      'app/hidden.sops.yaml': seal(cm('hidden', '  word: made up\n'), 'hidden.yaml'),
    }),
    {
      code: 'missing-decryption',
      of: at('v1', 'ConfigMap', 'hidden', 'quiet-ciphertext'),
      path: ['data', 'word'],
      shows: { begin: 'ENC[' },
    },
  ),
  define(
    'quiet-idle-patch',
    {
      'cluster/app.yaml': app(`  patches:
    - patch: '[{"op":"add","path":"/data/b","value":"c"}]'
      target: { kind: ConfigMap, name: wrong }
`),
      'app/one.yaml': cm('one', '  a: b\n'),
    },
    {
      code: 'idle-target',
      of: at('v1', 'ConfigMap', 'one', 'quiet-idle-patch'),
      path: ['data', 'b'],
      shows: NONE,
    },
  ),
  define(
    'quiet-plaintext',
    { 'cluster/app.yaml': app(), 'app/open.yaml': secret('open', '  word: made-up-value\n') },
    {
      code: 'plaintext-secret',
      of: at('v1', 'Secret', 'open', 'quiet-plaintext'),
      path: ['data', 'word'],
      shows: { value: Buffer.from('made-up-value').toString('base64') },
    },
  ),
  define(
    'quiet-misspelt-resources',
    {
      'cluster/app.yaml': app(),
      'app/kustomization.yaml': 'resources: [one.yaml]\nresource: [two.yaml]\n',
      'app/one.yaml': cm('one', '  a: b\n'),
      'app/two.yaml': cm('two', '  a: b\n'),
    },
    {
      code: 'unknown-kustomization-field',
      of: at('v1', 'ConfigMap', 'two', 'quiet-misspelt-resources'),
      path: [],
      shows: NONE,
    },
  ),
  define(
    'quiet-dropped-object',
    {
      'cluster/app.yaml': app(),
      'app/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n',
      'app/one.yaml': cm('one', '  a: b\n'),
      'app/two.yaml':
        'apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\nmetadata: { name: two, namespace: NAMESPACE }\nspec: { path: ./two }\n',
    },
    {
      code: 'dropped-object',
      of: at('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'two', 'quiet-dropped-object'),
      path: [],
      shows: NONE,
    },
  ),
  define(
    'quiet-two-owners',
    {
      'cluster/app.yaml': docs(app('  dependsOn: [{ name: two }]\n'), ks('two', './two')),
      'app/one.yaml': cm('one', '  a: first\n'),
      'two/one.yaml': cm('one', '  a: second\n'),
    },
    {
      code: 'duplicate-owner',
      of: at('v1', 'ConfigMap', 'one', 'quiet-two-owners'),
      path: ['metadata', 'labels', 'kustomize.toolkit.fluxcd.io/name'],
      shows: { value: 'app' },
    },
  ),
]
