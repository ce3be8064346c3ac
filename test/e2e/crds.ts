// Makes the CustomResourceDefinitions of Flux from its published API modules.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binaryFolder } from './binaries.ts'

/** The API modules that Flux 2.9.4 is made of. */
const MODULES: Readonly<Record<string, string>> = {
  'github.com/fluxcd/helm-controller/api': 'v1.6.3',
  'github.com/fluxcd/kustomize-controller/api': 'v1.9.4',
  'github.com/fluxcd/source-controller/api': 'v1.9.4',
  'github.com/fluxcd/notification-controller/api': 'v1.9.3',
}
const GENERATOR = 'sigs.k8s.io/controller-tools/cmd/controller-gen'

/** The texts of all CRDs; made once and kept beside the binaries. */
export function fluxCrds(): string[] {
  const folder = join(binaryFolder(), 'crds')
  const stamp = join(folder, '.version')
  const version = JSON.stringify(MODULES)
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
    generate(folder)
    writeFileSync(stamp, version)
  }
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
}

function generate(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const module = join(binaryFolder(), 'module-crds')
  rmSync(module, { recursive: true, force: true })
  mkdirSync(module)
  const go = (...args: readonly string[]) =>
    execFileSync('go', [...args], { cwd: module, stdio: ['ignore', 'inherit', 'inherit'] })
  go('mod', 'init', 'crds.local')
  go('mod', 'edit', '-go=1.26.0')
  go('get', '-tool', `${GENERATOR}@v0.21.0`)
  for (const [path, version] of Object.entries(MODULES)) go('get', `${path}/...@${version}`)
  for (const path of Object.keys(MODULES))
    go(
      'tool',
      'controller-gen',
      'crd:crdVersions=v1',
      `paths=${path}/...`,
      `output:crd:artifacts:config=${folder}`,
    )
}
