// Secrets in what applications, Flux and clusters are configured with.
import { generateKeyPairSync } from 'node:crypto'
import { b64, type Family, type World } from './world.ts'

const object = (api: string, kind: string, rest: string) =>
  `apiVersion: ${api}\nkind: ${kind}\nmetadata:\n  name: sample\n  namespace: flux-system\n${rest}`

const file = ({ dice }: World, ...names: readonly string[]) =>
  `${dice.pick(['apps/web', 'infrastructure', 'clusters/eu'])}/${dice.pick(names.length > 0 ? names : ['release.yaml', 'app.yaml'])}`

const pem = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const release = (values: string) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    `spec:\n  interval: 1h\n  values:\n${values.replaceAll(/^/gm, '    ')}\n`,
  )

const deployment = (container: string) =>
  object(
    'apps/v1',
    'Deployment',
    `spec:\n  template:\n    spec:\n      containers:\n      - name: c\n        image: nginx:1\n${container.replaceAll(/^/gm, '        ')}\n`,
  )

const secretName = ({ dice }: World) =>
  dice.pick([
    'password',
    'adminPassword',
    'clientSecret',
    'apiKey',
    'secretKey',
    'authToken',
    'jwtSecret',
    'encryptionKey',
    'accessKey',
    'rootPassword',
    'smtp_password',
    'passphrase',
  ])

const variable = ({ dice }: World) =>
  dice.pick([
    'DB_PASSWORD',
    'POSTGRES_PASSWORD',
    'JWT_SECRET',
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'API_KEY',
    'SMTP_PASS',
    'REDIS_PASS',
    'APP_SECRET',
    'ENCRYPTION_KEY',
    'MYSQL_PWD',
    'PASSPHRASE',
  ])

const slack = ({ dice }: World) =>
  `https://hooks.slack.com/services/T${dice.token(9).toUpperCase()}/B${dice.token(10).toUpperCase()}/${dice.token(24)}`

export const applications: readonly Family[] = [
  {
    id: 'D01',
    what: 'Helm values',
    make: w => ({
      [file(w)]: release(
        w.dice.pick([
          `auth:\n  ${secretName(w)}: ${w.dice.word()}`,
          `config:\n  users:\n    - name: admin\n      ${secretName(w)}: ${w.dice.word()}`,
          `${secretName(w)}: "${w.dice.password()}"`,
        ]),
      ),
    }),
  },
  {
    id: 'D01b',
    what: 'env in Helm values',
    make: w => ({
      [file(w)]: release(
        w.dice.pick([
          `env:\n  - name: ${variable(w)}\n    value: ${w.dice.word()}`,
          `env:\n  ${variable(w)}: ${w.dice.word()}`,
          `controllers:\n  main:\n    containers:\n      main:\n        env:\n          ${variable(w)}: ${w.dice.word()}`,
        ]),
      ),
    }),
  },
  {
    id: 'D02',
    what: 'values in a ConfigMap',
    make: w => ({
      [file(w)]: object(
        'v1',
        'ConfigMap',
        `data:\n  ${w.dice.pick(['values.yaml', 'override', 'values-prod.yaml'])}: |\n    db:\n      ${secretName(w)}: ${w.dice.word()}\n`,
      ),
    }),
  },
  {
    id: 'D03',
    what: 'a substitution',
    make: w => ({
      [file(w)]: object(
        'kustomize.toolkit.fluxcd.io/v1',
        'Kustomization',
        `spec:\n  path: ./x\n  postBuild:\n    substitute:\n      cluster: prod\n      ${w.dice.pick(['DB_PASSWORD', 'db_password', 'SECRET_TOKEN', 'admin_token', 'secret_key'])}: ${w.dice.word()}\n`,
      ),
    }),
  },
  {
    id: 'D04',
    what: 'a default of a substitution',
    make: w => ({
      [file(w)]: object(
        'v1',
        w.dice.pick(['Secret', 'ConfigMap']),
        `${w.dice.pick(['data', 'data'])}:\n  a: x\nstringData:\n  ${secretName(w)}: \${${variable(w)}${w.dice.pick([':=', ':-', '='])}${w.dice.word()}}\n`,
      ).replace('data:\n  a: x\n', ''),
    }),
  },
  {
    id: 'D06',
    what: 'credentials in a URL',
    make: w => ({
      [file(w)]: object(
        'source.toolkit.fluxcd.io/v1',
        w.dice.pick(['GitRepository', 'HelmRepository', 'OCIRepository', 'Bucket']),
        `spec:\n  url: ${w.dice.pick([`https://bot:${w.dice.word()}@git.example.org/x.git`, `https://x-access-token:${w.dice.token(36)}@github.com/o/r`, `oci://user:${w.dice.token(8)}@reg.example.org/x`])}\n`,
      ),
    }),
  },
  {
    id: 'D06b',
    what: 'a DSN',
    make: w => ({
      [file(w)]: deployment(
        `env:\n- name: ${w.dice.pick(['DATABASE_URL', 'BROKER', 'MONGO'])}\n  value: ${w.dice.pick(['postgres', 'amqp', 'mongodb+srv', 'redis', 'mysql'])}://app:${w.dice.token(10)}@db.example.org/app`,
      ),
    }),
  },
  {
    id: 'D07',
    what: 'a webhook',
    make: w => ({
      [file(w)]: object(
        'notification.toolkit.fluxcd.io/v1beta3',
        'Provider',
        `spec:\n  type: ${w.dice.pick(['slack', 'discord', 'msteams'])}\n  address: ${w.dice.pick([slack(w), `https://discord.com/api/webhooks/${1e17 + w.dice.number(1e9)}/${w.dice.token(68)}`])}\n`,
      ),
    }),
  },
  {
    id: 'D08',
    what: 'env of a container',
    make: w => ({
      [file(w)]: deployment(
        w.dice.pick([
          `env:\n- name: ${variable(w)}\n  value: "${w.dice.password()}"`,
          `env:\n- value: ${w.dice.word()}\n  name: ${variable(w)}`,
        ]),
      ),
    }),
  },
  {
    id: 'D09',
    what: 'an argument',
    make: w => ({
      [file(w)]: deployment(
        w.dice.pick([
          `args: ["--${w.dice.pick(['password', 'token', 'api-key', 'client-secret'])}=${w.dice.word()}"]`,
          `command:\n- /bin/app\n- --${w.dice.pick(['db-password', 'auth-token', 'client-secret'])}\n- ${w.dice.word()}`,
          `command: [sh, -c]\nargs:\n- |\n  export ${variable(w)}=${w.dice.word()}\n  exec /app`,
          `args: [sh, -c, "mysql -u root -p${w.dice.word()} --password=${w.dice.word()}"]`,
        ]),
      ),
    }),
  },
  {
    id: 'D09r',
    what: 'a password of Redis in a line of a shell',
    make: w => ({
      [file(w)]: deployment(
        `args: [sh, -c, "redis-server --${w.dice.pick(['requirepass', 'masterauth'])} ${w.dice.word()}"]`,
      ),
    }),
  },
  {
    id: 'D09t',
    what: 'a text inside an action of a chart',
    make: w => ({
      'chart/templates/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\n${w.dice.pick(
        [
          `data:\n  password: {{ "${w.dice.word()}" | b64enc }}\n`,
          `data:\n  password: {{ b64enc "${w.dice.word()}" }}\n`,
          `stringData:\n  password: {{- "${w.dice.word()}" | quote }}\n`,
          `data:\n  password: "{{ \`${w.dice.word()}\` | b64enc }}"\n`,
        ],
      )}`,
    }),
  },
  {
    id: 'D09b',
    what: 'a Secret in the binary data of a ConfigMap',
    make: w => ({
      [file(w)]: object(
        'v1',
        'ConfigMap',
        `binaryData:\n  m: ${b64(object('v1', 'Secret', `stringData:\n  word: ${w.dice.word()}\n`))}\n`,
      ),
    }),
  },
  {
    id: 'D10',
    what: 'a tunnel secret',
    make: w => ({
      [file(w)]: object(
        'v1',
        'ConfigMap',
        `data:\n  ${w.dice.pick(['credentials.json', 'tunnel.json'])}: '${JSON.stringify({ AccountTag: w.dice.token(32), TunnelID: 'f8a1c9d0-0000-4000-8000-000000000000', TunnelSecret: b64(w.dice.token(32)) })}'\n`,
      ),
    }),
  },
  {
    id: 'D11',
    what: 'a tunnel token',
    make: w => ({
      [file(w)]: deployment(
        `args: [tunnel, run]\nenv:\n- name: TUNNEL_ARG\n  value: ${b64(JSON.stringify({ a: w.dice.token(32), t: 'f8a1c9d0-1111-4000-8000-000000000000', s: b64(w.dice.token(32)) }))}`,
      ),
    }),
  },
  {
    id: 'D12',
    what: 'a Secret with the age key',
    make: w => ({
      [file(w, 'sops-age.yaml')]: object(
        'v1',
        'Secret',
        w.dice.pick([
          `data:\n  age.agekey: ${b64(`${w.identity}\n`)}\n`,
          `stringData:\n  identity.agekey: |\n    # created: now\n    ${w.identity}\n`,
        ]),
      ),
    }),
  },
  {
    id: 'D13',
    what: 'a template of a SealedSecret',
    make: w => ({
      [file(w)]: object(
        'bitnami.com/v1alpha1',
        'SealedSecret',
        `spec:\n  encryptedData:\n    x: AgA${w.dice.token(200)}\n  template:\n    metadata: {name: x}\n    data:\n      config.yml: |\n        token: ${w.dice.word()}\n`,
      ),
    }),
  },
  {
    id: 'D14',
    what: 'a template of an ExternalSecret',
    make: w => ({
      [file(w)]: object(
        `external-secrets.io/${w.dice.pick(['v1', 'v1beta1'])}`,
        w.dice.pick(['ExternalSecret']),
        `spec:\n  secretStoreRef: {name: v}\n  target:\n    template:\n      engineVersion: v2\n      data:\n        user: "{{ .user }}"\n        pass: ${w.dice.word()}\n  data: []\n`,
      ),
    }),
  },
  {
    id: 'D15',
    what: 'a kubeconfig, a service account',
    make: w =>
      w.dice.pick([
        {
          'ops/kubeconfig': `apiVersion: v1\nkind: Config\nclusters: []\nusers:\n- name: admin\n  user:\n    client-certificate-data: ${b64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')}\n    client-key-data: ${b64(pem())}\n`,
        },
        {
          'ops/admin.conf': `apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    username: admin\n    password: ${w.dice.word()}\n`,
        },
        {
          'ops/gcp.json': JSON.stringify(
            {
              type: 'service_account',
              project_id: 'p',
              private_key_id: w.dice.token(20),
              private_key: pem(),
              client_email: 'a@p.iam',
            },
            undefined,
            2,
          ),
        },
        {
          'ops/azure.json': JSON.stringify({
            appId: 'x',
            displayName: 'y',
            password: w.dice.token(34),
            tenant: 'z',
          }),
        },
      ]),
  },
  {
    id: 'D16',
    what: 'credentials of a registry',
    make: w =>
      w.dice.pick([
        {
          [file(w)]: object(
            'v1',
            'Secret',
            `type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${b64(JSON.stringify({ auths: { 'ghcr.io': { auth: b64(`bot:${w.dice.token(12)}`) } } }))}\n`,
          ),
        },
        {
          '.docker/config.json': JSON.stringify({
            auths: { 'ghcr.io': { username: 'bot', password: w.dice.word() } },
          }),
        },
        { '.npmrc': `//registry.npmjs.org/:_authToken=${w.dice.token(36)}\n` },
        { '.netrc': `machine git.example.org login bot password ${w.dice.token(12)}\n` },
      ]),
  },
  {
    id: 'D17',
    what: 'the key of the sealed-secrets controller',
    make: w => ({
      [file(w, 'main.key.yaml')]: object(
        'v1',
        'Secret',
        `type: kubernetes.io/tls\ndata:\n  tls.crt: ${b64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')}\n  tls.key: ${b64(pem())}\n`,
      ).replace(
        'namespace:',
        'labels: {sealedsecrets.bitnami.com/sealed-secrets-key: active}\n  namespace:',
      ),
    }),
  },
  {
    id: 'D18',
    what: 'a SopsSecret',
    make: w => ({
      [file(w)]: object(
        'isindir.github.com/v1alpha3',
        'SopsSecret',
        `spec:\n  secretTemplates:\n    - name: a\n      ${w.dice.pick(['stringData', 'data'])}:\n        k: ${b64(w.dice.word())}\n`,
      ),
    }),
  },
  {
    id: 'D19',
    what: 'inputs of a ResourceSet',
    make: w => ({
      [file(w)]: object(
        'fluxcd.controlplane.io/v1',
        'ResourceSet',
        `spec:\n  inputs:\n    - tenant: a\n      ${w.dice.pick(['token', 'apiToken', 'dbPassword'])}: ${w.dice.word()}\n  resources: []\n`,
      ),
    }),
  },
  {
    id: 'D20',
    what: 'a workflow',
    make: w => ({
      '.github/workflows/deploy.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      ${w.dice.pick([`SOPS_AGE_KEY: ${w.identity}`, `DEPLOY_TOKEN: ${w.dice.token(20)}`, `DB_PASSWORD: ${w.dice.word()}`])}\n    steps: []\n`,
    }),
  },
  {
    id: 'D21',
    what: 'a Terraform file',
    make: w => ({
      'tf/prod.auto.tfvars': `region = "eu"\n${w.dice.pick(['db_password', 'api_token', 'client_secret'])} = "${w.dice.token(12)}"\n`,
    }),
  },
  {
    id: 'D22',
    what: 'a dotenv file in plain',
    make: w => ({
      [w.dice.pick([
        '.env',
        'a/prod.env',
        '.env.local',
      ])]: `DEBUG=1\n${variable(w)}=${w.dice.token(11)}\n`,
    }),
  },
]
