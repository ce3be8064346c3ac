import { readFileSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import type { Plugin } from 'esbuild'
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

/** Modules that Node has loaded before any program. */
const LOADED = new Set(['buffer', 'events', 'fs', 'module', 'path', 'process', 'timers', 'url'])

/**
 * Importing a module of Node's reads all its exports, and with them loads what stands behind lazy ones
 * (promises of files, streams, web cryptography): a third of the start. Asking for the module does not; and
 * one that is not loaded yet is asked for when the first of its exports is used.
 */
const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup(context) {
    context.onResolve({ filter: /^[a-z:_/0-9]+$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '')
      return builtinModules.includes(name) ? { path: name, namespace: 'builtin' } : undefined
    })
    context.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const name = JSON.stringify(`node:${path}`)
      if (LOADED.has(path)) return { contents: `module.exports=process.getBuiltinModule(${name})` }
      const names = JSON.stringify(Object.keys(createRequire(import.meta.url)(`node:${path}`)))
      const get = `get:()=>(loaded??=process.getBuiltinModule(${name}))[key]`
      const define = `Object.defineProperty(exports,key,{enumerable:true,${get}})`
      return { contents: `let loaded;for(const key of ${names})${define}` }
    })
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

/** Libraries that not every run needs and that outweigh what is ours: a file each, read when asked for. */
export const asides: Readonly<Record<string, string>> = {
  '@actions/github': 'github',
  '@kubernetes/client-node': 'kubernetes',
  '@marcbachmann/cel-js': 'cel',
  'age-encryption': 'age',
  ajv: 'ajv',
  'ajv-formats': 'formats',
  minimatch: 'minimatch',
  re2js: 're2',
}

const aside: Plugin = {
  name: 'aside',
  setup(context) {
    context.onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) => {
      const file = asides[path]
      const isLate = kind === 'dynamic-import' || kind === 'require-call'
      return file !== undefined && isLate ? { path: `./${file}.js`, external: true } : undefined
    })
  },
}

export const plugins = [compiledConfig, plainBuiltins, lazyRequire, withoutHttp, aside]
