import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import {
  Decrypter,
  generateHybridIdentity,
  generateIdentity,
  identityToRecipient,
} from 'age-encryption'
import { afterAll, describe, expect, it } from 'vitest'
import { judgeLeaks } from '../src/gate/leaks.ts'
import { wrappedKeys } from '../src/secrets/datakeys.ts'
import { judgeMac } from '../src/secrets/mac.ts'
import { isAtLeast } from '../src/text/diagnostic.ts'
import { Source } from '../src/text/source.ts'
import { defaultConfig } from '../src/tree/config.ts'
import { memoryTree } from '../src/tree/memory.ts'
import { referee } from './referees.ts'
import { dice } from './secrets/corpus/dice.ts'
import { mutations, type Sealed } from './secrets/mutate.ts'
import {
  envelope,
  everything,
  kubernetes,
  sopsBinary,
  sopsEnv,
  sopsJson,
  sopsYaml,
} from './secrets/writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-sops-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const identities = {
  classic: await generateIdentity(),
  second: await generateIdentity(),
  hybrid: await generateHybridIdentity(),
}
const recipients = {
  classic: await identityToRecipient(identities.classic),
  second: await identityToRecipient(identities.second),
  hybrid: await identityToRecipient(identities.hybrid),
}

/** Runs the real sops; its errors are shown without its output. */
function sops(args: readonly string[]): string {
  return execFileSync(referee('sops'), args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], SOPS_AGE_KEY: Object.values(identities).join('\n') },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Selectors as a rule of `.sops.yaml` has them. */
const selectors = {
  none: '',
  data: 'encrypted_regex: ^(data|stringData)$',
  'data, ignoring case': 'encrypted_regex: (?i)^(data|stringdata)$',
  'not structure': 'unencrypted_regex: ^(apiVersion|kind|metadata|type)$',
  'by suffix': 'encrypted_suffix: Data',
  'but a suffix': 'unencrypted_suffix: _clear',
  'by comment': 'encrypted_comment_regex: sops:enc',
  'but by comment': 'unencrypted_comment_regex: sops:clear',
  'mac of what is encrypted': 'encrypted_regex: ^(data|stringData)$\n    mac_only_encrypted: true',
}

const keys = {
  classic: `age: ${recipients.classic}`,
  two: `age: ${recipients.classic},${recipients.second}`,
  hybrid: `age: ${recipients.hybrid}`,
  groups: `shamir_threshold: 2\n    key_groups:\n      - age: [${recipients.classic}]\n      - age: [${recipients.second}]`,
}

const secret = (seed: number) => {
  const { word, password, number } = dice(seed)
  return `# ${word()} of the ${word()}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: ${word()}\n  labels: {app: ${word()}}\ntype: Opaque\nstringData:\n  # sops:enc about the first\n  user: ${word()}\n  password: ${JSON.stringify(password())}\n  empty: ""\n  port: "${number(9999)}"\n  conf.ini: |\n    [a]\n    b = ${word()}\n`
}
const values = (seed: number) => {
  const { word, password, number } = dice(seed)
  return `auth:\n  password: ${JSON.stringify(password())}\n  port: ${number(9999)}\n  ratio: 0.5\n  enabled: true\n  nothing: null\n  since: 2026-01-02T03:04:05Z\n  # hosts of ${word()}\n  hosts: [${word()}, ${word()}]\n  more:\n    # in a list\n    - name: ${word()}\n      value: ${number(10)}\n`
}

const plains: readonly {
  readonly name: string
  readonly text: (seed: number) => string
  readonly only?: readonly string[]
}[] = [
  {
    name: 'secret.yaml',
    text: secret,
    only: [
      'none',
      'data',
      'data, ignoring case',
      'not structure',
      'by suffix',
      'but a suffix',
      'mac of what is encrypted',
    ],
  },
  {
    name: 'list.yaml',
    text: seed => `${secret(seed)}---\n${secret(seed + 50)}`,
    only: ['data', 'none'],
  },
  { name: 'values.yaml', text: values, only: ['none', 'but a suffix', 'not structure'] },
  {
    name: 'values.json',
    text: seed =>
      JSON.stringify({ a: dice(seed).password(), b: [1, true, 'x', null], c: { d: '' } }),
    only: ['none', 'but a suffix'],
  },
  {
    name: 'app.env',
    text: seed => `# about\nUSER=${dice(seed).word()}\nPASSWORD=${dice(seed).password()}\nEMPTY=\n`,
    only: ['none'],
  },
  {
    name: 'app.ini',
    text: seed => `[db]\nuser = ${dice(seed).word()}\n; note\npassword = ${dice(seed).word()}\n`,
    only: ['none'],
  },
  { name: 'file.bin', text: seed => `${dice(seed).password()}\n`, only: ['none'] },
  {
    name: 'commented.yaml',
    text: seed =>
      `a:\n  # sops:enc\n  b: ${dice(seed).word()}\n  # about c\n  c: open\n  d: ${dice(seed).word()} # sops:enc\n# sops:enc\ne:\n  # about f\n  f: [${dice(seed).word()}]\n  g: ${dice(seed).word()}\n`,
    only: ['by comment'],
  },
]

interface Encrypted extends Sealed {
  readonly rules: string
}

const sealed: Encrypted[] = []
let seed = 1
for (const [keyName, key] of Object.entries(keys))
  for (const [name, selector] of Object.entries(selectors))
    for (const plain of plains) {
      if (plain.only?.includes(name) === false) continue
      if (keyName !== 'classic' && !/^(secret|app)/.test(plain.name)) continue
      const rules = `creation_rules:\n  - path_regex: .*\n    ${[selector, key].filter(Boolean).join('\n    ')}\n`
      const path = `${seed++}-${plain.name}`
      writeFileSync(join(folder, '.sops.yaml'), rules)
      writeFileSync(join(folder, path), plain.text(seed))
      sops(['encrypt', '--in-place', path])
      sealed.push({ path, text: readFileSync(join(folder, path), 'utf8'), rules })
    }

/** What is said of a file, the rule it was made under beside it. */
function judge({ path, text }: Sealed, rules: string): readonly string[] {
  const tree = memoryTree({ '.sops.yaml': rules, [path]: text })
  const { diagnostics } = judgeLeaks({ tree, config: defaultConfig, today: '2026-06-01' }, () => 0)
  return diagnostics
    .filter(one => isAtLeast(one.level, 'warning'))
    .map(one => `${one.level} ${one.code} ${one.at.source.path} ${one.message}`)
}

describe('what sops encrypts', () => {
  it.each(
    sealed.map(one => [one.path, one.rules.replaceAll(/\s+/g, ' ').slice(0, 90), one] as const),
  )('passes: %s under %s', (...[, , one]) => {
    // That a rule encrypts metadata as well is said of the rule, once.
    const said = judge(one, one.rules).filter(
      text => !/encrypted_regex matches metadata/.test(text),
    )
    expect(said).toEqual([])
  })
})

describe('with the identity', () => {
  it('the MAC of everything that sops encrypted fits, and of nothing that was changed', async () => {
    const decrypter = new Decrypter()
    for (const identity of Object.values(identities)) decrypter.addIdentity(identity)
    let checked = 0
    for (const { path, text } of sealed) {
      // The keys of several groups make one data key together: that is for sops.
      if (/key_groups|shamir/.test(text)) continue
      const keysOf = new Map<string, Uint8Array>()
      for (const wrapped of wrappedKeys(text))
        keysOf.set(wrapped, await decrypter.decrypt(Buffer.from(wrapped, 'base64')))
      expect(keysOf.size, path).toBeGreaterThan(0)
      const said = (changed: string) => [...judgeMac(new Source(path, changed), keysOf)]
      expect(said(text).map(one => `${path} ${one.message}`)).toEqual([])
      expect(said(text.replace(/20\d\d(-\d\d-\d\dT\d\d:)/, '2001$1')), path).not.toEqual([])
      checked++
    }
    console.log(`${checked} MACs`)
    expect(checked).toBeGreaterThan(20)
  })
})

describe('what our writer encrypts', () => {
  const data = { a: 'one', b: 'two: three\n', n: 7, t: true, f: 1.5, list: ['x', { y: 'z' }] }
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x' },
    stringData: { a: 'b' },
  }
  it.each(['.yaml', '.json', '.env', '.bin', 'object.yaml'])(
    'is decrypted by sops: %s',
    async name => {
      const to = await envelope(recipients.classic)
      const texts: Readonly<Record<string, string>> = {
        '.yaml': sopsYaml(data, to, everything),
        '.json': sopsJson(data, to),
        '.env': sopsEnv({ A: 'one', B: 'two' }, to),
        '.bin': sopsBinary('bytes\n', to),
        'object.yaml': sopsYaml(object, to, kubernetes),
      }
      const path = `own${name}`
      writeFileSync(join(folder, path), texts[name] ?? '')
      const plain = sops(['decrypt', path])
      expect(plain).toContain(name === '.bin' ? 'bytes' : name === 'object.yaml' ? 'a: b' : 'one')
      expect(extname(path)).not.toBe('')
    },
  )
})

it('at least 5,000 mutations of what sops encrypted are caught, none missed', () => {
  const missed: string[] = []
  let made = 0
  for (let round = 0; made < 5000; round++)
    for (const file of sealed)
      for (const [name, mutation] of Object.entries(mutations)) {
        const text = mutation(file, dice(round * 104_729 + made))
        if (text === undefined || text === file.text) continue
        made++
        const said = judge({ ...file, text }, file.rules)
        if (!said.some(one => one.startsWith('error')))
          missed.push(`${name}: ${file.path} ${file.rules.split('\n')[2]?.trim()} ${said.join()}`)
      }
  console.log(`${made} mutations of ${sealed.length} files, ${missed.length} missed`)
  expect(missed).toEqual([])
})

it('an encrypted file that another was joined to is refused by sops and by us', async () => {
  const one = await envelope(recipients.classic)
  const two = await envelope(recipients.second)
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x' },
    stringData: { a: 'b' },
  }
  const text = `${sopsYaml(object, one, kubernetes)}---\n${sopsYaml(object, two, kubernetes)}`
  writeFileSync(join(folder, 'joined.yaml'), text)
  expect(() => sops(['decrypt', 'joined.yaml'])).toThrow()
  expect(judge({ path: 'joined.yaml', text }, '')).toContainEqual(expect.stringMatching(/^error/))
})
