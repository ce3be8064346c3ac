import { checkLabelKeys } from './affinity.ts'
import type { Field } from './field.ts'
import { labelValue, qualifiedName } from './format.ts'
import { checkSelector } from './selector.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Effect of a taint (1.36 core/validation validateTaintEffect). */
export function checkEffect(effect: Field): void {
  effect.oneOf(EFFECTS)
}

/** ValidateTolerations. */
export function checkTolerations(list: Field): void {
  for (const one of list.items()) {
    const [key, operator] = [one.get('key'), one.get('operator')]
    const [effect, value] = [one.get('effect'), one.get('value')]
    key.mayBe(qualifiedName)
    if (key.text === '' && operator.text !== 'Exists')
      operator.invalid(
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        operator.text,
      )
    if (one.get('tolerationSeconds').has && effect.text !== 'NoExecute')
      effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set", effect.text)
    checkOperator(operator, value)
    if (effect.text !== '') checkEffect(effect)
  }
}

function checkOperator(operator: Field, value: Field): void {
  const name = operator.or('Equal')
  if (name === 'Equal') {
    const complaints = labelValue(value.text)
    if (complaints.length > 0) operator.invalid(complaints.join(';'), value.text)
  } else if (name === 'Exists') {
    if (value.text !== '')
      operator.invalid("value must be empty when `operator` is 'Exists'", value.text)
  } else operator.unsupported(['Equal', 'Exists'])
}

/** ValidateTopologySpreadConstraints. */
export function checkSpread(list: Field): void {
  const constraints = list.items()
  for (const [i, one] of constraints.entries()) {
    one.get('maxSkew').positive()
    const [key, when] = [one.get('topologyKey'), one.get('whenUnsatisfiable')]
    if (key.text === '') key.required('can not be empty')
    const actions = ['DoNotSchedule', 'ScheduleAnyway']
    if (!actions.includes(when.text)) when.unsupported(actions)
    const same = (other: Field) =>
      other.get('topologyKey').text === key.text &&
      other.get('whenUnsatisfiable').text === when.text
    if (constraints.slice(i + 1).some(same))
      one.get('{topologyKey, whenUnsatisfiable}').duplicate(`{${key.text}, ${when.text}}`)
    const domains = one.get('minDomains')
    if (domains.has) {
      domains.positive()
      if (when.text !== 'DoNotSchedule')
        domains.invalid(
          `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${when.text}`,
        )
    }
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
      one.get(name).oneOf(['Honor', 'Ignore'])
    checkSpreadKeys(one)
    checkSelector(one.get('labelSelector'))
  }
}

/** Since 1.34 the keys are merged into the selector, before they must not be in it. */
function checkSpreadKeys(one: Field): void {
  const keys = one.get('matchLabelKeys')
  if (one.report.minor >= 34) return checkLabelKeys(one, keys, one.get('nothing'))
  if (keys.size === 0) return
  const selector = one.get('labelSelector')
  if (!selector.has) keys.forbidden('must not be specified when labelSelector is not set')
  const used = new Set([
    ...selector
      .get('matchLabels')
      .entries()
      .map(([key]) => key),
    ...selector
      .get('matchExpressions')
      .items()
      .map(each => each.get('key').text),
  ])
  for (const key of keys.items()) {
    key.must(qualifiedName)
    if (used.has(key.text)) key.invalid('exists in both matchLabelKeys and labelSelector')
  }
}

/** A node's taints (validateNodeTaints). */
export function checkTaints(list: Field): void {
  const seen = new Set<string>()
  for (const one of list.items()) {
    one.get('key').must(qualifiedName)
    const value = one.get('value')
    const complaints = labelValue(value.text)
    if (complaints.length > 0) value.invalid(complaints.join(';'))
    const effect = one.get('effect')
    if (effect.text === '') effect.required()
    else checkEffect(effect)
    const key = `${effect.text}\0${one.get('key').text}`
    if (seen.has(key)) one.duplicate()
    seen.add(key)
  }
}
