import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
}

/** A real git repository in a temporary folder. */
export class TestRepository {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  git(args: readonly string[], input?: string, env: Record<string, string> = {}): string {
    return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: this.folder,
      env: { ...environment, ...env },
      encoding: 'utf8',
      input: input ?? '',
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim()
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) {
      const full = join(this.folder, path)
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, content)
    }
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    symlinkSync(target, join(this.folder, path))
  }

  /** Writes files, stages everything and commits; the full id. */
  commit(
    message: string,
    files: Readonly<Record<string, string | Uint8Array>> = {},
    env: Record<string, string> = {},
  ): string {
    this.write(files)
    this.git(['add', '--all'])
    const verbatim = ['--cleanup=verbatim', '--allow-empty-message', '--allow-empty', '--no-verify']
    this.git(['commit', '--quiet', ...verbatim, '-F', '-'], message, env)
    return this.git(['rev-parse', 'HEAD'])
  }

  /** A clone over the file transport, so that `--depth` and `--filter` work. */
  clone(...args: readonly string[]): TestRepository {
    const folder = mkdtempSync(join(tmpdir(), 'fluxgate-clone-'))
    this.git(['clone', '--quiet', ...args, `file://${this.folder}`, folder])
    return new TestRepository(folder)
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** An empty repository on branch `main` that answers partial clones. */
export function makeRepository(): TestRepository {
  const repository = new TestRepository(mkdtempSync(join(tmpdir(), 'fluxgate-repo-')))
  repository.git(['init', '--quiet', '--initial-branch=main'])
  repository.git(['config', 'uploadpack.allowFilter', 'true'])
  repository.git(['config', 'uploadpack.allowAnySHA1InWant', 'true'])
  return repository
}
