import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportSchemas } from './bench/schemas.ts'
import { referee } from './referees.ts'
import { selfSigned } from './schemas/replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-kubeconform-'))
const LOCAL = `${join(folder, 'schemas')}/{{.ResourceKind}}{{.KindSuffix}}.json`
let server: Server | undefined
let port = 0

beforeAll(async () => {
  exportSchemas(join(folder, 'schemas'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  mkdirSync(join(folder, 'cache'))
  server = createServer(selfSigned(folder, 'loopback'), (request, response) => {
    try {
      response.end(readFileSync(join(folder, request.url ?? '')))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(done => server?.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => {
  server?.closeAllConnections()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const GOOD =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good, namespace: shop}\ndata: {a: b}\n'
const BAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: [a]\n'
const CRON =
  'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {schedule: 5, jobTemplate: {}}\n'
const ODD = 'apiVersion: example.org/v1\nkind: Odd\nmetadata: {name: odd}\n'
const files: Readonly<Record<string, string>> = {
  'good.yaml': GOOD,
  'bad.yaml': BAD,
  'cron.yaml': CRON,
  'odd.yaml': ODD,
  'many.yaml': [GOOD, BAD, '# nothing\n', ODD].join('---\n'),
  'list.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${GOOD.trim().replaceAll('\n', '\n  ')}\n- ${BAD.trim().replaceAll('\n', '\n  ')}\n`,
  'broken.yaml': 'a: [\n',
  'nokind.yaml': 'apiVersion: v1\nmetadata: {name: a}\n',
  'noversion.yaml': 'kind: ConfigMap\nmetadata: {name: a}\n',
  'generated.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\ndata: [a]\n',
  'empty.yaml': '',
  'tree/one.yaml': GOOD,
  'tree/deep/two.yml': BAD,
  'tree/deep/three.json': JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'j' },
  }),
  'tree/notes.txt': 'not a manifest',
}

interface Ran {
  readonly exit: number | null
  readonly out: string
}

function run(program: string, args: readonly string[], stdin?: string): Promise<Ran> {
  return new Promise(done => {
    const child = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
    child.on('close', exit => done({ exit, out }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(stdin ?? '')
  })
}

const cli = join(import.meta.dirname, '../src/cli.ts')
const ours = (args: readonly string[], stdin?: string) =>
  run(process.execPath, [cli, 'validate', ...args], stdin)
const theirs = (args: readonly string[], stdin?: string) => run(referee('kubeconform'), args, stdin)

/** The form of an output: what a message says, and times, aside. */
function formOf(output: string, text: string): unknown {
  if (output === 'json')
    return JSON.parse(text, (key, value: unknown) =>
      key === 'msg' ? value !== '' : key === 'validationErrors' ? undefined : value,
    )
  return text
    .replace(/time="[\d.]+"/g, 'time=""')
    .replace(/(is invalid: |failed validation: |\): |yaml: |message=").*/g, '$1')
    .split('\n')
}

const lines: readonly (readonly [string, string?])[] = [
  ...['text', 'json', 'junit', 'tap', 'pretty'].flatMap(output => [
    [`-output ${output} good.yaml`] as const,
    [`-output ${output} -summary bad.yaml`] as const,
    [`-output ${output} -verbose -summary many.yaml`] as const,
    [`-output ${output} -ignore-missing-schemas -verbose many.yaml`] as const,
  ]),
  ['-summary -', GOOD],
  ['-summary', BAD],
  ['-output json -summary -verbose -', files['many.yaml'] ?? ''],
  ['-strict good.yaml'],
  ['-skip ConfigMap -verbose bad.yaml'],
  ['-skip v1/ConfigMap -summary bad.yaml'],
  ['-reject ConfigMap good.yaml'],
  ['-reject example.org/v1/Odd,Secret many.yaml'],
  ['-exit-on-error bad.yaml'],
  ['--verbose=true --summary cron.yaml'],
  ['-ignore-filename-pattern two tree'],
  ['-ignore-filename-pattern one -ignore-filename-pattern two -verbose tree'],
  ['-verbose -summary tree'],
  ['-output tap tree'],
  ['-output json broken.yaml'],
  ['nokind.yaml noversion.yaml'],
  ['-output json generated.yaml'],
  ['-output junit -verbose empty.yaml'],
  ['-verbose list.yaml'],
  ['-kubernetes-version 1.36.2 -summary good.yaml'],
  ['-debug -summary good.yaml'],
  ['nowhere.yaml'],
  ['-output nothing good.yaml'],
  ['-cache nowhere good.yaml'],
  ['-h'],
]

describe('kubeconform', () => {
  it.each(lines)('and we answer alike: %s', async (line = '', stdin?: string) => {
    const args = [
      ...line.split(' ').filter(one => one !== ''),
      '-n',
      '1',
      '-schema-location',
      LOCAL,
    ]
    const flags = args.filter((one, i) => one !== '-' || i > 0)
    const ordered = line.endsWith('-') ? [...flags.filter(one => one !== '-'), '-'] : goOrder(args)
    const [mine, real] = await Promise.all([ours(ordered, stdin), theirs(ordered, stdin)])
    expect(mine.exit).toBe(real.exit)
    if (line === '-h' || line.includes('nothing') || line.includes('-cache')) return
    const output = /-output (\w+)/.exec(line)?.[1] ?? 'text'
    expect(formOf(output, mine.out)).toEqual(formOf(output, real.out))
  })

  it.each([[''], ['-insecure-skip-tls-verify'], ['-insecure-skip-tls-verify -cache cache']])(
    'and we ask a server alike: %s',
    async (line = '') => {
      const remote = `https://127.0.0.1:${port}/schemas/{{.ResourceKind}}{{.KindSuffix}}.json`
      const args = [
        ...line.split(' ').filter(one => one !== ''),
        '-summary',
        '-schema-location',
        remote,
        'good.yaml',
      ]
      const [mine, real] = [await ours(args), await theirs(args)]
      expect(mine.exit).toBe(real.exit)
      expect(formOf('text', mine.out)).toEqual(formOf('text', real.out))
    },
  )
})

/** Go stops reading flags at the first file: files go last. */
function goOrder(args: readonly string[]): string[] {
  const names = args.filter(one => one in files || one === 'tree' || one === 'nowhere.yaml')
  return [...args.filter(one => !names.includes(one)), ...names]
}

it('is installed', () => {
  expect(spawnSync(referee('kubeconform'), ['-v']).status).toBe(0)
})
