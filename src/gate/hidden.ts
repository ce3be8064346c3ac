import type { YamlFile } from '../checks/input.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { IsHidden } from '../text/frame.ts'
import type { Source } from '../text/source.ts'
import type { Node } from '../yaml/node.ts'

/** Documents of which no value is ever shown. */
const SECRET_KINDS = new Set(['Secret', 'SecretList', 'SealedSecret', 'ExternalSecret'])

/** Fields of any document below which nothing is shown. */
const SECRET_FIELDS = new Set(['secretGenerator', 'stringData', 'sops', 'substitute'])

const SUSPECT = /secret|password|passwd|token|credential|private|AGE-|BEGIN|api.?key/i

type Range = readonly [number, number]

/**
 * What frames must not show: the place of every secret finding, the values of Secret documents and of
 * fields that hold secrets, and all of a file that is no parsed YAML and smells of secrets.
 */
export function hiddenPlaces(
  diagnostics: readonly Diagnostic[],
  secretCodes: ReadonlySet<string>,
  files: readonly YamlFile[],
): IsHidden {
  const bySource = new Map<string, Range[]>()
  const parsed = new Map<string, YamlFile>(files.map(file => [file.path, file]))
  const found = Map.groupBy(
    diagnostics.filter(one => secretCodes.has(one.code)),
    one => one.at.source.path,
  )
  const rangesOf = (source: Source): Range[] => {
    const known = bySource.get(source.path)
    if (known !== undefined) return known
    const ranges = (found.get(source.path) ?? []).map(({ at }): Range => [at.start, at.end])
    const file = parsed.get(source.path)
    if (
      file === undefined ||
      file.parsed.problem !== undefined ||
      source.owner.commit !== undefined
    )
      ranges.push(...suspectText(source))
    else for (const { root } of file.parsed.documents) if (root) collect(root, false, ranges)
    bySource.set(source.path, ranges)
    return ranges
  }
  return (source, start, end) => rangesOf(source).some(([from, to]) => start < to && from < end)
}

function suspectText(source: Source): Range[] {
  return SUSPECT.test(source.text) ? [[0, source.text.length]] : []
}

function collect(root: Node, hidden: boolean, into: Range[]): void {
  const stack: [Node, boolean][] = [[root, hidden]]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [node, isSecret] = top
    if (node.kind === 'scalar') {
      if (isSecret) into.push([node.start, node.end])
    } else if (node.kind === 'list') {
      for (const item of node.items) stack.push([item, isSecret])
    } else {
      const kind = node.get('kind')
      const below = isSecret || (kind?.kind === 'scalar' && SECRET_KINDS.has(kind.text))
      node.keys.forEach((key, i) => {
        const value = node.values[i]
        if (value === undefined || isPlainField(key.text)) return
        stack.push([value, below || SECRET_FIELDS.has(key.text) || SUSPECT.test(key.text)])
      })
    }
  }
}

/** Fields that name an object and never hold its data. */
function isPlainField(key: string): boolean {
  return key === 'apiVersion' || key === 'kind' || key === 'metadata' || key === 'type'
}
