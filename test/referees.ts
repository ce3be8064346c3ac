import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the real tools are kept between runs, outside the repository. */
export function refereeFolder(): string {
  return process.env['FLUXGATE_REFEREES'] ?? join(homedir(), '.cache', 'fluxgate-referees')
}

/** The path of a real tool: `kustomize`, `sops`, `age`, `age-keygen`, `actionlint`, `kubeconform`, `gitleaks`, `zizmor`. */
export function referee(name: string): string {
  const path = join(refereeFolder(), name === 'zizmor' ? 'venv/bin/zizmor' : name)
  if (!existsSync(path))
    throw new Error(`${name} is not installed: \`node test/referees/install.ts\` does it`)
  return path
}
