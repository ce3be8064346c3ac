import { checkExpression, REQUEST, type Setting } from './expression.ts'
import type { Field } from './field.ts'
import { dns1035Label, pathSegment, qualifiedName, subdomain } from './format.ts'
import { checkMatch } from './match.ts'
import { checkSelector } from './selector.ts'

/** Conditions under which a webhook or policy is asked (1.36 admissionregistration/validation validateMatchConditions). */
export function checkConditions(list: Field, params: boolean = false): void {
  const names = params ? [...REQUEST, 'params'] : REQUEST
  if (list.size > 64) list.tooMany(list.size, 64)
  const seen = new Set<string>()
  for (const one of list.items()) {
    needsExpression(one.get('expression'), '', { names, gives: 'bool' })
    const name = one.get('name')
    name.needs(qualifiedName)
    if (seen.has(name.text)) name.duplicate()
    if (name.text !== '') seen.add(name.text)
  }
}

/** Required; compiled where we can say what it may name. */
function needsExpression(field: Field, detail: string, setting?: Setting): void {
  if (field.text.trim() === '') field.required(detail)
  else if (setting !== undefined) checkExpression(field, setting)
}

/** What a policy's own expressions may name. */
function namesOf(spec: Field): Setting {
  const param = spec.get('paramKind').has ? ['params'] : []
  return {
    names: [...REQUEST, ...param, 'variables'],
    variables: spec
      .get('variables')
      .items()
      .map(one => one.get('name').text),
  }
}

/** What both kinds of policies share. */
function checkPolicy(spec: Field): void {
  spec.get('failurePolicy').oneOf(['Fail', 'Ignore'])
  const param = spec.get('paramKind')
  if (param.has) checkParamKind(param)
  const match = spec.get('matchConstraints')
  if (match.has) {
    checkMatch(match)
    if (match.get('resourceRules').size === 0) match.get('resourceRules').required()
  } else match.required()
  checkConditions(spec.get('matchConditions'), param.has)
  for (const variable of spec.get('variables').items()) {
    const name = variable.get('name')
    if (name.text.trim() === '') name.required('name is not specified')
    else if (!isIdentifier(name.text)) name.invalid('must be a valid CEL identifier')
    needsExpression(variable.get('expression'), 'expression is not specified', namesOf(spec))
  }
}

const RESERVED =
  /^(true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$/

function isIdentifier(name: string): boolean {
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !RESERVED.test(name)
}

function checkParamKind(param: Field): void {
  const [version, kind] = [param.get('apiVersion'), param.get('kind')]
  const parts = version.text.split('/')
  if (version.text === '') version.required()
  else if (parts.length > 2) version.invalid(`unexpected GroupVersion string: ${version.text}`)
  else {
    const [group, name = ''] = parts.length === 2 ? parts : ['', version.text]
    if (group !== '' && group !== undefined) complain(version, subdomain(group), group)
    if (name === '') version.invalid('version must be specified')
    else complain(version, dns1035Label(name), name)
  }
  if (kind.text === '') return kind.required()
  const complaints = dns1035Label(kind.text.toLowerCase())
  if (complaints.length > 0)
    kind.invalid(`may have mixed case, but should otherwise match: ${complaints.join(',')}`)
}

function complain(field: Field, complaints: readonly string[], value: string): void {
  if (complaints.length > 0) field.invalid(complaints.join(','), value)
}

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge']

/** A ValidatingAdmissionPolicy. */
export function checkValidatingPolicy(root: Field): void {
  const spec = root.get('spec')
  checkPolicy(spec)
  const setting = namesOf(spec)
  const [validations, audits] = [spec.get('validations'), spec.get('auditAnnotations')]
  if (validations.size === 0 && audits.size === 0)
    for (const list of [validations, audits])
      list.required('validations or auditAnnotations must contain at least one item')
  for (const one of validations.items()) {
    const expected = { ...setting, gives: 'bool' } as const
    needsExpression(one.get('expression'), 'expression is not specified', expected)
    const text = one.get('messageExpression')
    if (text.text.trim() !== '') checkExpression(text, { ...setting, gives: 'string' })
    for (const name of ['messageExpression', 'message']) {
      const field = one.get(name)
      if (field.text !== '' && field.text.trim() === '')
        field.invalid('must be non-empty if specified')
    }
    if (/[\n\r]/.test(one.get('message').text.trim()))
      one.get('message').invalid('must not contain line breaks')
    one.get('reason').oneOf(REASONS)
  }
  checkAudits(audits, root.get('metadata').get('name').text, setting)
}

function checkAudits(audits: Field, name: string, setting: Setting): void {
  if (audits.size > 20) audits.invalid('must not have more than 20 auditAnnotations')
  const keys = new Set<string>()
  for (const one of audits.items()) {
    const key = one.get('key')
    for (const complaint of qualifiedName(`${name}/${key.text}`))
      key.invalid(complaint, `${name}/${key.text}`)
    const value = one.get('valueExpression')
    needsExpression(value, 'valueExpression is not specified', { ...setting, gives: 'string' })
    if (value.text.trim().length > 5 * 1024) value.required('must not exceed 5120 bytes in length')
    if (keys.has(key.text)) key.duplicate()
    keys.add(key.text)
  }
}

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'UPDATE']

function checkMutatingOperations(match: Field): void {
  const rules = match.get('resourceRules')
  for (const rule of rules.items())
    for (const operation of rule.get('operations').items())
      if (!OPERATIONS.includes(operation.text))
        rules.get('operations').near(operation).unsupported(OPERATIONS, operation.text)
}

/** A MutatingAdmissionPolicy. */
export function checkMutatingPolicy(root: Field): void {
  const spec = root.get('spec')
  checkPolicy(spec)
  checkMutatingOperations(spec.get('matchConstraints'))
  const mutations = spec.get('mutations')
  if (mutations.size === 0) mutations.required('mutations must contain at least one item')
  const setting = { ...namesOf(spec), names: [...namesOf(spec).names, ...MADE] }
  for (const one of mutations.items()) checkMutation(one, setting)
  const policy = spec.get('reinvocationPolicy')
  if (policy.text === '') policy.required()
  else policy.oneOf(['IfNeeded', 'Never'])
}

/** Types of what a mutation makes. */
const MADE = ['Object', 'JSONPatch', 'jsonpatch']

const PATCHES: Readonly<Record<string, string>> = {
  ApplyConfiguration: 'applyConfiguration',
  JSONPatch: 'jsonPatch',
}

function checkMutation(mutation: Field, setting: Setting): void {
  const type = mutation.get('patchType')
  if (type.text === '') return type.required()
  const name = PATCHES[type.text]
  if (name === undefined) return type.unsupported(Object.keys(PATCHES))
  const patch = mutation.get(name)
  const made = { ...setting, gives: name === 'jsonPatch' ? 'list' : 'object' } as const
  if (patch.has) needsExpression(patch.get('expression'), '', made)
  else patch.required(`must be specified when patchType is ${type.text}`)
  const other = mutation.get(name === 'jsonPatch' ? 'applyConfiguration' : 'jsonPatch')
  if (other.has) other.invalid(`must not be specified when patchType is ${type.text}`)
}

function checkBinding(spec: Field): void {
  spec.get('policyName').needs(subdomain)
  checkMatch(spec.get('matchResources'))
  const ref = spec.get('paramRef')
  if (!ref.has) return
  const [name, selector] = [ref.get('name'), ref.get('selector')]
  name.mayBe(pathSegment)
  if (selector.has) checkSelector(selector)
  if (name.text !== '' && selector.has)
    for (const one of [name, selector]) one.forbidden('name and selector are mutually exclusive')
  if (name.text === '' && !selector.has) ref.required('one of name or selector must be specified')
  const action = ref.get('parameterNotFoundAction')
  if (action.text === '') action.required()
  else action.oneOf(['Deny', 'Allow'])
}

/** A ValidatingAdmissionPolicyBinding. */
export function checkValidatingBinding(root: Field): void {
  const spec = root.get('spec')
  checkBinding(spec)
  const actions = spec.get('validationActions')
  const seen = new Set<string>()
  for (const action of actions.items()) {
    action.oneOf(['Audit', 'Deny', 'Warn'])
    if (seen.has(action.text)) action.duplicate()
    seen.add(action.text)
  }
  if (seen.has('Deny') && seen.has('Warn'))
    actions.invalid(
      'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
    )
  if (actions.size === 0) actions.required('at least one validation action is required')
}

/** A MutatingAdmissionPolicyBinding. */
export function checkMutatingBinding(root: Field): void {
  checkBinding(root.get('spec'))
  checkMutatingOperations(root.get('spec').get('matchResources'))
}
