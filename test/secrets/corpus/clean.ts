// Files that look like leaks and are none: every one of them is in some healthy repository.
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { everything, kubernetes, sopsBinary, sopsEnv, sopsJson, sopsYaml } from '../writer.ts'
import { random } from './keys.ts'
import { b64, type Family, type World } from './world.ts'

const hash = (text: string, kind = 'sha256') => createHash(kind).update(text)

const object = (api: string, kind: string, rest: string) =>
  `apiVersion: ${api}\nkind: ${kind}\nmetadata:\n  name: sample\n  namespace: apps\n${rest}`

const rule = (w: World) =>
  `creation_rules:\n    - path_regex: .*\\.sops\\.ya?ml$\n      encrypted_regex: ^(data|stringData)$\n      age: ${w.to.ages[0]?.recipient}\n    - age: ${w.to.ages[0]?.recipient}\n`

const certificate = () => {
  const body = randomBytes(700).toString('base64').replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
}

export const clean: readonly Family[] = [
  {
    id: 'K00',
    what: 'public JSON Web Keys, actions with names in them, binary data',
    make: w => ({
      'jwks.json': JSON.stringify({
        keys: [
          {
            ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
              format: 'jwk',
            }),
            use: 'sig',
          },
        ],
      }),
      'chart/templates/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  password: {{ index .Values "${w.dice.word()}" | b64enc }}\n  token: {{ required "a token is needed" .Values.token | b64enc }}\n  old: {{ (lookup "v1" "Secret" .Release.Namespace "x").data.old }}\n  made: {{ randAlphaNum 32 | b64enc | quote }}\n`,
      'logo.yaml': object('v1', 'ConfigMap', `binaryData:\n  logo.png: ${b64(randomBytes(300))}\n`),
    }),
  },
  {
    id: 'K01',
    what: 'encrypted files of all formats',
    make: w => ({
      '.sops.yaml': rule(w),
      'a/s.sops.yaml': sopsYaml(
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: w.dice.name(), labels: { 'app.kubernetes.io/name': w.dice.word() } },
          type: 'Opaque',
          stringData: {
            [w.dice.word()]: w.dice.password(),
            port: '8080',
            on: 'true',
            conf: 'a: b\nc: d\n',
          },
        },
        w.to,
        kubernetes,
      ),
      'a/v.yaml': sopsYaml(
        {
          auth: {
            password: w.dice.password(),
            port: 1234,
            list: ['a', 'b', { c: 1.5 }],
            yes: true,
            none: null,
            empty: '',
          },
        },
        w.to,
        everything,
      ),
      'a/v.json': sopsJson({ password: w.dice.password(), n: 7 }, w.to),
      'a/v.env': sopsEnv({ PASSWORD: w.dice.password(), B: '' }, w.to),
      'a/tls.key': sopsBinary(
        generateKeyPairSync('ed25519')
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
        w.to,
      ),
    }),
  },
  {
    id: 'K02',
    what: 'values that name Secrets',
    make: w => ({
      'r.yaml': object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        `spec:\n  valuesFrom:\n    - kind: Secret\n      name: ${w.dice.name()}\n      valuesKey: password\n      targetPath: auth.password\n  values:\n    auth:\n      existingSecret: ${w.dice.name()}-credentials\n      existingSecretPasswordKey: password\n      passwordSecretName: db\n      secretKeys:\n        adminPasswordKey: postgres-password\n        userPasswordKey: password\n      usePasswordFiles: true\n      enablePasswordAuth: false\n    adminUser: admin\n    tokenSecretRef:\n      name: tok\n      key: token\n    imagePullSecrets: [regcred]\n    tls:\n      secretName: web-tls\n      certManager: true\n    password: ""\n    apiKey: null\n    secret:\n      create: false\n      name: ${w.dice.name()}\n    passwordPolicy: strong\n    tokenTTL: 3600\n    minPasswordLength: 12\n    secretProvider: vault\n    passwordFile: /run/secrets/db\n    csrfTokenHeader: X-CSRF-Token\n    privateKeySecretRef: {name: letsencrypt}\n    accessKeyId: \${ACCESS_KEY_ID}\n`,
      ),
    }),
  },
  {
    id: 'K03',
    what: 'a deployment that refers',
    make: w => ({
      'd.yaml': object(
        'apps/v1',
        'Deployment',
        `spec:\n  template:\n    metadata:\n      annotations:\n        checksum/secret: ${hash(w.dice.word()).digest('hex')}\n        secret.reloader.stakater.com/reload: "${w.dice.name()}"\n    spec:\n      automountServiceAccountToken: false\n      serviceAccountName: token-reviewer\n      containers:\n        - name: c\n          image: ghcr.io/o/i@sha256:${hash(w.dice.word()).digest('hex')}\n          args: [--password-file=/etc/pw, --token-ttl=1h, --secret-name=db, --tls-private-key-file, /certs/tls.key, "--api-key=$(API_KEY)", "--auth-token=\${TOKEN}"]\n          env:\n            - name: DB_PASSWORD\n              valueFrom:\n                secretKeyRef: {name: db, key: password}\n            - name: DB_PASSWORD_FILE\n              value: /run/secrets/password\n            - name: SECRET_NAME\n              value: db-credentials\n            - name: TOKEN_EXPIRY\n              value: "3600"\n            - name: PASSWORD_RESET_URL\n              value: https://example.org/reset\n            - name: AWS_SECRET_NAME\n              value: prod/db\n            - name: VAULT_TOKEN_PATH\n              value: /vault/token\n            - name: KEYCLOAK_PUBLIC_KEY\n              value: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n            - name: OAUTH_TOKEN_URL\n              value: https://sso.example.org/token\n            - name: ENABLE_PASSWORD_LOGIN\n              value: "true"\n          envFrom:\n            - secretRef: {name: env}\n          volumeMounts:\n            - {name: secret, mountPath: /secrets}\n      volumes:\n        - name: secret\n          secret: {secretName: db, items: [{key: password, path: pw}]}\n        - name: tok\n          projected:\n            sources:\n              - serviceAccountToken: {path: token, expirationSeconds: 3600, audience: vault}\n`,
      ),
    }),
  },
  {
    id: 'K04',
    what: 'a Grafana dashboard',
    make: w => ({
      'dash.json': JSON.stringify(
        {
          __inputs: [{ name: 'DS_PROMETHEUS', type: 'datasource' }],
          annotations: { list: [] },
          uid: w.dice.token(9),
          panels: [
            {
              datasource: { type: 'prometheus', uid: '${DS_PROMETHEUS}' },
              title: 'Token requests',
              targets: [
                {
                  expr: 'sum(rate(token_requests_total{secret="true"}[5m])) by (password_type)',
                  refId: 'A',
                },
              ],
              fieldConfig: { overrides: [{ matcher: { id: 'byName', options: 'Passwords' } }] },
            },
          ],
          templating: {
            list: [
              {
                name: 'secret',
                query: 'label_values(kube_secret_info, secret)',
                current: { text: 'All', value: '$__all' },
              },
            ],
          },
        },
        undefined,
        2,
      ),
      'cm.yaml': object(
        'v1',
        'ConfigMap',
        `data:\n  d.json: |\n    {"panels":[{"title":"Password age","targets":[{"expr":"password_age"}]}],"uid":"${w.dice.token(9)}","apiKey":""}\n`,
      ),
    }),
  },
  {
    id: 'K05',
    what: 'a CRD',
    make: w => ({
      'crd.yaml': `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: dbs.example.org\nspec:\n  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n        properties:\n          spec:\n            properties:\n              password:\n                description: 'the password, for example hunter2; kind: Secret'\n                type: string\n                default: ${w.dice.word()}\n              tokenSecretRef:\n                required: [name, key]\n                properties:\n                  key: {type: string, default: token}\n              apiKey:\n                type: string\n                pattern: ^[a-z0-9]{32}$\n                enum: [none, auto]\n              stringData:\n                additionalProperties: {type: string}\n                example: {password: secret}\n`,
    }),
  },
  {
    id: 'K06',
    what: 'lock files and checksums',
    make: w => ({
      'package-lock.json': JSON.stringify(
        {
          packages: Object.fromEntries(
            Array.from({ length: 40 }, (_, i) => [
              `node_modules/${w.dice.word()}${i}`,
              {
                version: '1.0.0',
                resolved: `https://registry.npmjs.org/x/-/x-${i}.tgz`,
                integrity: `sha512-${hash(`${i}`, 'sha512').digest('base64')}`,
              },
            ]),
          ),
        },
        undefined,
        2,
      ),
      'go.sum': Array.from(
        { length: 40 },
        (_, i) =>
          `example.org/${w.dice.word()}/m${i} v1.${i}.0 h1:${hash(`g${i}`).digest('base64')}\n`,
      ).join(''),
      SHA256SUMS: Array.from(
        { length: 40 },
        (_, i) => `${hash(`s${i}`).digest('hex')}  file-${i}.tar.gz\n`,
      ).join(''),
      'Cargo.lock': Array.from(
        { length: 9 },
        (_, i) =>
          `[[package]]\nname = "token-${i}"\nversion = "1.0.0"\nchecksum = "${hash(`c${i}`).digest('hex')}"\n`,
      ).join('\n'),
      'flake.lock': JSON.stringify({
        nodes: {
          n: {
            locked: {
              narHash: `sha256-${hash('n').digest('base64')}`,
              rev: hash('r', 'sha1').digest('hex'),
            },
          },
        },
      }),
      'aqua-checksums.json': JSON.stringify({
        checksums: [
          { id: 'x', checksum: hash('q').digest('hex').toUpperCase(), algorithm: 'sha256' },
        ],
      }),
      '.terraform.lock.hcl': `provider "x" {\n  hashes = [\n    "h1:${hash('t').digest('base64')}",\n    "zh:${hash('z').digest('hex')}",\n  ]\n}\n`,
      'mise.lock': `[[tools]]\nchecksum = "sha256:${hash('m').digest('hex')}"\n`,
    }),
  },
  {
    id: 'K07',
    what: 'public material',
    make: w => ({
      'ca.yaml': object(
        'v1',
        'ConfigMap',
        `data:\n  ca.crt: |\n${certificate().replaceAll(/^(?=.)/gm, '    ')}`,
      ),
      'secret-ca.yaml': object(
        'v1',
        'Secret',
        `data:\n  ca.crt: ${b64(certificate() + certificate())}\n  pub.pem: ${b64(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString())}\n`,
      ),
      known_hosts: `github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${w.dice.token(43)}\n`,
      'flux.yaml': object(
        'v1',
        'Secret',
        `stringData:\n  known_hosts: |\n    github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBB${w.dice.token(80)}=\n`,
      ).replace(/^/, ''),
      'cosign.pub': generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .publicKey.export({ type: 'spki', format: 'pem' })
        .toString(),
      'recipients.txt': `# public key: ${w.to.ages[0]?.recipient}\n${w.foreign.ages[0]?.recipient}\nssh-rsa AAAAB3NzaC1yc2E${w.dice.token(300)} me@host\n`,
      'webhook.yaml': object(
        'admissionregistration.k8s.io/v1',
        'ValidatingWebhookConfiguration',
        `webhooks:\n- name: a.b.c\n  clientConfig:\n    caBundle: ${b64(certificate())}\n`,
      ),
    }),
  },
  {
    id: 'K08',
    what: 'sealed elsewhere',
    make: w => ({
      'ss.yaml': object(
        'bitnami.com/v1alpha1',
        'SealedSecret',
        `spec:\n  encryptedData:\n    password: AgB${randomBytes(400).toString('base64')}\n  template:\n    type: Opaque\n    metadata: {name: x}\n`,
      ),
      'es.yaml': object(
        'external-secrets.io/v1',
        'ExternalSecret',
        `spec:\n  refreshInterval: 1h\n  secretStoreRef: {kind: ClusterSecretStore, name: onepassword}\n  target:\n    name: x\n    template:\n      data:\n        password: "{{ .password }}"\n        KOPIA_FS_PATH: /repository\n        INIT_POSTGRES_DBNAME: atuin\n        INIT_POSTGRES_HOST: postgres16-rw.database.svc.cluster.local\n        PORT: "5432"\n        ENDPOINT: https://s3.example.org:9000/backups\n        url: "postgres://{{ .user }}:{{ .password }}@db:5432/app"\n        config.yaml: |\n          db:\n            password: {{ .password | quote }}\n  dataFrom:\n    - extract: {key: ${w.dice.word()}}\n  data:\n    - secretKey: password\n      remoteRef: {key: db, property: password}\n`,
      ),
      'ks.yaml': object(
        'kustomize.toolkit.fluxcd.io/v1',
        'Kustomization',
        `spec:\n  postBuild:\n    substitute:\n      CLUSTER: main\n      SECRET_DOMAIN: ${w.dice.word()}.example.org\n`,
      ),
      'css.yaml': object(
        'external-secrets.io/v1',
        'ClusterSecretStore',
        `spec:\n  provider:\n    onepassword:\n      connectHost: http://op:8080\n      auth:\n        secretRef:\n          connectTokenSecretRef: {name: op, key: token, namespace: es}\n    vault:\n      server: https://vault\n      auth:\n        kubernetes: {mountPath: kubernetes, role: r}\n`,
      ),
      'spc.yaml': object(
        'secrets-store.csi.x-k8s.io/v1',
        'SecretProviderClass',
        `spec:\n  provider: azure\n  secretObjects:\n  - data: [{key: password, objectName: db-password}]\n    secretName: x\n    type: Opaque\n  parameters:\n    keyvaultName: kv\n    objects: |\n      array:\n        - |\n          objectName: db-password\n          objectType: secret\n`,
      ),
      'vss.yaml': object(
        'secrets.hashicorp.com/v1beta1',
        'VaultStaticSecret',
        `spec:\n  mount: kv\n  path: db/password\n  destination: {name: db, create: true}\n`,
      ),
      'issuer.yaml': object(
        'cert-manager.io/v1',
        'ClusterIssuer',
        `spec:\n  acme:\n    email: a@example.org\n    privateKeySecretRef: {name: le}\n    solvers:\n    - dns01:\n        cloudflare:\n          apiTokenSecretRef: {name: cf, key: api-token}\n`,
      ),
    }),
  },
  {
    id: 'K09',
    what: 'Secrets without data',
    make: () => ({
      's.yaml': [
        object('v1', 'Secret', 'type: kubernetes.io/service-account-token\n'),
        object('v1', 'Secret', 'immutable: true\ntype: Opaque\ndata: {}\n'),
        object('v1', 'Secret', 'stringData:\n  a: ""\n  b: ${B}\n  c: "${C:=}"\n'),
        '$patch: delete\napiVersion: v1\nkind: Secret\nmetadata:\n  name: old\n',
      ].join('---\n'),
    }),
  },
  {
    id: 'K10',
    what: 'placeholders and documentation',
    make: w => ({
      'docs/keys.md': `Put \`AGE-SECRET-KEY-1${'X'.repeat(58)}\` there, or AGE-SECRET-KEY-1... – see \`age-keygen\`.\n\n    SOPS_AGE_KEY=AGE-SECRET-KEY-1${'Q'.repeat(58)}\n`,
      'docs/sops.md':
        '```yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  password: <your password>\n```\n\nRun `sops -e -i secret.yaml`. A value looks like `ENC[AES256_GCM,data:…,iv:…,tag:…,type:str]`.\n',
      'docs/pem.md':
        'Starts with `-----BEGIN PRIVATE KEY-----` and ends with `-----END PRIVATE KEY-----`.\n',
      Makefile: `secrets:\n\tkubectl create secret generic db --from-literal=password=$$(pwgen 20 1)\n\tage-keygen -o age.agekey\n`,
      'x.sh': `PASSWORD="$(op read op://vault/db/password)"\nexport TOKEN=\${TOKEN:?}\nAPI_KEY=$1\nread -r -s SECRET\ncurl -H "Authorization: Bearer \${TOKEN}" https://${w.dice.word()}.example.org\n`,
      '.env.example': 'DB_PASSWORD=\nAPI_TOKEN=changeme\nSECRET_KEY=<generate one>\n',
    }),
  },
  {
    id: 'K11',
    what: 'Flux objects',
    make: w => ({
      'k.yaml': object(
        'kustomize.toolkit.fluxcd.io/v1',
        'Kustomization',
        `spec:\n  interval: 10m\n  path: ./apps\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n  decryption:\n    provider: sops\n    secretRef: {name: sops-age}\n  postBuild:\n    substitute:\n      DOMAIN: example.org\n      SECRET_DOMAIN: \${SECRET_DOMAIN}\n      ${w.dice.pick(['VAULT_ADDR', 'TOKEN_ISSUER'])}: https://vault.example.org\n      SECRET_NAME: ${w.dice.name()}\n    substituteFrom:\n      - kind: Secret\n        name: cluster-secrets\n`,
      ),
      'g.yaml': object(
        'source.toolkit.fluxcd.io/v1',
        'GitRepository',
        'spec:\n  interval: 1m\n  url: ssh://git@github.com/org/repo.git\n  secretRef: {name: flux-system}\n',
      ),
      'p.yaml': object(
        'notification.toolkit.fluxcd.io/v1beta3',
        'Provider',
        'spec:\n  type: slack\n  channel: ops\n  address: https://slack.com/api/chat.postMessage\n  secretRef: {name: slack-token}\n',
      ),
      'r.yaml': object(
        'notification.toolkit.fluxcd.io/v1',
        'Receiver',
        'spec:\n  type: github\n  events: [ping, push]\n  secretRef: {name: webhook-token}\n  resources: []\n',
      ),
      'i.yaml': object(
        'image.toolkit.fluxcd.io/v1',
        'ImageRepository',
        'spec:\n  image: ghcr.io/o/i\n  certSecretRef: {name: ca}\n  provider: generic\n',
      ),
    }),
  },
  {
    id: 'K12',
    what: 'RBAC, policies, alerts',
    make: () => ({
      'rbac.yaml': object(
        'rbac.authorization.k8s.io/v1',
        'Role',
        'rules:\n- apiGroups: [""]\n  resources: [secrets, serviceaccounts/token]\n  verbs: [get, list]\n  resourceNames: [db-password]\n',
      ),
      'kyverno.yaml': object(
        'kyverno.io/v1',
        'ClusterPolicy',
        'spec:\n  rules:\n  - name: no-plain-secrets\n    match: {any: [{resources: {kinds: [Secret]}}]}\n    validate:\n      message: "kind: Secret with a password is not allowed"\n      pattern: {data: {password: "?*"}}\n',
      ),
      'rules.yaml': object(
        'monitoring.coreos.com/v1',
        'PrometheusRule',
        'spec:\n  groups:\n  - name: vault\n    rules:\n    - alert: TokenExpiring\n      expr: vault_token_ttl < 3600\n      annotations: {summary: "The token {{ $labels.token }} expires; password: rotate it"}\n',
      ),
      'mw.yaml': object(
        'traefik.io/v1alpha1',
        'Middleware',
        'spec:\n  basicAuth: {secret: basic-auth}\n  forwardAuth: {address: "http://auth/verify?token=true", authResponseHeaders: [X-Auth-Token]}\n',
      ),
      'sm.yaml': object(
        'monitoring.coreos.com/v1',
        'ServiceMonitor',
        'spec:\n  endpoints:\n  - port: web\n    bearerTokenSecret: {name: t, key: token}\n    basicAuth: {password: {name: b, key: password}, username: {name: b, key: user}}\n    bearerTokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token\n',
      ),
    }),
  },
  {
    id: 'K13',
    what: 'application settings that speak of passwords',
    make: w => ({
      'cm.yaml': object(
        'v1',
        'ConfigMap',
        `data:\n  app.properties: |\n    password.min.length=8\n    token.ttl=60m\n    auth.password=\${DB_PASSWORD}\n    spring.datasource.password=@secret@\n    server.ssl.key-store-password=\${KS}\n  authelia.yml: |\n    authentication_backend:\n      password_reset: {disable: true}\n      file:\n        path: /config/users.yml\n        password:\n          algorithm: argon2\n    jwt_secret_file: /secrets/jwt\n    session:\n      secret: "{{ env \\"SESSION_SECRET\\" }}"\n  nginx.conf: |\n    proxy_set_header Authorization "Bearer $http_token";\n    ssl_certificate_key /etc/tls/tls.key;\n    ssl_password_file /etc/pw;\n  PASSWORD_POLICY: strong\n  TOKEN_ENDPOINT: https://sso/token\n  SECRETS_DIR: /secrets\n  KEY_PREFIX: ${w.dice.word()}\n  CACHE_KEY: ${w.dice.word()}\n  USE_TOKEN: "true"\n`,
      ),
    }),
  },
  {
    id: 'K14',
    what: 'workflows and renovate',
    make: w => ({
      '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    permissions: {id-token: write}\n    env:\n      TOKEN: \${{ secrets.GITHUB_TOKEN }}\n      SOPS_AGE_KEY: \${{ secrets.SOPS_AGE_KEY }}\n    steps:\n      - uses: actions/checkout@${hash(w.dice.word(), 'sha1').digest('hex')} # v4\n        with: {token: "\${{ steps.app.outputs.token }}", persist-credentials: false}\n      - uses: docker/login-action@v3\n        with:\n          username: \${{ github.actor }}\n          password: \${{ secrets.PAT }}\n`,
      'renovate.json5':
        '{ "extends": ["config:recommended"], "hostRules": [{ "matchHost": "x", "token": "{{ secrets.TOKEN }}" }] }\n',
      '.pre-commit-config.yaml': `repos:\n- repo: https://github.com/k8s-at-home/sops-pre-commit\n  rev: ${hash('x', 'sha1').digest('hex')}\n  hooks: [{id: forbid-secrets}]\n`,
      'Taskfile.yaml':
        'vars:\n  AGE_FILE: "{{.ROOT_DIR}}/age.key"\ntasks:\n  a:\n    env: {SOPS_AGE_KEY_FILE: "{{.AGE_FILE}}"}\n    cmds: ["sops --decrypt x.sops.yaml | kubectl apply -f -"]\n',
    }),
  },
  {
    id: 'K15',
    what: 'binary files',
    make: () => ({
      'logo.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), random(5000)]),
      'font.woff2': Buffer.concat([Buffer.from('wOF2'), random(8000)]),
      'photo.jpg': Buffer.concat([
        Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'),
        random(20_000),
      ]),
    }),
  },
  {
    id: 'K16',
    what: 'identifiers',
    make: w => ({
      'ids.yaml': `uid: ${randomUUID()}\nclientId: ${randomUUID()}\ntenantId: ${randomUUID()}\nsubscriptionID: ${randomUUID()}\nzoneId: ${hash(w.dice.word(), 'md5').digest('hex')}\naccountId: "123456789012"\nroleArn: arn:aws:iam::123456789012:role/x\nkmsKeyId: ${randomUUID()}\nkey: ${w.dice.word()}\nkeyId: ABCDEF\npublicKey: ${w.to.ages[0]?.recipient}\nfingerprint: SHA256:${hash('f').digest('base64').slice(0, 43)}\nsiteKey: x\nhash: $argon2id$v=19\n`,
      'svg.svg': `<svg><path d="M0 0${' 1.5 2.5'.repeat(500)}"/><image href="data:image/png;base64,${random(900).toString('base64')}"/></svg>`,
      'app.min.js': `var a="${random(600).toString('base64')}",password=function(e){return e.password||this.token};t.apiKey=n.key;`,
    }),
  },
  {
    id: 'K17',
    what: 'helm test and chart templates',
    make: () => ({
      'chart/templates/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ include "x.fullname" . }}\ntype: Opaque\ndata:\n  password: {{ .Values.password | b64enc | quote }}\n  {{- if .Values.token }}\n  token: {{ .Values.token | b64enc }}\n  {{- end }}\n',
      'chart/values.yaml':
        '# -- password of the database\npassword: ""\nexistingSecret: ""\n# -- token, for example `abc`\ntoken: ""\nauth:\n  enabled: true\n  secretKeys: {password: password}\nserviceAccount:\n  create: true\n  automountToken: true\n  name: ""\n',
      'chart/values.schema.json':
        '{"properties":{"password":{"type":"string","default":"","description":"kind: Secret"},"token":{"type":["string","null"]}}}',
      'chart/README.md':
        '| Key | Default |\n|---|---|\n| password | `""` |\n| auth.token | `nil` |\n',
    }),
  },
  {
    id: 'K18',
    what: 'rules and files as older versions of sops left them',
    make: w => ({
      '.sops.yaml': `keys:\n  - &me ${w.to.ages[0]?.recipient}\ncreation_rules:\n  - # first\n    path_regex: talos/.+\\.sops\\.yaml$\n    encrypted_regex: ^(token|crt|key|id|secret)$\n    mac_only_encrypted: true\n    key_groups: [{age: [*me]}]\n  - path_regex: .+\\.secret(\\.sops)?\\.(ya?ml|json)$\n    encrypted_regex: ^(data|stringData)$\n    key_groups:\n      - age:\n          - *me\nstores:\n  yaml:\n    indent: 2\n`,
      'a.secret.sops.yaml': sopsYaml(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, stringData: { a: 'b' } },
        w.to,
        kubernetes,
      )
        .replace(
          'sops:\n',
          'sops:\n    kms: []\n    gcp_kms: []\n    azure_kv: []\n    hc_vault: []\n',
        )
        .replace('version: "3.13.2"', 'pgp: []\n    version: 3.7.3')
        .replace(/^/, '# yamllint disable\n---\n'),
      'b.secret.json': sopsJson({ data: { a: 'b' } }, w.to, kubernetes).replace(
        '"sops": {',
        '"sops": { "kms": null, "gcp_kms": null, "pgp": null,',
      ),
    }),
  },
]
