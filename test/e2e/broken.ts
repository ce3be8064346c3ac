import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { place } from './prediction.ts'
import { expect, type Steps } from './steps.ts'
import { ownFiles } from './tree.ts'

/** One way to break the gate: a text of its code in the place of another, and the steps that must fail. */
interface Breakage {
  readonly name: string
  readonly file: string
  readonly right: string
  readonly wrong: string
  readonly red: readonly string[]
}

const AGREE = 'Flux and the gate agree'
const FIELDS = 'what the small repositories applied is what was foretold'

const breakages: readonly Breakage[] = [
  {
    name: 'a gate that accepts a wrong path',
    file: 'src/checks/missing-path.ts',
    right: "run: input => input.found('missing-path')",
    wrong: 'run: () => []',
    red: ['the gate refuses a path that is not there', AGREE],
  },
  {
    name: 'a gate that leaves out the first operation of a patch',
    file: 'src/kube/patch.ts',
    right: 'operations.reduce(applyOne, root)',
    wrong: 'operations.slice(1).reduce(applyOne, root)',
    red: ['what the controllers own is what was foretold, field by field', FIELDS],
  },
  {
    name: 'a gate that overlooks a field that no schema knows',
    file: 'src/checks/unknown-field.ts',
    right: "input.found('unknown-field')",
    wrong: "[...input.found('unknown-field')].slice(1)",
    red: [AGREE],
  },
]

/** Small repositories that show each breakage, and one that is right whatever is broken. */
const ONLY = ['ok-overlay', 'no-path', 'path-is-file', 'patch-two-objects', 'hr-unknown-field']

/** Breaks the gate on purpose, in copies of this repository: the run must notice. */
export async function breakGate(folder: string, steps: Steps): Promise<void> {
  for (const one of breakages)
    await steps.chapter('Broken on purpose', () => steps.run(one.name, () => notice(folder, one)))
}

async function notice(parent: string, { file, right, wrong, red }: Breakage): Promise<string> {
  const copy = mkdtempSync(join(parent, 'broken-'))
  copyTo(copy)
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  expect(text.split(right).length === 2, `${file} does not say once: ${right}`)
  writeFileSync(path, text.replace(right, wrong))
  const said = await run(join(copy, 'test/e2e/main.ts'))
  const failed = said.flatMap(line => (line.startsWith('not ok ') ? [line.slice(7)] : []))
  const missed = red.filter(name => !failed.includes(name))
  expect(missed.length === 0, `nobody noticed in: ${missed.join('; ')}\n${said.join('\n')}`)
  const other = failed.filter(name => !red.includes(name))
  return `noticed in ${[...red, ...other].map(name => `"${name}"`).join(', ')}`
}

/** The files that git knows, as they are now, and the dependencies. */
function copyTo(folder: string): void {
  for (const [path, content] of Object.entries(ownFiles())) place(join(folder, path), content)
  const git = (...args: readonly string[]) => execFileSync('git', [...args], { cwd: folder })
  git('init', '--quiet')
  git('add', '--all', '--force')
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
}

/** The lines of a run of the story and of some small repositories. */
function run(program: string): Promise<readonly string[]> {
  return new Promise(done => {
    const args = [program, `--only=${ONLY.join(',')}`]
    execFile(process.execPath, args, { maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      done(`${stdout}${stderr}`.split('\n')),
    )
  })
}
