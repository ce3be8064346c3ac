import type { YamlFile } from '../checks/input.ts'
import type { FluxKustomization } from '../flux/model.ts'
import { formatId, idOf, type KubeObject } from '../kube/object.ts'
import { judge } from '../kube/verdict.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { Finding } from '../text/diagnostic.ts'
import { baseName, joinPath, parentPath } from '../tree/tree.ts'

/** What holds for a document on its own, whatever patches and overlays would still do to it. */
const FINAL = new Set(['unknown-field', 'wrong-type'])

/**
 * Where a directory does not build there is no object to judge. Its files are then judged as they
 * stand: the misspelt `name` that stopped the build is found on its own line.
 */
export function* judgeUnbuilt(
  one: FluxKustomization,
  files: readonly YamlFile[],
  schemas: Schemas,
): Iterable<Finding> {
  const { build, directory } = one
  if (directory === undefined || (build !== undefined && build.error === undefined)) return
  const patches = patchFiles(files)
  for (const { root, id } of readDocuments(one, files)) {
    if (!schemas.lookup(id.group, id.version, id.kind).ok) continue
    const isWhole = !patches.has(root.source.path)
    for (const finding of judge({ id, root }, schemas))
      if (isFinal(finding, isWhole)) yield { ...finding, object: formatId(id) }
  }
}

/** The files that some kustomization names as a patch: parts of objects, which may miss what they do not change. */
function patchFiles(files: readonly YamlFile[]): ReadonlySet<string> {
  const named = new Set<string>()
  for (const { path, parsed } of files) {
    const root = parsed.documents[0]?.root
    if (root?.kind !== 'map' || !/^kustomization\.ya?ml$/i.test(baseName(path))) continue
    for (const key of ['patches', 'patchesStrategicMerge']) {
      const list = root.get(key)
      for (const item of list?.kind === 'list' ? list.items : []) {
        const file = item.kind === 'map' ? item.get('path') : item
        const target = file?.kind === 'scalar' ? joinPath(parentPath(path), file.text) : undefined
        if (target !== undefined) named.add(target)
      }
    }
  }
  return named
}

function readDocuments(one: FluxKustomization, files: readonly YamlFile[]): KubeObject[] {
  const below = one.directory === '' ? '' : `${one.directory}/`
  return files
    .filter(({ path }) => path.startsWith(below) || one.build?.files.has(path) === true)
    .flatMap(({ parsed }) => parsed.documents)
    .flatMap(({ root }) => (root?.kind === 'map' ? [root.without('sops')] : []))
    .map(root => ({ root, id: idOf(root) }))
}

/** kustomize itself fills in labels and selectors, so their absence from a file says nothing. */
function isFinal(finding: Finding, isWhole: boolean): boolean {
  if (isVariable(finding)) return false
  if (finding.code === 'missing-field') return isWhole && !/selector|labels/i.test(finding.message)
  return FINAL.has(finding.code)
}

function isVariable({ at }: Finding): boolean {
  return at.source.text.slice(at.start, at.end).includes('${')
}
