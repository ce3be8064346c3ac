// Secrets that nobody encrypted, in every spelling of a manifest.
import { b64, type Family, type World } from './world.ts'

const header = ({ dice }: World, kind = 'kind: Secret') =>
  `apiVersion: v1\n${kind}\nmetadata:\n  name: ${dice.name()}\n  namespace: ${dice.word()}\ntype: Opaque\n`

const field = ({ dice }: World) =>
  dice.pick(['admin-password', 'DATABASE_DSN', 'secret.key', 'rootUser', 'value', 'conf', 'x-y'])

const quoted = (world: World) => JSON.stringify(world.dice.password())

const plain = (world: World, kind?: string) =>
  `${header(world, kind)}stringData:\n  ${field(world)}: ${quoted(world)}\n`

const path = ({ dice }: World, extension = dice.pick(['yaml', 'yml'])) =>
  `${dice.pick(['apps', 'infra/controllers', 'clusters/prod', 'tenants/a/b'])}/${dice.pick(['secret', 'credentials', 'db', 'resources'])}.${extension}`

const other = (world: World, kind: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${world.dice.name()}\n${rest}`

const indent = (text: string, by: string) => text.trimEnd().replaceAll(/^(?=.)/gm, by)

export const kubernetes: readonly Family[] = [
  { id: 'A01', what: 'stringData', make: w => ({ [path(w)]: plain(w) }) },
  {
    id: 'A02',
    what: 'data in base64',
    make: w => ({
      [path(w)]:
        `${header(w)}data:\n  ${field(w)}: ${b64(w.dice.password())}\n  b: ${b64(w.dice.token(40))}\n`,
    }),
  },
  {
    id: 'A03',
    what: 'a short value',
    make: w => ({
      [path(w)]: `${header(w)}data:\n  code: ${b64(`${w.dice.number(900) + 100}`)}\n`,
    }),
  },
  {
    id: 'A04',
    what: 'kind behind long data',
    make: w => ({
      [path(w)]:
        `data:\n${[1, 2, 3].map(i => `  k${i}: ${b64(w.dice.token(300))}\n`).join('')}metadata: {name: ${w.dice.name()}}\nkind: Secret\napiVersion: v1\n`,
    }),
  },
  {
    id: 'A05',
    what: 'far apart',
    make: w => ({
      [path(w)]:
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    description: "${`${w.dice.word()} `.repeat(200)}"\nstringData:\n  p: ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A06',
    what: 'JSON',
    make: w => ({
      [path(w, 'json')]: JSON.stringify(
        {
          kind: 'Secret',
          apiVersion: 'v1',
          metadata: { name: w.dice.name() },
          data: { [field(w)]: b64(w.dice.password()) },
        },
        undefined,
        w.dice.pick([0, 2, '\t']),
      ),
    }),
  },
  {
    id: 'A07',
    what: 'a tagged kind',
    make: w => ({
      [path(w)]: plain(
        w,
        w.dice.pick([
          'kind: !!str Secret',
          'kind: !<tag:yaml.org,2002:str> Secret',
          '!!str kind: Secret',
        ]),
      ),
    }),
  },
  {
    id: 'A08',
    what: 'a flow one-liner',
    make: w => ({
      [path(w)]:
        `{ kind: Secret, metadata: { name: q }, stringData: { ${field(w)}: ${quoted(w)} }, apiVersion: v1 }\n`,
    }),
  },
  {
    id: 'A09',
    what: 'a List',
    make: w => ({
      [path(w)]:
        `apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: z}\n${indent(plain(w), '    ').replace('    ', '  - ')}\n`,
    }),
  },
  {
    id: 'A10',
    what: 'a SecretList',
    make: w => ({
      [path(w)]:
        `kind: SecretList\napiVersion: v1\nitems:\n- metadata:\n    name: ${w.dice.name()}\n  data:\n    ${field(w)}: ${b64(w.dice.password())}\n`,
    }),
  },
  {
    id: 'A11',
    what: 'a second document',
    make: w => ({ [path(w)]: `---\n${other(w, 'Namespace', '')}---\n# next\n---\n${plain(w)}` }),
  },
  {
    id: 'A12',
    what: 'an alias as value',
    make: w => ({
      [path(w)]:
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: n\n  labels:\n    app: &v ${quoted(w)}\nstringData:\n  ${field(w)}: *v\n`,
    }),
  },
  {
    id: 'A13',
    what: 'a merge key',
    make: w => ({
      [path(w)]:
        `.base: &base\n  kind: Secret\n  stringData:\n    ${field(w)}: ${quoted(w)}\napiVersion: v1\nmetadata: {name: m}\n<<: [*base]\n`,
    }),
  },
  {
    id: 'A14',
    what: 'an alias as kind',
    make: w => ({
      [path(w)]:
        `x: &s Secret\napiVersion: v1\nkind: *s\nmetadata: {name: m}\nstringData:\n  ${field(w)}: ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A15',
    what: 'a block scalar',
    make: w => ({
      [path(w)]:
        `${header(w)}stringData:\n  settings.toml: ${w.dice.pick(['|', '|-', '>+', '|2'])}\n    [db]\n    pw = ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A16',
    what: 'an odd extension',
    make: w => ({
      [path(
        w,
        w.dice.pick([
          'yaml.orig',
          'txt',
          'yaml~',
          'tpl',
          'disabled',
          'gotmpl',
          'YAML',
          'md.bak',
          'yaml.example',
        ]),
      )]: plain(w),
    }),
  },
  {
    id: 'A17',
    what: 'a manifest in a ConfigMap',
    make: w => ({
      [path(w)]: other(
        w,
        'ConfigMap',
        `data:\n  ${w.dice.pick(['all.yaml', 'manifest', 'init.yml'])}: |\n${indent(plain(w), '    ')}\n`,
      ),
    }),
  },
  {
    id: 'A18',
    what: 'a manifest in Helm values',
    make: w => ({
      [path(w)]:
        `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${w.dice.name()}\nspec:\n  values:\n    ${w.dice.pick(['extraDeploy', 'extraManifests', 'extraObjects', 'rawResources'])}:\n      - ${w.dice.pick(['|', '|-'])}\n${indent(plain(w), '        ')}\n`,
    }),
  },
  {
    id: 'A19',
    what: 'UTF-16',
    make: w => {
      const le = Buffer.from(`\ufeff${plain(w)}`, 'utf16le')
      return { [path(w)]: w.dice.number(2) === 0 ? le : le.swap16() }
    },
  },
  {
    id: 'A20',
    what: 'a trailing comment',
    make: w => ({ [path(w)]: plain(w, 'kind: Secret   # fine, generated') }),
  },
  {
    id: 'A21',
    what: 'quoted keys',
    make: w => ({
      [path(w)]:
        `'apiVersion': 'v1'\n"kind": 'Secret'\n'stringData':\n  "${field(w)}": ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A22',
    what: 'many blanks',
    make: w => ({
      [path(w)]: plain(w, 'kind :   Secret').replace('stringData:', 'stringData  :'),
    }),
  },
  {
    id: 'A23',
    what: 'last-applied',
    make: w => ({
      [path(w)]:
        `apiVersion: v1\nkind: Secret\nmetadata:\n  name: l\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'l' }, data: { [field(w)]: b64(w.dice.password()) } })}'\n`,
    }),
  },
  {
    id: 'A24',
    what: 'an escape in kind',
    make: w => ({
      [path(w)]: plain(
        w,
        w.dice.pick([
          'kind: "Sec\\u0072et"',
          'kind: "Se\\x63ret"',
          '"k\\x69nd": Secret',
          'kind: "Sec\\\n  ret"',
        ]),
      ),
    }),
  },
  {
    id: 'A25',
    what: 'an explicit key',
    make: w => ({
      [path(w)]:
        `? apiVersion\n: v1\n? kind\n: Secret\n? stringData\n: ? ${field(w)}\n  : ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A26',
    what: 'a field twice',
    make: w => ({
      [path(w)]:
        `${header(w)}stringData:\n  ${field(w)}: \${FROM_VAULT}\nstringData:\n  ${field(w)}: ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A27',
    what: 'no apiVersion, another, generateName',
    make: w => ({
      [path(w)]:
        `${w.dice.pick(['', 'apiVersion: v2\n', 'apiVersion: core/v1\n'])}kind: Secret\nmetadata:\n  generateName: g-\nstringData:\n  ${field(w)}: ${quoted(w)}\n`,
    }),
  },
  {
    id: 'A28',
    what: 'bootstrap tokens',
    make: w => ({
      [path(w)]:
        `apiVersion: v1\nkind: Secret\ntype: bootstrap.kubernetes.io/token\nmetadata: {name: bootstrap-token-abcdef}\nstringData:\n  token-id: abcdef\n  token-secret: ${w.dice.token(16).toLowerCase()}\n`,
    }),
  },
]
