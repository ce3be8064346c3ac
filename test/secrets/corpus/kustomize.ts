// Secrets that kustomize makes, and that Flux would apply.
import { kubernetes, sopsYaml } from '../writer.ts'
import { b64, type Family, type Files, type World } from './world.ts'

const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'

const folder = ({ dice }: World) => dice.pick(['apps/base', 'infra', 'deploy/overlays/prod', 'k8s'])

const made = (w: World, text: string, files: Files = {}): Files => {
  const at = folder(w)
  const name = w.dice.pick(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])
  return Object.fromEntries([
    [`${at}/${name}`, head + text],
    ...Object.entries(files).map(([path, content]) => [`${at}/${path}`, content] as const),
  ])
}

const name = ({ dice }: World) => dice.pick(['PGPASSWORD', 'admin-user', 'KEY', 'license', 'a.b'])

const object = (w: World, kind: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${w.dice.word()}\n${rest}`

export const kustomize: readonly Family[] = [
  {
    id: 'C01',
    what: 'a literal of a secretGenerator',
    make: w =>
      made(
        w,
        `secretGenerator:\n  - name: ${w.dice.name()}\n    type: Opaque\n    literals:\n      - ${name(w)}=${w.dice.token(9)}\n`,
      ),
  },
  {
    id: 'C02',
    what: 'envs',
    make: w =>
      made(
        w,
        `secretGenerator:\n  - name: e\n    envs:\n      - conf/${w.dice.pick(['prod.env', 'vars', '.secrets'])}\n`.replace(
          /conf\/(.*)/,
          (_, f: string) => `conf/${f}`,
        ),
        {
          'conf/prod.env': `# vars\n${name(w)}=${w.dice.word()}\n`,
          'conf/vars': `${name(w)}=${w.dice.word()}\n`,
          'conf/.secrets': `${name(w)}=${w.dice.word()}\n`,
        },
      ),
  },
  {
    id: 'C03',
    what: 'files',
    make: w =>
      made(w, `secretGenerator:\n  - name: f\n    files: [htpasswd, cert=tls/x.key]\n`, {
        htpasswd: `admin:${w.dice.password()}\n`,
        'tls/x.key': w.dice.password(),
      }),
  },
  {
    id: 'C04',
    what: 'a literal of a configMapGenerator',
    make: w =>
      made(
        w,
        `configMapGenerator:\n  - name: c\n    literals:\n      - LOG_LEVEL=info\n      - ${w.dice.pick(['MYSQL_ROOT_PASSWORD', 'GITHUB_TOKEN', 'API_KEY', 'smtp-password', 'client_secret'])}=${w.dice.token(10)}\n`,
      ),
  },
  {
    id: 'C05',
    what: 'a configMapGenerator of a SOPS file',
    make: w =>
      made(w, `configMapGenerator:\n  - name: c\n    files:\n      - settings=enc.yaml\n`, {
        'enc.yaml': sopsYaml(
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 's' },
            stringData: { a: w.dice.word() },
          },
          w.to,
          kubernetes,
        ),
      }),
  },
  {
    id: 'C06',
    what: 'an inline JSON patch',
    make: w =>
      made(
        w,
        `patches:\n  - target:\n      kind: Secret\n      name: db\n    patch: |\n      [{"op": "replace", "path": "/stringData/${name(w)}", "value": ${JSON.stringify(w.dice.password())}}]\n`,
      ),
  },
  {
    id: 'C06b',
    what: 'an inline JSON patch of all data',
    make: w =>
      made(
        w,
        `patches:\n  - target:\n      version: v1\n      kind: Secret\n    patch: |-\n      - op: ${w.dice.pick(['add', 'replace'])}\n        path: /data\n        value:\n          a: ${b64(w.dice.password())}\n`,
      ),
  },
  {
    id: 'C07',
    what: 'a merge patch',
    make: w =>
      made(w, 'patches:\n  - path: patch.yaml\n', {
        'patch.yaml': object(w, 'Secret', `data:\n  ${name(w)}: ${b64(w.dice.word())}\n`),
      }),
  },
  {
    id: 'C08',
    what: 'a JSON patch file',
    make: w =>
      made(w, 'patches:\n  - path: p.json\n    target:\n      kind: Secret\n', {
        'p.json': JSON.stringify([
          { op: 'add', path: `/data/${name(w).replaceAll('/', '~1')}`, value: b64(w.dice.word()) },
        ]),
      }),
  },
  {
    id: 'C08b',
    what: 'a JSON patch file of patchesJson6902',
    make: w =>
      made(
        w,
        'patchesJson6902:\n  - path: p.yaml\n    target: {version: v1, kind: Secret, name: s}\n',
        {
          'p.yaml': `- op: add\n  path: /stringData/pw\n  value: ${w.dice.word()}\n`,
        },
      ),
  },
  {
    id: 'C09',
    what: 'a replacement',
    make: w =>
      made(
        w,
        `resources: [all.yaml]\nreplacements:\n  - source: {kind: ConfigMap, name: src, fieldPath: data.${w.dice.pick(['value', 'zone'])}}\n    targets:\n      - select: {kind: Secret, name: dst}\n        fieldPaths: [stringData.pw]\n        options: {create: true}\n`,
        {
          'all.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: src}\ndata: {value: ${w.dice.word()}, zone: ${w.dice.word()}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: dst}\n`,
        },
      ),
  },
  {
    id: 'C10',
    what: 'legacy fields',
    make: w =>
      made(
        w,
        w.dice.pick([
          `secretGenerator:\n  - name: a\n    env: a.list\n`,
          'patchesStrategicMerge:\n  - b.yaml\n',
          `patchesStrategicMerge:\n  - |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: b}\n    stringData: {c: ${w.dice.word()}}\n`,
        ]),
        {
          'a.list': `TOKEN=${w.dice.token(12)}\n`,
          'b.yaml': object(w, 'Secret', `stringData: {pass: ${w.dice.word()}}\n`),
        },
      ),
  },
  {
    id: 'C11',
    what: 'a generator of its own file',
    make: w =>
      made(w, 'generators: [gen.yaml]\n', {
        'gen.yaml': `apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: g}\ntype: Opaque\n${w.dice.pick([`literals:\n- k=${w.dice.word()}\n`, `literals: ["k=${w.dice.word()}"]\n`])}`,
      }),
  },
  {
    id: 'C12',
    what: 'a name that lies',
    make: w =>
      made(
        w,
        `secretGenerator:\n  - name: a\n    files:\n      - ${w.dice.pick(['key.sops.yaml', 'secret.enc.json', 'data.age'])}=plain.sops.yaml\n`,
        {
          'plain.sops.yaml': `value: ${w.dice.word()}\n`,
        },
      ),
  },
  {
    id: 'C13',
    what: 'inline chart values',
    make: w =>
      made(
        w,
        `helmCharts:\n  - name: redis\n    repo: https://charts.example.org\n    version: 1.2.3\n    releaseName: r\n    valuesInline:\n      ${w.dice.pick(['auth', 'global'])}:\n        ${w.dice.pick(['password', 'adminPassword', 'rootPassword'])}: ${w.dice.word()}\n`,
      ),
  },
  {
    id: 'C14',
    what: 'a component',
    make: w => {
      const at = folder(w)
      return {
        [`${at}/kustomization.yaml`]: `${head}components: [../components/pw]\n`.replace(
          '../components',
          at.includes('/') ? '../components' : './components',
        ),
        [`${at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : at}/components/pw/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator:\n- name: z\n  literals:\n  - "k=${w.dice.word()}"\n`,
      }
    },
  },
  {
    id: 'C15',
    what: 'a value that rendering moves into a Secret',
    make: w => ({
      'clusters/a/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 10m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n',
      'apps/kustomization.yaml': `${head}resources: [secret.yaml]\npatches:\n- target: {name: .*-creds}\n  patch: |-\n    - op: replace\n      path: /stringData/${w.dice.pick(['user', 'a'])}\n      value: ${w.dice.word()}\n`,
      'apps/secret.yaml': sopsYaml(
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'x-creds' },
          stringData: { user: 'u', a: 'b' },
        },
        w.to,
        kubernetes,
      ),
    }),
  },
]
