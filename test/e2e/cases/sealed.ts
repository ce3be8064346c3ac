import { at, cm, DECRYPTION, define, deployment, ks, secret, type Case, type Seal } from './case.ts'
import type { Files } from '../git.ts'

const app = (spec = DECRYPTION) => ks('app', './app', spec)

/** Files of `app/`, with decryption unless `spec` says otherwise. */
const sealed = (
  name: string,
  files: (seal: Seal) => Files,
  spec = DECRYPTION,
  ...effects: Case['effects']
) =>
  define(
    name,
    seal => ({
      'cluster/app.yaml': app(spec),
      ...Object.fromEntries(
        Object.entries(files(seal)).map(([path, content]) => [`app/${path}`, content]),
      ),
    }),
    ...effects,
  )

const JSON_SECRET = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'hidden', namespace: 'NAMESPACE' },
  stringData: { word: 'made up' },
})

const dataSecret = `apiVersion: v1
kind: Secret
metadata:
  name: hidden
  namespace: NAMESPACE
type: Opaque
data:
  word: bWFkZSB1cA==
`

/** Ciphertext in every form and place, and what stands in the way of reading it. */
export const sealedForms: readonly Case[] = [
  sealed('seal-json', seal => ({
    'kustomization.yaml': 'resources: [hidden.sops.json]\n',
    'hidden.sops.json': seal(JSON_SECRET, 'hidden.json'),
  })),
  sealed('seal-data', seal => ({ 'hidden.sops.yaml': seal(dataSecret, 'hidden.yaml') })),
  sealed('seal-binary-file', seal => ({
    'kustomization.yaml':
      'namespace: NAMESPACE\nsecretGenerator: [{ name: made, files: [blob.bin] }]\n',
    'blob.bin': seal('made up bytes\n', 'blob.bin'),
  })),
  sealed('seal-json-file', seal => ({
    'kustomization.yaml':
      'namespace: NAMESPACE\nsecretGenerator: [{ name: made, files: [config.json=token.json] }]\n',
    'token.json': seal('{"token": "made up"}\n', 'token.json'),
  })),
  sealed('seal-docker-config', seal => ({
    'kustomization.yaml': `namespace: NAMESPACE
secretGenerator:
  - name: pull
    type: kubernetes.io/dockerconfigjson
    files: [.dockerconfigjson=pull.dockerconfigjson]
`,
    'pull.dockerconfigjson': seal(
      '{"token":{"registry.example.com":{"auth":"bWFkZTp1cA=="}}}\n',
      'x.json',
    ),
  })),
  sealed('seal-env-in-base', seal => ({
    'kustomization.yaml': 'namespace: NAMESPACE\nresources: [base]\n',
    'base/kustomization.yaml': 'secretGenerator: [{ name: made, envs: [app.env] }]\n',
    'base/app.env': seal('WORD=made-up\n', 'app.env'),
  })),
  sealed('seal-env-in-component', seal => ({
    'kustomization.yaml': 'namespace: NAMESPACE\ncomponents: [part]\n',
    'part/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator: [{ name: made, envs: [app.env] }]\n',
    'part/app.env': seal('WORD=made-up\n', 'app.env'),
  })),
  sealed(
    'seal-env-in-config-map',
    seal => ({
      'kustomization.yaml':
        'namespace: NAMESPACE\ngeneratorOptions: { disableNameSuffixHash: true }\nconfigMapGenerator: [{ name: made, envs: [app.env] }]\n',
      'app.env': seal('WORD=made-up\n', 'app.env'),
    }),
    DECRYPTION,
    {
      code: 'undecrypted-source',
      of: at('v1', 'ConfigMap', 'made', 'seal-env-in-config-map'),
      path: ['data', 'WORD'],
      shows: { begin: 'ENC[' },
    },
  ),
  sealed(
    'seal-disabled',
    seal => ({
      'hidden.sops.yaml': seal(
        secret('hidden', '  word: made up\n').replace(
          'metadata:\n',
          'metadata:\n  annotations: { kustomize.toolkit.fluxcd.io/decrypt: disabled }\n',
        ),
        'hidden.yaml',
      ),
    }),
    DECRYPTION,
    {
      code: 'missing-decryption',
      of: at('v1', 'Secret', 'hidden', 'seal-disabled'),
      path: ['data', 'word'],
      shows: { begin: Buffer.from('ENC[AES256_GCM').toString('base64').slice(0, 16) },
    },
  ),
  sealed('seal-edited-after', seal => ({
    'hidden.sops.yaml': seal(secret('hidden', '  word: made up\n'), 'hidden.yaml').replace(
      /metadata:\n(\s+)name/,
      'metadata:\n$1labels:\n$1    added: later\n$1name',
    ),
  })),
  sealed('seal-two-in-file', seal => ({
    'hidden.sops.yaml': seal(
      `${secret('hidden', '  word: made up\n')}---\n${secret('other', '  word: made up too\n')}`,
      'hidden.yaml',
    ),
  })),
  sealed('seal-named-otherwise', seal => ({
    'kustomization.yaml':
      'namespace: NAMESPACE\nnameSuffix: -x\nresources: [hidden.sops.yaml, web.yaml]\n',
    'hidden.sops.yaml': seal(secret('hidden', '  WORD: made-up\n'), 'hidden.yaml'),
    'web.yaml': deployment('web', '', '          envFrom: [{ secretRef: { name: hidden } }]\n'),
  })),
  sealed('seal-plain-beside', seal => ({
    'hidden.sops.yaml': seal(secret('hidden', '  word: made up\n'), 'hidden.yaml'),
    'one.yaml': cm('one', '  a: b\n'),
  })),
  sealed(
    'seal-without-key',
    seal => ({ 'hidden.sops.yaml': seal(secret('hidden', '  word: made up\n'), 'hidden.yaml') }),
    '  decryption: { provider: sops }\n',
  ),
  sealed(
    'seal-bad-provider',
    seal => ({ 'hidden.sops.yaml': seal(secret('hidden', '  word: made up\n'), 'hidden.yaml') }),
    '  decryption: { provider: vault, secretRef: { name: sops-age } }\n',
  ),
  sealed('seal-patched-in', seal => ({
    'kustomization.yaml': `resources: [hidden.sops.yaml]
patches:
  - target: { kind: Secret }
    patch: '[{"op":"add","path":"/metadata/labels","value":{"team":"red"}}]'
`,
    'hidden.sops.yaml': seal(secret('hidden', '  word: made up\n'), 'hidden.yaml'),
  })),
]
