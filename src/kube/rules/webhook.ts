import { checkConditions } from './admission.ts'
import type { Field } from './field.ts'
import { dns1035Label, domainOfThree, portNumber } from './format.ts'
import { checkOperations } from './match.ts'
import { checkSelector } from './selector.ts'

/** A ValidatingWebhookConfiguration (1.36 admissionregistration/validation). */
export function checkValidatingWebhooks(root: Field): void {
  checkWebhooks(root)
}

/** A MutatingWebhookConfiguration. */
export function checkMutatingWebhooks(root: Field): void {
  checkWebhooks(root)
  for (const hook of root.get('webhooks').items())
    hook.get('reinvocationPolicy').oneOf(['IfNeeded', 'Never'])
}

function checkWebhooks(root: Field): void {
  const names = new Set<string>()
  for (const hook of root.get('webhooks').items()) {
    const name = hook.get('name')
    name.needs(domainOfThree)
    if (names.has(name.text)) name.duplicate()
    if (name.text !== '') names.add(name.text)
    for (const rule of hook.get('rules').items()) checkOperations(rule)
    hook.get('failurePolicy').oneOf(['Fail', 'Ignore'])
    hook.get('matchPolicy').oneOf(['Equivalent', 'Exact'])
    const effects = hook.get('sideEffects')
    if (effects.has) effects.oneOf(['None', 'NoneOnDryRun'])
    else effects.required('must specify one of None, NoneOnDryRun')
    const timeout = hook.get('timeoutSeconds')
    const seconds = timeout.orNumber(10)
    if (seconds < 1 || seconds > 30)
      timeout.invalid('the timeout value must be between 1 and 30 seconds')
    checkSelector(hook.get('namespaceSelector'))
    checkSelector(hook.get('objectSelector'))
    checkClient(hook.get('clientConfig'))
    checkConditions(hook.get('matchConditions'))
    checkVersions(hook.get('admissionReviewVersions'))
  }
}

function checkVersions(versions: Field): void {
  if (versions.size === 0) return versions.required('must specify one of v1, v1beta1')
  const seen = new Set<string>()
  for (const version of versions.items()) {
    if (seen.has(version.text)) version.invalid('duplicate version')
    else version.must(dns1035Label)
    seen.add(version.text)
  }
  if (!seen.has('v1') && !seen.has('v1beta1'))
    versions.invalid('must include at least one of v1, v1beta1')
}

/** Where a webhook is reached: by URL or by service, not both. */
export function checkClient(config: Field): void {
  const [url, service] = [config.get('url'), config.get('service')]
  if (url.has === service.has) config.required('exactly one of url or service is required')
  else if (url.has) checkUrl(url)
  else checkServiceRef(service)
}

/** How a CRD's versions are converted; the server names the parts otherwise. */
export function checkConversion(root: Field): void {
  const conversion = root.get('spec').get('conversion')
  const config = conversion.get('webhook').get('clientConfig').under(conversion)
  if (conversion.get('strategy').text === 'Webhook' && config.has)
    checkClient(config.as('.webhookClientConfig'))
}

const FORM = '; desired format: https://host[/path]'

/** 1.36 apiserver/pkg/util/webhook ValidateWebhookURL. */
function checkUrl(field: Field): void {
  const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(
    field.text,
  )
  if (parts === null || /[\x00-\x1f\x7f]/.test(field.text) || field.text.startsWith(':'))
    return field.required(`url must be a valid URL: parse ${JSON.stringify(field.text)}${FORM}`)
  const [, scheme = '', authority = '', , query = '', fragment = ''] = parts
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (/[\s<>"{}|\\^`]/.test(host) || /:[^0-9\]]+$/.test(host))
    return field.required(`url must be a valid URL: invalid character in host name${FORM}`)
  if (scheme.toLowerCase() !== 'https')
    field.invalid(`'https' is the only allowed URL scheme${FORM}`, scheme)
  if (host === '') field.invalid(`host must be specified${FORM}`, host)
  if (authority.includes('@')) field.wrong('user information is not permitted in the URL')
  if (fragment.length > 1)
    field.invalid('fragments are not permitted in the URL', fragment.slice(1))
  if (query.length > 1)
    field.invalid('query parameters are not permitted in the URL', query.slice(1))
}

/** ValidateWebhookService. */
function checkServiceRef(service: Field): void {
  // The server hands over the two in the wrong order, and complains about the other one.
  if (service.get('name').text === '') service.get('namespace').near(service).required()
  if (service.get('namespace').text === '') service.get('name').near(service).required()
  const [port, path] = [service.get('port'), service.get('path')]
  const complaints = portNumber(port.orNumber(443))
  if (complaints.length > 0) port.invalid(`port is not valid: ${complaints.join(', ')}`)
  if (path.text === '' || path.text === '/') return
  if (path.text === '//') return path.invalid('segment[0] may not be empty')
  if (!path.text.startsWith('/')) path.invalid("must start with a '/'")
  checkSteps(path, path.text.slice(1).replace(/\/$/, '').split('/'))
}

function checkSteps(path: Field, steps: readonly string[]): void {
  for (const [i, step] of steps.entries()) {
    if (step === '') path.invalid(`segment[${i}] may not be empty`)
    else if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(step))
      path.invalid(`segment[${i}]: must be a lowercase RFC 1123 subdomain`)
  }
}
