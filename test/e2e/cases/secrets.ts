import { at, cm, DECRYPTION, define, deployment, ks, secret, type Case } from './case.ts'

const app = (spec = DECRYPTION) => ks('app', './app', spec)

/** Decryption in the places where Flux does it. */
export const secrets: readonly Case[] = [
  define('sops-secret', seal => ({
    'cluster/app.yaml': app(),
    'app/hidden.sops.yaml': seal(secret('hidden', '  user: made\n  word: up\n'), 'hidden.yaml'),
  })),
  define('sops-config-map', seal => ({
    'cluster/app.yaml': app(),
    'app/hidden.sops.yaml': seal(cm('hidden', '  word: made up\n'), 'hidden.yaml'),
  })),
  define('sops-in-overlay', seal => ({
    'cluster/app.yaml': app(),
    'app/kustomization.yaml':
      'resources: [base]\nlabels: [{ pairs: { team: red } }]\nnamePrefix: pre-\n',
    'app/base/kustomization.yaml': 'resources: [hidden.sops.yaml]\n',
    'app/base/hidden.sops.yaml': seal(secret('hidden', '  word: made up\n'), 'hidden.yaml'),
  })),
  define(
    'sops-generator',
    seal => ({
      'cluster/app.yaml': app(),
      'app/kustomization.yaml': `namespace: NAMESPACE
resources: [web.yaml]
secretGenerator:
  - name: files
    files: [token.enc.yaml, plain.txt]
  - name: envs
    envs: [app.enc.env]
`,
      'app/plain.txt': 'plain\n',
      'app/token.enc.yaml': seal('token: made up\n', 'token.enc.yaml'),
      'app/app.enc.env': seal('WORD=made-up\n', 'app.enc.env'),
      'app/web.yaml': deployment('web', '', '          envFrom: [{ secretRef: { name: envs } }]\n'),
    }),
    {
      code: 'plaintext-secret',
      of: at('v1', 'Secret', 'files-bgm6tkgd5d', 'sops-generator'),
      path: ['data', 'plain.txt'],
      shows: { value: Buffer.from('plain\n').toString('base64') },
    },
  ),
  define('sops-patch', seal => ({
    'cluster/app.yaml': app(),
    'app/kustomization.yaml': 'resources: [hidden.yaml]\npatches: [{ path: patch.sops.yaml }]\n',
    'app/hidden.yaml': cm('hidden', '  plain: text\n'),
    'app/patch.sops.yaml': seal(cm('hidden', '  word: made up\n'), 'patch.yaml'),
  })),
]
