// Builds `dist/`: the command as one program with chunks for what is loaded late, and the pages.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { build, type Plugin } from 'esbuild'
import { ajvOptions } from '../../src/gate/configschema.ts'

/** Sources load heavy libraries by `require` on first use. Without this line the bundler sees those calls. */
const LAZY = /^const require = createRequire\(import\.meta\.url\)$/m
const IMPORT = /^import \{ createRequire \} from 'node:module'$/m

const lazyRequire: Plugin = {
  name: 'lazy-require',
  setup(context) {
    context.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      return {
        loader: 'ts',
        contents: LAZY.test(text) ? text.replace(LAZY, '').replace(IMPORT, '') : text,
      }
    })
  },
}

/** The validator of the configuration is compiled here and not at each start. */
const compiledConfig: Plugin = {
  name: 'compiled-config',
  setup(context) {
    context.onLoad({ filter: /[\\/]src[\\/]gate[\\/]configschema\.ts$/ }, () => {
      const ajv = new Ajv({ ...ajvOptions, code: { source: true, esm: true } })
      const schema = JSON.parse(readFileSync('schemas/config.schema.json', 'utf8'))
      const code = standalone.default(ajv, ajv.compile(schema))
      return {
        contents: `${code}\nexport const compileConfig = () => validate`,
        resolveDir: 'src/gate',
      }
    })
  },
}

/**
 * Importing a module of Node's reads all its exports, and with them loads what stands behind lazy ones
 * (promises of files, streams, web cryptography): a third of the start. Asking for the module does not.
 */
const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup(context) {
    context.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }))
    context.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

/** Core imports an HTTP client for tokens that we never ask for; it is most of its size and of its start. */
const withoutHttp: Plugin = {
  name: 'without-http',
  setup(context) {
    context.onResolve({ filter: /^@actions\/http-client/ }, ({ importer }) =>
      /[\\/]@actions[\\/]core[\\/]/.test(importer)
        ? { path: 'no-http', namespace: 'stub' }
        : undefined,
    )
    context.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
      contents: 'export class HttpClient {}\nexport class BearerCredentialHandler {}',
    }))
  },
}

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist/checks', { recursive: true })
const result = await build({
  entryPoints: [
    { in: 'src/cli.ts', out: 'cli' },
    { in: 'src/cli/leaks/worker.ts', out: 'leakworker' },
    ...['commits', 'manifests', 'secrets'].map(name => ({
      in: `actions/${name}/main.ts`,
      out: `actions/${name}`,
    })),
  ],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  plugins: [compiledConfig, plainBuiltins, lazyRequire, withoutHttp],
  // CommonJS libraries inside an ES module still ask for node's own modules by `require`.
  banner: {
    js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
})
for (const page of readdirSync('src/checks').filter(name => name.endsWith('.md')))
  cpSync(`src/checks/${page}`, `dist/checks/${page}`)
writeFileSync('dist/NOTICE', licences(Object.keys(result.metafile.inputs)))

/** The licences of everything that was bundled. */
function licences(inputs: readonly string[]): string {
  const folders = new Set(
    inputs.flatMap(path => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  )
  return [...folders].sort().map(licence).join('\n')
}

function licence(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const named = typeof manifest === 'object' && manifest !== null ? { ...manifest } : {}
  const { name, version, license } = Object.assign(
    { name: folder, version: '', license: '' },
    named,
  )
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8') : ''}\n`
}
