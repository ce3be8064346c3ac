import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const cli = resolve('src/cli.ts')

/** Runs the command as a process, as people do. */
export function fluxgate(args: readonly string[], cwd: string, input = ''): Ran {
  const ran = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/node') },
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

/** A copy of what Flux applies from this repository, in a folder of its own, outside git. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'fluxgate-copy-'))

  constructor() {
    for (const path of ['clusters', 'apps', '.sops.yaml'])
      cpSync(path, join(this.folder, path), { recursive: true })
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }

  /** Replaces one text in a file by another and answers with the line (from 1) of the change. */
  edit(path: string, from: string, to: string): number {
    const text = this.read(path)
    const at = text.indexOf(from)
    if (at === -1) throw new Error(`${path} does not hold ${from}`)
    this.write(path, text.slice(0, at) + to + text.slice(at + from.length))
    return text.slice(0, at).split('\n').length
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
