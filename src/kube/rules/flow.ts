import type { Field } from './field.ts'
import { dnsLabel, subdomain } from './format.ts'

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'proxy',
  'update',
  'watch',
]
const KINDS = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' } as const

/** A FlowSchema (1.36 flowcontrol/validation ValidateFlowSchema); an absent precedence is 1000. */
export function checkFlowSchema(root: Field): void {
  const spec = root.get('spec')
  const precedence = spec.get('matchingPrecedence')
  const value = precedence.number || 1000
  if (value < 0) precedence.invalid('must be a positive value')
  if (value > 10_000) precedence.invalid('must not be greater than 10000')
  if (value === 1 && root.get('metadata').get('name').text !== 'exempt')
    precedence.invalid("only the schema named 'exempt' may have matchingPrecedence 1")
  const method = spec.get('distinguisherMethod')
  const methods = ['ByNamespace', 'ByUser']
  if (method.has && !methods.includes(method.get('type').text))
    method.get('type').unsupported(methods)
  const level = spec.get('priorityLevelConfiguration').get('name')
  if (level.text === '') level.required('must reference a priority level')
  else level.must(subdomain)
  for (const rule of spec.get('rules').items()) checkRule(rule)
}

function checkRule(rule: Field): void {
  const subjects = rule.get('subjects')
  if (subjects.size === 0) subjects.required('subjects must contain at least one value')
  for (const subject of subjects.items()) checkSubject(subject)
  const [resources, others] = [rule.get('resourceRules'), rule.get('nonResourceRules')]
  if (resources.size === 0 && others.size === 0)
    rule.required('at least one of resourceRules and nonResourceRules has to be non-empty')
  for (const one of resources.items()) checkResourceRule(one)
  for (const one of others.items()) checkOtherRule(one)
}

function checkSubject(subject: Field): void {
  const kind = subject.get('kind')
  const own = Object.entries(KINDS).find(([name]) => name === kind.text)?.[1]
  if (own === undefined) return kind.unsupported(Object.keys(KINDS))
  const said = subject.get(own)
  if (!said.has) said.required(`${own} is required when subject kind is '${kind.text}'`)
  else if (own === 'serviceAccount') checkAccount(said)
  else said.get('name').needsText()
  for (const [name, field] of Object.entries(KINDS))
    if (field !== own && subject.get(field).has)
      subject.get(field).forbidden(`${field} is forbidden when subject kind is not '${name}'`)
}

function checkAccount(account: Field): void {
  const [name, namespace] = [account.get('name'), account.get('namespace')]
  if (name.text !== '*') name.needs(subdomain)
  if (namespace.text === '') namespace.required('must specify namespace for service account')
  else namespace.must(dnsLabel)
}

/** A list that may be `*` alone. Whether it is. */
function isWild(list: Field, what: string): boolean {
  if (!list.texts().includes('*')) return false
  if (list.size > 1) list.invalid(`if '*' is present, must not specify other ${what}`)
  return true
}

function checkVerbs(list: Field): void {
  if (list.size === 0) list.required('verbs must contain at least one value')
  else if (!isWild(list, 'verbs') && list.texts().some(one => !VERBS.includes(one)))
    list.unsupported(VERBS)
}

function checkResourceRule(rule: Field): void {
  checkVerbs(rule.get('verbs'))
  for (const [name, one, many] of [
    ['apiGroups', 'api group', 'api groups'],
    ['resources', 'resource', 'resources'],
  ] as const) {
    const list = rule.get(name)
    if (list.size === 0) list.required(`resource rules must supply at least one ${one}`)
    else isWild(list, many)
  }
  const namespaces = rule.get('namespaces')
  if (namespaces.size === 0 && !rule.get('clusterScope').isTrue)
    namespaces.required(
      'resource rules that are not cluster scoped must supply at least one namespace',
    )
  else if (!isWild(namespaces, 'namespaces'))
    for (const one of namespaces.items())
      for (const complaint of dnsLabel(one.text))
        one.invalid(`each member of this list must be '*' or a DNS-1123 label; ${complaint}`)
}

function checkOtherRule(rule: Field): void {
  checkVerbs(rule.get('verbs'))
  const urls = rule.get('nonResourceURLs')
  if (urls.size === 0) urls.required('nonResourceURLs must contain at least one value')
  else if (!isWild(urls, 'non-resource URLs'))
    for (const url of urls.items()) {
      const problem = urlProblem(url.text)
      if (problem !== undefined) url.invalid(problem)
    }
}

/** ValidateNonResourceURLPath. */
function urlProblem(path: string): string | undefined {
  if (path === '') return 'must not be empty'
  if (!path.startsWith('/')) return 'must start with slash'
  if (path.includes(' ')) return 'must not contain white-space'
  if (path.includes('//')) return 'must not contain double slash'
  const stars = path.split('*').length - 1
  return stars > 1 || (stars === 1 && !path.endsWith('/*'))
    ? 'wildcard can only do suffix matching'
    : undefined
}
