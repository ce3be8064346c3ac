import type { Field } from './field.ts'
import { pathSegment } from './format.ts'
import { checkSelector } from './selector.ts'

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']

/** What a webhook or a policy is asked about (1.36 admissionregistration/validation validateRuleWithOperations). */
export function checkOperations(rule: Field): void {
  const operations = rule.get('operations')
  if (operations.size === 0) operations.required()
  if (operations.size > 1 && operations.texts().includes('*'))
    operations.invalid("if '*' is present, must not specify other operations")
  for (const operation of operations.items())
    if (!OPERATIONS.includes(operation.text)) operation.unsupported(OPERATIONS, operation.text)
  const [groups, versions] = [rule.get('apiGroups'), rule.get('apiVersions')]
  for (const [list, what] of [
    [groups, 'groups'],
    [versions, 'versions'],
  ] as const) {
    if (list.size === 0) list.required()
    if (list.size > 1 && list.texts().includes('*'))
      list.invalid(`if '*' is present, must not specify other API ${what}`)
  }
  for (const version of versions.items()) version.needsText()
  checkResources(rule.get('resources'))
  rule.get('scope').oneOf(['*', 'Cluster', 'Namespaced'])
}

function checkResources(list: Field): void {
  if (list.size === 0) list.required()
  const wholes = new Set<string>()
  const subs = new Set<string>()
  let plain = false
  for (const one of list.items()) {
    const slash = one.text.indexOf('/')
    if (one.text === '') one.required()
    else if (slash === -1) plain = one.text !== '*'
    else {
      const [resource, sub] = [one.text.slice(0, slash), one.text.slice(slash + 1)]
      if (wholes.has(resource))
        one.invalid(`if '${resource}/*' is present, must not specify ${one.text}`)
      if (subs.has(sub)) one.invalid(`if '*/${sub}' is present, must not specify ${one.text}`)
      if (sub === '*') wholes.add(resource)
      if (resource === '*') subs.add(sub)
    }
  }
  const texts = list.texts()
  if (texts.length > 1 && texts.includes('*/*'))
    list.invalid("if '*/*' is present, must not specify other resources")
  if (texts.includes('*') && plain)
    list.invalid("if '*' is present, must not specify other resources without subresources")
}

/** What a policy or binding applies to (validateMatchResources). */
export function checkMatch(match: Field): void {
  if (!match.has) return
  match.get('matchPolicy').oneOf(['Equivalent', 'Exact'])
  checkSelector(match.get('namespaceSelector'))
  checkSelector(match.get('objectSelector'))
  for (const rule of ['resourceRules', 'excludeResourceRules'].flatMap(name =>
    match.get(name).items(),
  )) {
    const seen = new Set<string>()
    for (const name of rule.get('resourceNames').items()) {
      name.must(pathSegment)
      if (seen.has(name.text)) name.duplicate()
      seen.add(name.text)
    }
    checkOperations(rule)
  }
}
