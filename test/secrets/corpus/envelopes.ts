// Files that look as if SOPS had encrypted them, and do not keep the secret.
import {
  encrypt,
  encryptText,
  everything,
  kubernetes,
  type PlainMap,
  seal,
  type Selector,
  sopsEnv,
  sopsJson,
  sopsYaml,
  yaml,
} from '../writer.ts'
import { b64, type Family, type World } from './world.ts'

const secret = (w: World, data: PlainMap): PlainMap => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: w.dice.name(), namespace: w.dice.word() },
  stringData: data,
})

const two = (w: World) => secret(w, { user: w.dice.word(), credential: w.dice.password() })

const regex = (text: string, ...names: readonly string[]): Selector => ({
  name: 'encrypted_regex',
  text,
  hits: path => path.some(part => names.includes(part)),
})

const file = ({ dice }: World) =>
  `${dice.pick(['apps', 'base', 'clusters/x'])}/${dice.pick(['secret.sops.yaml', 'db.enc.yaml', 'creds.yaml', 'app.yml'])}`

/** A good file with one of its texts changed. */
const changed = (w: World, change: (good: string) => string): Record<string, string> => ({
  [file(w)]: change(sopsYaml(two(w), w.to, kubernetes)),
})

/** A good file with one leaf as we say. */
const withLeaf = (w: World, leaf: string, at = 'credential') =>
  changed(w, good => good.replace(new RegExp(`(    ${at}: ).*`), `$1${leaf}`))

const cipher = (w: World, text = w.dice.password()) =>
  encrypt(text, ['stringData', 'credential'], w.to.dataKey)

const part = (name: string, text: string, bytes: string) =>
  text.replace(new RegExp(`${name}:[^,\\]]*`), `${name}:${bytes}`)

const rules = (w: World, line: string) =>
  `creation_rules:\n    - path_regex: .*\\.ya?ml\n      ${line}\n      age: ${w.to.ages[0]?.recipient}\n`

export const envelopes: readonly Family[] = [
  {
    id: 'B01',
    what: 'made-up metadata',
    make: w => ({
      [file(w)]:
        `${yaml(two(w))}sops:\n    version: 3.9.0\n    lastmodified: "2025-01-01T00:00:00Z"\n    mac: ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]\n`,
    }),
  },
  { id: 'B02', what: 'one leaf plain', make: w => withLeaf(w, JSON.stringify(w.dice.password())) },
  {
    id: 'B03',
    what: 'a marker in a comment',
    make: w => ({ [file(w)]: `# sops: ENC[AES256_GCM,data:b2s=,type:str]\n${yaml(two(w))}` }),
  },
  {
    id: 'B04',
    what: 'a deletion elsewhere',
    make: w => ({
      [file(w)]:
        `${yaml(two(w))}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: gone\n$patch: delete\n`,
    }),
  },
  {
    id: 'B05',
    what: 'a narrow selector',
    make: w => ({
      [file(w)]: sopsYaml(
        secret(w, { secret: w.dice.password(), dsn: `postgres://${w.dice.word()}` }),
        w.to,
        regex('^secret$', 'secret'),
      ),
    }),
  },
  {
    id: 'B06',
    what: 'a selector with blanks',
    make: w => ({
      [file(w)]: sopsYaml(
        two(w),
        w.to,
        regex(
          w.dice.pick([
            '^(data| stringData)$',
            ' ^(data|stringData)$',
            '^(stringdata)$',
            '^(data,stringData)$',
          ]),
          'nothing',
        ),
      ),
    }),
  },
  {
    id: 'B07',
    what: 'the unencrypted suffix',
    make: w => ({
      [file(w)]: sopsYaml(
        secret(w, { a: w.dice.word(), token_unencrypted: w.dice.password() }),
        w.to,
        everything,
      ),
    }),
  },
  {
    id: 'B08',
    what: 'text behind the bracket',
    make: w =>
      withLeaf(
        w,
        `${cipher(w)}${w.dice.pick(['', ' ', '\\n', ' # no comment: ', ']'])}${w.dice.word()}`.replace(
          /^(.*\\n.*)$/,
          '"$1"',
        ),
      ),
  },
  {
    id: 'B09',
    what: 'text as ciphertext',
    make: w =>
      withLeaf(
        w,
        part('data', cipher(w), b64(`${w.dice.word()}-${w.dice.word()}-${w.dice.word()}`)),
      ),
  },
  {
    id: 'B10',
    what: 'no RE2',
    make: w => ({
      [file(w)]: sopsYaml(
        two(w),
        w.to,
        regex(
          w.dice.pick([
            '^(?=stringData)',
            '(?<!x)stringData',
            '^(data|stringData$',
            '(stringData)\\1',
            'string(?>Data)',
          ]),
          'nothing',
        ),
      ),
    }),
  },
  {
    id: 'B11',
    what: 'a plain comment inside',
    make: w =>
      changed(w, good =>
        good.replace(
          '    credential:',
          `    # ${w.dice.pick(['was', 'password:', 'old value'])} ${w.dice.password()}\n    credential:`,
        ),
      ),
  },
  {
    id: 'B12',
    what: 'a plain comment above',
    make: w =>
      changed(
        w,
        good =>
          `# db ${w.dice.pick(['password', 'token', 'api key'])}: ${w.dice.token(14)}\n${good}`,
      ),
  },
  {
    id: 'B13',
    what: 'one dotenv line',
    make: w => ({
      [w.dice.pick([
        '.env',
        'prod.env',
        'a/secrets.env',
      ])]: `SMTP_PASS=${w.dice.token(12)}\n${sopsEnv({ A: w.dice.word(), B: w.dice.password() }, w.to)}`,
    }),
  },
  {
    id: 'B14',
    what: 'a dotenv under the rule for manifests',
    make: w => ({
      [w.dice.pick(['app.env', 'x/.env'])]: sopsEnv(
        { API_TOKEN: w.dice.token(20), USER: w.dice.word() },
        w.to,
        kubernetes,
      ),
    }),
  },
  {
    id: 'B15',
    what: 'JSON under the rule for manifests',
    make: w => ({
      [w.dice.pick(['values.json', 'tf.tfvars.json'])]: sopsJson(
        { db: { password: w.dice.password() }, region: 'eu' },
        w.to,
        kubernetes,
      ),
    }),
  },
  {
    id: 'B16',
    what: 'text behind JSON',
    make: w => ({
      'creds.json': `${sopsJson({ a: w.dice.word(), b: w.dice.password() }, w.to)}${JSON.stringify({ password: w.dice.password() })}\n`,
    }),
  },
  {
    id: 'B17',
    what: 'a hidden recipient',
    make: w => {
      const raw = (one: World['to']) =>
        Buffer.from((one.ages[0]?.enc ?? '').replaceAll(/-----.*-----/g, ''), 'base64')
      const [mine, theirs] = [raw(w.to), raw(w.foreign)]
      const cut = mine.indexOf('\n--- ') + 1
      const stanza = theirs.subarray(theirs.indexOf('\n-> ') + 1, theirs.indexOf('\n--- ') + 1)
      const joined = b64(Buffer.concat([mine.subarray(0, cut), stanza, mine.subarray(cut)]))
      const enc = `-----BEGIN AGE ENCRYPTED FILE-----\n${joined.replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END AGE ENCRYPTED FILE-----\n`
      const recipient = w.to.ages[0]?.recipient ?? ''
      const to = { dataKey: w.to.dataKey, ages: [{ recipient, enc }] }
      return { [file(w)]: sopsYaml(two(w), to, kubernetes) }
    },
  },
  {
    id: 'B18',
    what: 'an annotation',
    make: w =>
      changed(w, good =>
        good.replace(
          'metadata:\n',
          `metadata:\n    annotations:\n        ${w.dice.pick(['note/password', 'backup.io/api-token', 'admin-password'])}: ${w.dice.token(12)}\n`,
        ),
      ),
  },
  {
    id: 'B19',
    what: 'a number',
    make: w => withLeaf(w, w.dice.pick(['481516', '3.14159', 'true', '0x1F', '-17'])),
  },
  {
    id: 'B20',
    what: 'a foreign recipient',
    make: w => ({
      '.sops.yaml': rules(w, 'encrypted_regex: ^(data|stringData)$'),
      [file(w)]: sopsYaml(
        two(w),
        { dataKey: w.to.dataKey, ages: [...w.to.ages, ...w.foreign.ages] },
        kubernetes,
      ),
    }),
  },
  {
    id: 'B21',
    what: 'the own recipient missing',
    make: w => ({
      '.sops.yaml': rules(w, 'encrypted_regex: ^(data|stringData)$'),
      [file(w)]: sopsYaml(two(w), w.foreign, kubernetes),
    }),
  },
  {
    id: 'B22',
    what: 'a nested block',
    make: w => {
      const { tree, sops } = seal(two(w), w.to, kubernetes)
      return { [file(w)]: yaml({ ...tree, stringData: { password: w.dice.password(), sops } }) }
    },
  },
  {
    id: 'B23',
    what: 'the data key in plain',
    make: w =>
      changed(w, good =>
        good.replace(/\|\n *-----BEGIN[^]*-----END AGE ENCRYPTED FILE-----/, b64(w.to.dataKey)),
      ),
  },
  {
    id: 'B24',
    what: 'ciphertext that stays',
    make: w => changed(w, good => good.replace(/(namespace: ).*/, `$1${cipher(w)}`)),
  },
  {
    id: 'B25',
    what: 'a secret as a name',
    make: w => ({
      [file(w)]: sopsYaml(
        secret(w, { [`${w.dice.pick(['password=', 'pw:', 'token='])}${w.dice.token(12)}`]: 'x' }),
        w.to,
        kubernetes,
      ),
    }),
  },
  {
    id: 'B26',
    what: 'concatenated files',
    make: w => ({
      [file(w)]:
        `${sopsYaml(two(w), w.to, kubernetes)}---\n${sopsYaml(two(w), w.foreign, kubernetes)}`,
    }),
  },
  {
    id: 'B28',
    what: 'a misspelt rule',
    make: w => ({
      '.sops.yaml': rules(
        w,
        w.dice.pick([
          'encrypted-regex: ^(data|stringData)$',
          'encryptedRegex: data',
          'encrypt_regex: ^data$',
          'Encrypted_Regex: ^data$',
          'encrypted_regexp: ^data$',
        ]),
      ),
    }),
  },
  {
    id: 'B29',
    what: 'a second document without the block',
    make: w => ({
      [file(w)]:
        `${sopsYaml(two(w), w.to, kubernetes)}---\n${yaml({ ...two(w), stringData: { a: cipher(w) } })}`,
    }),
  },
  {
    id: 'B30',
    what: 'an iv of text',
    make: w =>
      withLeaf(
        w,
        part(
          'iv',
          cipher(w),
          b64(
            `${w.dice.word()} ${w.dice.word()} ${w.dice.word()} ${w.dice.word()} etc`
              .padEnd(32, '.')
              .slice(0, 32),
          ),
        ),
      ),
  },
  {
    id: 'B31',
    what: 'no MAC',
    make: w =>
      changed(w, good =>
        good.replace(/    mac: .*\n/, '').replace(/(    credential: ).*/, `$1${w.dice.word()}`),
      ),
  },
  {
    id: 'B32',
    what: 'another cipher',
    make: w =>
      withLeaf(
        w,
        encryptText(w.dice.word(), 'x', w.to.dataKey, 'str').replace(
          'AES256_GCM',
          w.dice.pick(['AES128_CBC', 'PLAIN', 'aes256_gcm']),
        ),
      ),
  },
]
