import { Refusal } from '../../kube/refusal.ts'
import { SharedWrites } from '../../kube/shared.ts'
import { ListNode, type MapNode, type Node, plainNode, type Scalar } from '../../yaml/node.ts'
import type { ReadTransforms, Transform } from '../context.ts'
import { type Edit, editField, editFields, type FieldSpec } from '../fieldspec.ts'
import { scalarAt } from '../file.ts'
import { idText, isClusterScoped } from '../resid.ts'
import { keyNode, type Resource } from '../resource.ts'
import { withString } from '../setter.ts'

const BY = 'namespace'
const BINDINGS = new Set(['RoleBinding', 'ClusterRoleBinding'])
const metadataNamespace: FieldSpec = {
  group: '',
  version: '',
  kind: '',
  path: 'metadata/namespace',
  create: true,
}

export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none'

export interface NamespaceOptions {
  readonly namespace: Scalar
  readonly specs: readonly FieldSpec[]
  /** Only where no namespace is written. */
  readonly unsetOnly: boolean
  readonly subjects: SubjectMode
}

/** `namespace:` of a kustomization file. */
export const namespaceTransforms: ReadTransforms = context => {
  const namespace = scalarAt(context.file.root, 'namespace')
  if (namespace === undefined) return []
  const specs = context.specs.namespace
  return [setNamespace({ namespace, specs, unsetOnly: false, subjects: 'defaultOnly' })]
}

/** Sets the namespace of all that is not known to be cluster-scoped (api/filters/namespace). */
export function setNamespace(options: NamespaceOptions): Transform {
  const edit = editOf(options)
  const tables = tablesOf(options.specs)
  return map => {
    for (const resource of map.resources) {
      if (resource.isEmpty) continue
      resource.storePreviousId()
      resource.root = setAll(resource, edit, tables, options)
    }
    // Upstream asks after each resource; what collides with one still to come would not collide then.
    refuseConflicts(map.resources)
  }
}

/** Sets the namespace of one object and keeps no earlier id (the filter alone). */
export function applyNamespace(resource: Resource, options: NamespaceOptions): void {
  resource.root = setAll(resource, editOf(options), tablesOf(options.specs), options)
}

function refuseConflicts(resources: readonly Resource[]): void {
  const byId = Map.groupBy(resources, ({ id }) =>
    [id.group, id.version, id.kind, isClusterScoped(id) ? '' : id.namespace, id.name].join('\0'),
  )
  for (const same of byId.values())
    if (same[0] && same[1])
      throw new Refusal(
        `namespace transformation produces ID conflict: ${same.map(one => idText(one.id)).join(', ')}`,
        same[1].root,
      )
}

interface Tables {
  readonly core: readonly FieldSpec[]
  readonly other: readonly FieldSpec[]
}

/** `metadata.namespace` is set apart; only v1 objects (Namespaces) are renamed. */
function tablesOf(specs: readonly FieldSpec[]): Tables {
  const core = specs.filter(spec => spec.path !== 'metadata/namespace')
  return { core, other: core.filter(spec => spec.path !== 'metadata/name') }
}

function editOf({ namespace, unsetOnly }: NamespaceOptions): Edit {
  return {
    by: BY,
    create: () => plainNode('', namespace, { by: BY }),
    set: node => {
      if (unsetOnly && node.kind === 'scalar' && node.text !== '') return node
      return withString(node, namespace.text, namespace, BY)
    },
  }
}

function setAll(
  { root, id }: Resource,
  edit: Edit,
  tables: Tables,
  options: NamespaceOptions,
): MapNode {
  const specs = id.group === '' && id.version === 'v1' ? tables.core : tables.other
  let changed = isClusterScoped(id) ? root : editField(root, metadataNamespace, edit)
  if (!BINDINGS.has(id.kind)) return editFields(changed, specs, edit)
  changed = setSubjects(changed, edit, options.subjects)
  const others = specs.filter(
    spec => !(BINDINGS.has(spec.kind) && spec.path === 'subjects/namespace'),
  )
  return editFields(changed, others, edit)
}

/** Service accounts named `default`, or all of them; the others follow by name reference. */
function setSubjects(root: MapNode, edit: Edit, mode: SubjectMode): MapNode {
  const key = root.key('subjects')
  const subjects = root.get('subjects')
  if (mode === 'none' || key === undefined || subjects?.kind !== 'list') return root
  const [field, value] = mode === 'defaultOnly' ? ['name', 'default'] : ['kind', 'ServiceAccount']
  const items = subjects.items.map(subject => setSubject(subject, field, value, edit))
  if (items.every((item, i) => item === subjects.items[i])) return root
  return root.with(key, new ListNode(items, subjects, subjects.flow))
}

function setSubject(subject: Node, field = '', value = '', edit: Edit): Node {
  if (subject.kind !== 'map') return subject
  const found = subject.get(field)
  if (found?.kind !== 'scalar' || found.text !== value) return subject
  const old = subject.get('namespace') ?? edit.create?.()
  if (old === undefined) return subject
  const set = edit.set(old, new SharedWrites())
  return subject.with(subject.key('namespace') ?? keyNode('namespace', set, BY), set)
}
