import type { Field } from './field.ts'
import { pathSegment, subdomain } from './format.ts'
import { checkSelector, isUsable } from './selector.ts'

const GROUP = 'rbac.authorization.k8s.io'

/** A Role (1.36 rbac/validation ValidateRole). */
export function checkRole(root: Field): void {
  for (const rule of root.get('rules').items()) checkRule(rule, true)
}

/** A ClusterRole (ValidateClusterRole). */
export function checkClusterRole(root: Field): void {
  for (const rule of root.get('rules').items()) checkRule(rule, false)
  const aggregation = root.get('aggregationRule')
  if (!aggregation.has) return
  const selectors = aggregation.get('clusterRoleSelectors')
  if (selectors.size === 0)
    selectors.required('at least one clusterRoleSelector required if aggregationRule is non-nil')
  for (const selector of selectors.items()) {
    checkSelector(selector)
    if (!isUsable(selector)) selector.invalid('invalid label selector.')
  }
}

function checkRule(rule: Field, namespaced: boolean): void {
  const [urls, groups, resources] = [
    rule.get('nonResourceURLs'),
    rule.get('apiGroups'),
    rule.get('resources'),
  ]
  if (rule.get('verbs').size === 0)
    rule.get('verbs').required('verbs must contain at least one value')
  if (urls.size > 0) {
    if (namespaced) urls.invalid('namespaced rules cannot apply to non-resource URLs')
    if (groups.size + resources.size + rule.get('resourceNames').size > 0)
      urls.invalid('rules cannot apply to both regular resources and non-resource URLs')
    return
  }
  if (groups.size === 0) groups.required('resource rules must supply at least one api group')
  if (resources.size === 0) resources.required('resource rules must supply at least one resource')
}

/** A RoleBinding (ValidateRoleBinding). */
export function checkRoleBinding(root: Field): void {
  checkBinding(root, true, ['Role', 'ClusterRole'])
}

/** A ClusterRoleBinding (ValidateClusterRoleBinding). */
export function checkClusterRoleBinding(root: Field): void {
  checkBinding(root, false, ['ClusterRole'])
}

function checkBinding(root: Field, namespaced: boolean, kinds: readonly string[]): void {
  const ref = root.get('roleRef')
  const group = ref.get('apiGroup')
  if (group.or(GROUP) !== GROUP) group.unsupported([GROUP])
  if (!kinds.includes(ref.get('kind').text)) ref.get('kind').unsupported(kinds)
  ref.get('name').needs(pathSegment)
  for (const subject of root.get('subjects').items()) checkSubject(subject, namespaced)
}

function checkSubject(subject: Field, namespaced: boolean): void {
  const [name, kind, group] = [subject.get('name'), subject.get('kind'), subject.get('apiGroup')]
  name.needsText()
  if (kind.text === 'ServiceAccount') {
    name.mayBe(subdomain)
    if (group.text !== '') group.unsupported([''])
    if (!namespaced) subject.get('namespace').needsText()
  } else if (kind.text === 'User' || kind.text === 'Group') {
    if (group.or(GROUP) !== GROUP) group.unsupported([GROUP])
  } else kind.unsupported(['ServiceAccount', 'User', 'Group'])
}
