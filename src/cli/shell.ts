import { existsSync, fstatSync, readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as TtyModule from 'node:tty'
import { dirname, join } from 'node:path'
import type { Shell } from './command.ts'

// The bundler drops this line: it then sees the calls and keeps what they load for their first use.
const require = createRequire(import.meta.url)

/** The real process as a shell. */
export function nodeShell(): Shell {
  const here = import.meta.filename
  const root = packageRoot(dirname(here))
  return {
    cwd: process.cwd(),
    env: process.env,
    stdoutIsTerminal: isTerminal(1),
    stderrIsTerminal: isTerminal(2),
    today: () => new Date().toISOString().slice(0, 10),
    now: () => performance.now(),
    stdin: () => readFileSync(0),
    out: text => writeAll(1, text),
    err: text => writeAll(2, text),
    asset: path => readAsset(root, path),
    version: readVersion(root),
    codeCache: here.endsWith('.ts') ? undefined : join(root, 'dist', '.cache', 'worker'),
  }
}

/** Asks for terminals only where one can be: that module loads the network's, which takes longer than a small check. */
function isTerminal(file: number): boolean {
  try {
    if (!fstatSync(file).isCharacterDevice()) return false
  } catch {
    return false
  }
  const { isatty }: typeof TtyModule = require('node:tty')
  return isatty(file)
}

/** The folder of our package.json and schemas, above the sources or the bundle. */
function packageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder))
    if (existsSync(join(folder, 'schemas', 'config.schema.json')) || folder === dirname(folder))
      return folder
}

function readAsset(root: string, path: string): string {
  const bundled = join(root, 'dist', path.replace(/^src\//, ''))
  return readFileSync(existsSync(bundled) ? bundled : join(root, path), 'utf8')
}

function readVersion(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isNamed ? String(manifest.version) : 'unknown'
}

/** Writes everything before the process may end, also into a pipe that is slow; a closed pipe ends in silence. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(file, bytes, at)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}
