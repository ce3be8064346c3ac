// Installs the real tools at their pinned versions. What is there at that version is left alone.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { refereeFolder } from '../referees.ts'

const GO_TOOLS: Readonly<Record<string, string>> = {
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1',
  age: 'filippo.io/age/cmd/age@v1.3.1',
  'age-keygen': 'filippo.io/age/cmd/age-keygen@v1.3.1',
  sops: 'github.com/getsops/sops/v3/cmd/sops@v3.13.2',
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
  gitleaks: 'github.com/zricethezav/gitleaks/v8@v8.30.1',
}
const COMMITLINT = ['cli', 'config-conventional', 'lint', 'load'].map(
  name => `@commitlint/${name}@21.2.4`,
)
const ZIZMOR = '1.32.0'

export function installReferees(): void {
  const folder = refereeFolder()
  mkdirSync(folder, { recursive: true })
  for (const [name, version] of Object.entries(GO_TOOLS)) installGo(folder, name, version)
  buildFluxReferee(folder)
  const python = join(folder, 'venv/bin')
  if (isCurrent(folder, 'zizmor', ZIZMOR, join(python, 'zizmor'))) return
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')], { stdio: 'inherit' })
  execFileSync(join(python, 'pip'), ['install', '--quiet', `zizmor==${ZIZMOR}`], {
    stdio: 'inherit',
  })
  writeFileSync(join(folder, '.zizmor.version'), ZIZMOR)
}

/** The peer of the bench for commit messages; apart from our own packages, for it brings seventy. */
export function installCommitlint(): string {
  const folder = join(refereeFolder(), 'commitlint')
  if (existsSync(join(folder, 'node_modules/@commitlint/cli'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
  execFileSync('npm', ['install', '--ignore-scripts', ...COMMITLINT], { cwd: folder })
  return folder
}

function installGo(folder: string, name: string, version: string): void {
  if (isCurrent(folder, name, version, join(folder, name))) return
  process.stderr.write(`installing ${version}\n`)
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '-trimpath' }
  execFileSync('go', ['install', version], { env, stdio: 'inherit' })
  writeFileSync(join(folder, `.${name}.version`), version)
}

/** Our own program on the modules that Flux is made of; built anew when its source changes. */
function buildFluxReferee(folder: string): void {
  const cwd = 'test/record/flux'
  const source = ['main.go', 'go.mod', 'go.sum'].map(name => readFileSync(join(cwd, name)))
  const version = createHash('sha256').update(Buffer.concat(source)).digest('hex')
  const binary = join(folder, 'flux-referee')
  if (isCurrent(folder, 'flux-referee', version, binary)) return
  const env = { ...process.env, CGO_ENABLED: '0' }
  execFileSync('go', ['build', '-trimpath', '-o', binary, '.'], { cwd, env, stdio: 'inherit' })
  writeFileSync(join(folder, '.flux-referee.version'), version)
}

function isCurrent(folder: string, name: string, version: string, binary: string): boolean {
  const stamp = join(folder, `.${name}.version`)
  return existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === version
}

/** vitest's global set-up of the conformance project. */
export function setup(): void {
  installReferees()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) installReferees()
