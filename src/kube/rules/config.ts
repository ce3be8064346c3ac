import type { Field } from './field.ts'
import { bytes, configKey } from './format.ts'

const LIMIT = 1024 * 1024

function base64Size(text: string): number {
  const plain = text.replace(/[\r\n]/g, '')
  return Math.floor((plain.replace(/=+$/, '').length * 3) / 4)
}

/** A ConfigMap (1.36 core/validation ValidateConfigMap). */
export function checkConfigMap(root: Field): void {
  const [data, binary] = [root.get('data'), root.get('binaryData')]
  let size = 0
  for (const [key, value] of data.entries()) {
    for (const complaint of configKey(key)) value.invalid(complaint, key)
    if (binary.map?.has(key) === true) value.invalid('duplicate of key present in binaryData', key)
    size += bytes(value.text)
  }
  for (const [key, value] of binary.entries()) {
    for (const complaint of configKey(key)) value.invalid(complaint, key)
    size += base64Size(value.text)
  }
  if (size > LIMIT) root.as('[]').tooLong(LIMIT)
}

/** A ServiceAccount: its secrets are told apart by name. */
export function checkServiceAccount(root: Field): void {
  for (const secret of root.get('secrets').items())
    if (!secret.get('name').isWritten) secret.get('name').required()
}

/** What a type of Secret must hold. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
}
const ACCOUNT = 'kubernetes.io/service-account.name'

/** A Secret (ValidateSecret); values are never shown. */
export function checkSecret(root: Field): void {
  const [data, plain] = [root.get('data'), root.get('stringData')]
  let size = 0
  for (const [key, value] of data.entries()) {
    for (const complaint of configKey(key)) value.invalid(complaint, key)
    if (plain.map?.has(key) !== true) size += base64Size(value.text)
  }
  for (const [key, value] of plain.entries()) {
    for (const complaint of configKey(key)) value.as(`[${key}]`).under(data).invalid(complaint, key)
    size += bytes(value.text)
  }
  if (size > LIMIT) data.tooLong(LIMIT)
  checkType(root, data, plain)
}

function checkType(root: Field, data: Field, plain: Field): void {
  const type = root.get('type').text
  const has = (key: string) => data.map?.has(key) === true || plain.map?.has(key) === true
  const annotation = root.get('metadata').get('annotations').entry(ACCOUNT)
  if (type === 'kubernetes.io/service-account-token') annotation.needsText()
  if (type === 'kubernetes.io/basic-auth' && !has('username') && !has('password'))
    for (const key of ['username', 'password']) data.entry(key).required()
  for (const key of needed[type] ?? []) {
    const at = data.entry(key)
    const filled = at.text !== '' || plain.get(key).text !== ''
    if (key === 'ssh-privatekey' ? !filled : !has(key)) at.required()
    else if (key.startsWith('.docker')) checkJson(at, plain.get(key))
  }
}

/** Registry credentials must be a JSON object. */
function checkJson(coded: Field, plain: Field): void {
  const text = plain.has ? plain.text : Buffer.from(coded.text, 'base64').toString('utf8')
  if (!isObject(text))
    coded
      .near(plain.has ? plain : coded)
      .wrong('"<secret contents redacted>": must be a JSON object')
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return value === null || (typeof value === 'object' && !Array.isArray(value))
  } catch {
    return false
  }
}
