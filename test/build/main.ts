// Builds `dist/`: one file of all our code, a small one for each way in, and the pages. One file, because
// a module costs Node about a millisecond; CommonJS, because its loader is loaded anyway. What lints
// messages has a file of its own: a hook waits for it. `dist/actions` needs nothing beside it: it is what
// the tag of a release carries.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { build, type BuildOptions } from 'esbuild'
import { licences } from './licences.ts'
import { asides, plugins } from './plugins.ts'

const options = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  // So that a module which is loaded late stays in this file, and is run when it is asked for.
  supported: { 'dynamic-import': false },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  define: { 'import.meta.filename': '__filename' },
} as const satisfies BuildOptions

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist/checks', { recursive: true })
mkdirSync('dist/actions')

const WORKER = ['leakworker', './src/cli/leaks/worker.ts'] as const
const program = [
  await bundle('dist/core.js', [['cli', './src/cli.ts'], WORKER]),
  await bundle('dist/commits.js', [['cli', './src/cli/hook.ts']]),
  await libraries('dist', Object.keys(asides)),
]
const manifests = ['manifests', './actions/manifests/main.ts'] as const
const secrets = ['secrets', './actions/secrets/main.ts'] as const
const actions = [
  await bundle('dist/actions/core.js', [manifests, secrets, WORKER]),
  await bundle('dist/actions/lint.js', [['commits', './actions/commits/main.ts']]),
  // The others serve flags that no action has.
  await libraries('dist/actions', [
    '@actions/github',
    '@marcbachmann/cel-js',
    'ajv',
    'minimatch',
    're2js',
  ]),
]
for (const [folder, inputs] of [
  ['dist', program],
  ['dist/actions', actions],
] as const) {
  writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}\n')
  writeFileSync(`${folder}/NOTICE`, licences(inputs.flat()))
  writeFileSync(`${folder}/leakworker.js`, workerStart())
}
// Compiled code is kept beside the bundle, where only somebody who could change the bundle can write; for
// each command its own, because only what the first run compiled is kept.
writeFileSync(
  'dist/cli.js',
  `#!/usr/bin/env node\nconst name=(/^[a-z]+$/.exec(process.argv[2])??['other'])[0];${keep("__dirname+'/.cache/'+name")}(name==='commits'?require('./commits.js'):require('./core.js')).cli()\n`,
  { mode: 0o755 },
)
writeFileSync('dist/actions/commits.js', `require('./lint.js').commits()\n`)
for (const [name] of [manifests, secrets])
  writeFileSync(`dist/actions/${name}.js`, `require('./core.js').${name}()\n`)
for (const page of readdirSync('src/checks').filter(name => name.endsWith('.md')))
  cpSync(`src/checks/${page}`, `dist/checks/${page}`)

/** One file with several ways in, each run when its function is called; the paths of what it holds. */
async function bundle(
  outfile: string,
  ways: readonly (readonly [name: string, path: string])[],
): Promise<string[]> {
  const contents = ways.map(([name, path]) => `export const ${name} = () => import('${path}')\n`)
  const stdin = { contents: contents.join(''), resolveDir: '.', sourcefile: 'ways.ts' }
  const { metafile } = await build({ ...options, stdin, outfile, plugins })
  return Object.keys(metafile.inputs)
}

async function libraries(outdir: string, names: readonly string[]): Promise<string[]> {
  const entryPoints = names.map(name => ({ in: name, out: asides[name] ?? name }))
  const { metafile } = await build({ ...options, outdir, entryPoints })
  return Object.keys(metafile.inputs)
}

function keep(folder: string): string {
  return `process.getBuiltinModule('module').enableCompileCache?.(${folder});`
}

function workerStart(): string {
  return `const{cache}=process.getBuiltinModule('worker_threads').workerData;if(cache!==undefined)${keep('cache')}require('./core.js').leakworker()\n`
}
