import type { MapNode, Node, Scalar, YamlProblem } from './node.ts'
import { isStringStart, resolveScalar } from './resolve.ts'

/**
 * What keeps a document from becoming JSON, as sigs.k8s.io/yaml does with every kustomization file and
 * JSON 6902 patch: `.inf`, `.nan`, a null key. Undefined where nothing does.
 */
export function jsonProblem(node: Node): YamlProblem | undefined {
  if (node.kind === 'scalar') return scalarProblem(node)
  if (node.kind === 'map') return mapProblem(node)
  for (const item of node.items) {
    const problem = jsonProblem(item)
    if (problem) return problem
  }
  return undefined
}

function mapProblem(map: MapNode): YamlProblem | undefined {
  let i = 0
  for (const key of map.keys) {
    if (!isPlainText(key) && resolveScalar(key).type === 'null')
      return problemAt(key, 'error converting YAML to JSON: unsupported map key of type: null')
    const value = map.values[i++]
    const problem = value && jsonProblem(value)
    if (problem) return problem
  }
  return undefined
}

/** Most scalars are strings at first sight. */
function isPlainText({ tag, style, text }: Scalar): boolean {
  return tag === undefined && (style !== 'plain' || isStringStart(text))
}

function scalarProblem(scalar: Scalar): YamlProblem | undefined {
  if (isPlainText(scalar)) return undefined
  const { value, problem } = resolveScalar(scalar)
  if (problem !== undefined) return problemAt(scalar, `yaml: ${problem}`)
  if (typeof value !== 'number' || Number.isFinite(value)) return undefined
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  return problemAt(scalar, `error converting YAML to JSON: json: unsupported value: ${name}`)
}

function problemAt(at: Node, message: string): YamlProblem {
  return { source: at.source, start: at.start, end: at.end, message }
}
