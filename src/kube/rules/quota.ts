import type { Field } from './field.ts'
import { checkAmount, checkQuotaName, isStandardQuota } from './resource.ts'

const SCOPES = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'VolumeAttributesClass',
  'CrossNamespacePodAffinity',
]
const POD = [
  'pods',
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
]
const CLAIMS = ['persistentvolumeclaims', 'requests.storage']

/** 1.36 core/helper IsResourceQuotaScopeValidForResource. */
function fits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods'
  if (scope === 'VolumeAttributesClass') return CLAIMS.includes(resource)
  return !SCOPES.includes(scope) || POD.includes(resource)
}

/** A ResourceQuota (1.36 core/validation ValidateResourceQuotaSpec). */
export function checkQuota(root: Field): void {
  const spec = root.get('spec')
  const hard = spec.get('hard').entries()
  for (const [name, amount] of hard) {
    checkQuotaName(amount, name)
    checkAmount(amount, name)
  }
  const limited = hard.map(([name]) => name).filter(isStandardQuota)
  checkScopes(spec.get('scopes'), limited)
  const selector = spec.get('scopeSelector')
  if (selector.has) checkSelected(selector, limited)
}

function checkScopes(scopes: Field, limited: readonly string[]): void {
  for (const scope of scopes.items()) {
    const at = scopes.near(scope)
    if (!SCOPES.includes(scope.text)) at.invalid('unsupported scope')
    if (!limited.every(name => fits(scope.text, name)))
      at.invalid('unsupported scope applied to resource')
  }
  checkConflict(scopes, scopes.texts())
}

function checkConflict(at: Field, scopes: readonly string[]): void {
  for (const name of ['BestEffort', 'Terminating'])
    if (scopes.includes(name) && scopes.includes(`Not${name}`)) at.invalid('conflicting scopes')
}

const FLAGS = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
]

/** The server names the list, not the expression. */
function checkSelected(selector: Field, limited: readonly string[]): void {
  const list = selector.get('matchExpressions')
  const expressions = list.items()
  for (const one of expressions) {
    const at = (key: string) => one.get(key).as(`.${key}`).under(list)
    const [scope, operator, values] = [at('scopeName'), at('operator'), at('values')]
    if (!SCOPES.includes(scope.text)) scope.invalid('unsupported scope', scope.text)
    if (!limited.every(name => fits(scope.text, name)))
      list.near(one).invalid('unsupported scope applied to resource')
    if (FLAGS.includes(scope.text) && operator.text !== 'Exists')
      operator.invalid(
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
        operator.text,
      )
    if (operator.text === 'In' || operator.text === 'NotIn') {
      if (values.size === 0)
        values.required(
          "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
        )
    } else if (operator.text === 'Exists' || operator.text === 'DoesNotExist') {
      if (values.size > 0)
        values.invalid(
          "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
        )
    } else operator.invalid('not a valid selector operator', operator.text)
  }
  checkConflict(
    list,
    expressions.map(one => one.get('scopeName').text),
  )
}
