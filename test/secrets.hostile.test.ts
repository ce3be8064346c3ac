import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { tar, zip } from './secrets/disguises.ts'

const LIMIT_SECONDS = 10
const LIMIT_MIB = 1024

const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * 2 ** 20)

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData:\n  a: swordfish\n'

/** Says at the end what the process used. */
const WATCH =
  'data:text/javascript,process.on("exit",()=>process.stderr.write(`\\nUSED ${JSON.stringify(process.resourceUsage())}\\n`))'

type Files = Readonly<Record<string, () => string | Uint8Array>>

/** Trees that are made to keep us busy; a leak beside it must still be found. */
const trees: Readonly<Record<string, Files>> = {
  'a bomb of gzip in gzip': { 'bomb.gz': () => gzipSync(gzipSync(zeros(900))) },
  'a bomb of zlib': { 'bomb.bin': () => deflateSync(zeros(900)) },
  'many bombs': Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`bomb${i}.gz`, () => gzipSync(zeros(200))]),
  ),
  'YAML 10,000 deep': {
    'deep.yaml': () => `a: ${'[\n'.repeat(10_000)}${']'.repeat(10_000)}\n---\n${secret}`,
  },
  'maps 10,000 deep': {
    'deep.yaml': () => Array.from({ length: 10_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  },
  'JSON 10,000 deep': { 'deep.json': () => `${'{"secret":'.repeat(10_000)}1${'}'.repeat(10_000)}` },
  'a line of 100 MB': { 'line.yaml': () => `secret: ${'ab '.repeat(33_000_000)}` },
  '100 MB of base64': { 'line.txt': () => 'QUdF'.repeat(25_000_000) },
  'a bomb of aliases': {
    'alias.yaml': () =>
      `a0: &a0 {password: x}\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]\n`).join('')}`,
  },
  'a bomb of merges': {
    'merge.yaml': () =>
      `a0: &a0 {token: x}\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} {<<: [${Array(9).fill(`*a${i}`).join(', ')}]}\n`).join('')}`,
  },
  'archives with names that lead out': {
    'a.tar': () => tar('../../../../etc/passwd', 'x'),
    'b.zip': () => zip('..\\..\\x', 'y'),
  },
  'a damaged archive': {
    'a.zip': () => zip('a', 'b'.repeat(99)).subarray(0, 60),
    'b.tar': () => tar('a', 'b').subarray(0, 700),
  },
  'expressions that run away': {
    '.sops.yaml': () =>
      `creation_rules:\n${['(a+)+$', '(a|a)*b', '(.*)*x', '(a?)'.repeat(3000), '(x{1000}){1000}', '(?:a{0,1000}){0,1000}'].map(one => `  - path_regex: '${one}'\n    encrypted_regex: '${one}'\n    age: age1x\n`).join('')}`,
    [`${'a'.repeat(200)}.yaml`]: () => secret,
  },
  'very many needles': { 'n.txt': () => 'AGE-SECRET-KEY-1 AGE-PLUGIN- '.repeat(700_000) },
  'very many headings': { 'p.txt': () => '-----BEGIN PRIVATE KEY-----\n'.repeat(400_000) },
  'very many defaults': { 'd.yaml': () => `a: "${'${'.repeat(300_000)}"\nsecret: 1\n` },
  'very many documents': { 'd.yaml': () => '---\nsecret: a\n'.repeat(300_000) },
  'quotes without end': { 'q.txt': () => `age-s${'"a" + '.repeat(500_000)}` },
  'escapes of escapes': { 'e.json': () => `"${'\\\\u0025'.repeat(500_000)}"` },
}

it.each(Object.entries(trees))('is judged in time and memory: %s', (_, files) => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-hostile-'))
  try {
    for (const [path, make] of Object.entries({ ...files, 'z.yaml': () => secret })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), make())
    }
    const ran = spawnSync(
      process.execPath,
      ['--import', WATCH, resolve('src/cli.ts'), 'secrets', folder, '--format', 'json'],
      { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 100_000 },
    )
    const report: { diagnostics: { path: string }[] } = JSON.parse(ran.stdout)
    expect(report.diagnostics.map(one => one.path)).toContain('z.yaml')
    expect(ran.status).toBe(1)
    const used: { userCPUTime: number; systemCPUTime: number; maxRSS: number } = JSON.parse(
      /^USED (.*)$/m.exec(ran.stderr)?.[1] ?? '',
    )
    const seconds = (used.userCPUTime + used.systemCPUTime) / 1e6
    if (process.env['SHOW']) console.log(seconds.toFixed(1), (used.maxRSS / 1024).toFixed(0))
    expect(seconds).toBeLessThan(LIMIT_SECONDS)
    expect(used.maxRSS / 1024).toBeLessThan(LIMIT_MIB)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
