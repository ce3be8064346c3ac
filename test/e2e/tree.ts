import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { binary } from './binaries.ts'
import { type Content, type Files, textOf } from './git.ts'
import { isObj, type Obj } from './json.ts'

/** What stands in for the addresses and the key of a repository. */
export interface Surroundings {
  readonly git: string
  readonly helm: string
  readonly github: string
  /** The age recipient for which secrets are encrypted anew. */
  readonly recipient: string
}

/** The files of this repository, as git knows them. */
export function ownFiles(): Files {
  const root = join(import.meta.dirname, '../..')
  const names = execFileSync('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 1 << 26 })
  const paths = names.toString().split('\0').filter(Boolean)
  return Object.fromEntries(paths.map(path => [path, contentOf(join(root, path))]))
}

function contentOf(path: string): Content {
  return lstatSync(path).isSymbolicLink() ? { link: readlinkSync(path) } : readFileSync(path)
}

/** The same repository for other surroundings: its addresses lead to loopback, its secrets are new. */
export function adapt(files: Files, around: Surroundings, folder: string): Files {
  const rules = textOf(files['.sops.yaml']).replace(/age1[a-z0-9]+/g, around.recipient)
  const replaced = Object.entries(files).map(([path, content]): [string, Content] => {
    if (path === '.sops.yaml') return [path, rules]
    if (!/^(apps|clusters)\//.test(path)) return [path, content]
    const text = readdress(textOf(content), around)
    if (!path.endsWith('.sops.yaml')) return [path, text]
    return [path, encrypt(fresh(text), path, rules, folder)]
  })
  return Object.fromEntries(replaced)
}

/** A text of this repository with the addresses of other surroundings. */
export function readdress(
  text: string,
  { git, helm, github }: Pick<Surroundings, 'git' | 'helm' | 'github'>,
): string {
  return text
    .replaceAll('https://github.com/example/fluxgate.git', `${git}/fluxgate.git`)
    .replaceAll('https://kubernetes.github.io/ingress-nginx', helm)
    .replaceAll('https://github.com/example/fluxgate', `${github}/example/fluxgate`)
}

/** The manifest of an encrypted Secret with made-up values in the place of those nobody can read. */
function fresh(text: string): string {
  const manifest: unknown = parse(text)
  if (!isObj(manifest) || !isObj(manifest['stringData'])) throw new Error('not an encrypted Secret')
  const { sops: _, ...open } = manifest
  const values = Object.keys(manifest['stringData']).map((key): [string, string] => {
    const value = randomBytes(18).toString('base64url')
    return [key, key.endsWith('.json') ? JSON.stringify({ TunnelSecret: value }) : value]
  })
  const made: Obj = { ...open, stringData: Object.fromEntries(values) }
  return stringify(made)
}

/** Encrypts as somebody who follows the repository's own rules does. */
export function encrypt(text: string, path: string, rules: string, folder: string): string {
  const place = join(folder, 'encrypt')
  mkdirSync(place, { recursive: true })
  try {
    writeFileSync(join(place, '.sops.yaml'), rules)
    const options = ['--filename-override', path, ...typesOf(path)]
    const config = ['--config', join(place, '.sops.yaml')]
    return execFileSync(binary('sops'), [...config, 'encrypt', ...options], {
      cwd: place,
      env: { HOME: place, PATH: process.env['PATH'] },
      input: text,
      stdio: 'pipe',
    }).toString()
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function typesOf(path: string): string[] {
  const type = /\.(json|env|ini)$/.exec(path)?.[1]?.replace('env', 'dotenv')
  const found = type ?? (/\.ya?ml$/.test(path) ? 'yaml' : 'binary')
  return ['--input-type', found, '--output-type', found]
}
