import { readFileSync } from 'node:fs'
import type { Shell } from '../src/cli/command.ts'

/** A shell that keeps what is written, for tests that need no process of their own. */
export interface TestShell extends Shell {
  readonly written: { out: string; err: string }
}

export function testShell(cwd = process.cwd(), stdin = ''): TestShell {
  const written = { out: '', err: '' }
  return {
    cwd,
    env: {},
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    today: () => '2026-01-31',
    now: () => 0,
    stdin: () => Buffer.from(stdin),
    out: text => void (written.out += text),
    err: text => void (written.err += text),
    asset: path => readFileSync(path, 'utf8'),
    version: '0.0.0',
    written,
  }
}
