// Builds the real control plane and the real controllers into a cache folder outside the repository.
// What is there at its version is left alone, so an interrupted build goes on where it was.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Recipe, recipes } from './recipes.ts'

/** Where the programs are kept between runs. */
export function binaryFolder(): string {
  return process.env['FLUXGATE_E2E'] ?? join(homedir(), '.cache', 'fluxgate-e2e')
}

export function binary(name: string): string {
  return join(binaryFolder(), name)
}

export function isBuilt(names: readonly string[]): boolean {
  return recipes.filter(one => names.includes(one.name)).every(isCurrent)
}

/** Builds what is missing; says what it does and how long it took. */
export function buildBinaries(say: (line: string) => void): void {
  mkdirSync(binaryFolder(), { recursive: true })
  for (const [i, recipe] of recipes.entries()) {
    if (isCurrent(recipe)) continue
    say(`[${i + 1}/${recipes.length}] building ${recipe.name} ${recipe.version}`)
    const start = performance.now()
    buildOne(recipe)
    say(`    took ${((performance.now() - start) / 1000).toFixed(0)} s`)
  }
}

function isCurrent({ name, version }: Recipe): boolean {
  const stamp = join(binaryFolder(), `.${name}.version`)
  return existsSync(binary(name)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === version
}

function buildOne(recipe: Recipe): void {
  const folder = join(binaryFolder(), `module-${recipe.name}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const go = (...args: readonly string[]) =>
    execFileSync('go', [...args], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] })
  go('mod', 'init', 'e2e.local')
  go('mod', 'edit', '-go=1.26.0')
  for (const [module, version] of Object.entries(recipe.replace))
    go('mod', 'edit', `-replace=${module}=${module}@${version}`)
  go('get', '-tool', `${recipe.package}@${recipe.version}`)
  const made = join(folder, 'program')
  go('build', '-trimpath', '-ldflags', `-s -w ${recipe.ldflags ?? ''}`, '-o', made, recipe.package)
  renameSync(made, binary(recipe.name))
  writeFileSync(join(binaryFolder(), `.${recipe.name}.version`), recipe.version)
}

const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod' }

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  buildBinaries(line => process.stderr.write(`${line}\n`))
