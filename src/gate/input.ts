import type { Input, YamlFile } from '../checks/input.ts'
import { Source } from '../text/source.ts'
import type { Tree } from '../tree/tree.ts'
import { readFile } from '../yaml/file.ts'
import { parse } from '../yaml/parse.ts'
import type { Parsed } from '../yaml/node.ts'
import { renderWithinBudget } from './budget.ts'
import type { Request } from './request.ts'
import { collectFindings } from './stages.ts'

const YAML_NAME = /\.ya?ml$/i

/** Larger files are not parsed unless Flux reaches them. */
const MAX_LOOSE_BYTES = 16 * 1024 * 1024

/** Runs each stage on first use and keeps what it said. */
export function createInput(request: Request, time: <T>(stage: string, run: () => T) => T): Input {
  const model = once(() => time('render', () => renderWithinBudget(request.tree, request.model)))
  const baseModel = once(() =>
    time('render base', () =>
      request.base ? renderWithinBudget(request.base, request.model) : undefined,
    ),
  )
  const yamlFiles = once(() => time('read', () => readYaml(request.tree)))
  const found = once(() =>
    Map.groupBy(
      collectFindings(request, yamlFiles(), model(), time, baseModel),
      finding => finding.code,
    ),
  )
  return {
    tree: request.tree,
    base: request.base,
    config: request.config,
    schemas: request.schemas,
    today: request.today,
    commits: request.commits,
    get yamlFiles() {
      return yamlFiles()
    },
    get model() {
      return model()
    },
    get baseModel() {
      return baseModel()
    },
    found: code => found().get(code) ?? [],
    codes: () => [...found().keys()],
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function readYaml(tree: Tree): YamlFile[] {
  return tree
    .entries()
    .filter(entry => entry.kind === 'file' && YAML_NAME.test(entry.path))
    .filter(entry => entry.size <= MAX_LOOSE_BYTES)
    .map(entry => ({ path: entry.path, parsed: parseFile(tree, entry.path) }))
}

function parseFile(tree: Tree, path: string): Parsed {
  const { source, problem: bad } = readFile(tree, path)
  if (bad === undefined) return parse(source, 'v3')
  const problem = { ...new Source(path, '').span(0), message: bad.message }
  return { documents: [], comments: [], problem, ignored: undefined }
}
