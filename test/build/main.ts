// Builds `dist/`: one file of all our code, a small one for each way in, and the pages. One file, because
// a module costs Node about a millisecond; CommonJS, because its loader is loaded anyway.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { build, type BuildOptions } from 'esbuild'
import { licences } from './licences.ts'
import { asides, plugins } from './plugins.ts'

const ACTIONS = ['commits', 'manifests', 'secrets']

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
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl=require('node:url').pathToFileURL(__filename).href;" },
} as const satisfies BuildOptions

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist/checks', { recursive: true })
mkdirSync('dist/actions')
const core = await build({
  ...options,
  stdin: { contents: waysIn(), resolveDir: '.', sourcefile: 'core.ts', loader: 'ts' },
  outfile: 'dist/core.js',
  plugins,
})
const libraries = await build({
  ...options,
  outdir: 'dist',
  entryPoints: Object.entries(asides).map(([path, out]) => ({ in: path, out })),
})
writeFileSync('dist/package.json', '{"type":"commonjs"}\n')
// Compiled code is kept beside the bundle, where only somebody who could change the bundle can write; for
// each command its own, because only what the first run compiled is kept.
const keep = (folder: string) =>
  `process.getBuiltinModule('module').enableCompileCache?.(${folder});`
writeFileSync(
  'dist/cli.js',
  `#!/usr/bin/env node\n${keep("__dirname+'/.cache/'+(/^[a-z]+$/.exec(process.argv[2])??['other'])[0]")}require('./core.js').cli()\n`,
  { mode: 0o755 },
)
writeFileSync(
  'dist/leakworker.js',
  `const{cache}=process.getBuiltinModule('worker_threads').workerData;if(cache!==undefined)${keep('cache')}require('./core.js').leakworker()\n`,
)
for (const name of ACTIONS)
  writeFileSync(`dist/actions/${name}.js`, `require('../core.js').${name}()\n`)
for (const page of readdirSync('src/checks').filter(name => name.endsWith('.md')))
  cpSync(`src/checks/${page}`, `dist/checks/${page}`)
const bundled = [core.metafile, libraries.metafile].flatMap(({ inputs }) => Object.keys(inputs))
writeFileSync('dist/NOTICE', licences(bundled))

/** The source of the one file: each way in is run when its function is called. */
function waysIn(): string {
  const files = [
    ['cli', './src/cli.ts'],
    ['leakworker', './src/cli/leaks/worker.ts'],
    ...ACTIONS.map(name => [name, `./actions/${name}/main.ts`]),
  ]
  return files.map(([name, path]) => `export const ${name} = () => import('${path}')\n`).join('')
}
