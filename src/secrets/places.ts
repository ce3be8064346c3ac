import type { Finding } from '../text/diagnostic.ts'
import { type ListNode, type MapNode, type Node, type Scalar, stringNode } from '../yaml/node.ts'
import { looksEncrypted } from './cipher.ts'
import type { Context } from './context.ts'
import { isLiteralCredential } from './credential.ts'
import { fingerprintOfPlace } from './fingerprint.ts'
import { judgeGenerators } from './generator.ts'
import { judgeJwk } from './jwk.ts'
import { fieldOf, leavesOf } from './leaves.ts'
import { CREDENTIAL, GENERATOR, isValueName, KEY_TYPE, OPERATION, VARIABLE } from './meaning.ts'
import { textOf } from './metadata.ts'
import { namesCredential, namesSecretVariable, wordsOf } from './name.ts'
import { found, isMute, judgeString, last } from './strings.ts'
import { decodeData, harmless } from './value.ts'

/** Objects that only point at secrets, and schemas: names in them are no values. */
const POINTERS =
  /^(?:(?:Cluster)?ExternalSecret|(?:Cluster)?SecretStore|(?:Cluster)?PushSecret|SealedSecret|SecretProviderClass|Vault\w+|CustomResourceDefinition|PasswordGenerator|Password)$/

/** What one map of a document may give away, Secrets aside; `meanings` are those of its keys. */
export function judgeMap(map: MapNode, meanings: number, context: Context, all: Finding[]): void {
  if (context.kind === 'CustomResourceDefinition' || context.isExample) return
  if ((meanings & GENERATOR) !== 0) add(all, judgeGenerators(map, context.field))
  if ((meanings & OPERATION) !== 0) add(all, judgeOperation(map, context))
  if ((meanings & VARIABLE) !== 0) add(all, judgeVariable(map, context.field))
  if ((meanings & KEY_TYPE) !== 0) add(all, judgeJwk(map, context.field))
  const mayName =
    (meanings & CREDENTIAL) !== 0 || /^(?:substitute|secureJsonData)$/.test(context.key)
  const isTemplate = context.key === 'data' && context.field.endsWith('template.data')
  for (let i = 0; i < map.keys.length; i++) {
    const key = map.keys[i]
    const value = map.values[i]
    if (key === undefined || value === undefined) continue
    if (value.kind === 'list') judgeArguments(value, key.text, context, all)
    if (value.kind !== 'scalar') continue
    if (looksEncrypted(value.text)) {
      if (!context.isEnveloped && !isOfSecret(context))
        add(all, judgeOrphan(value, fieldOf(context.field, key.text)))
      continue
    }
    if (isTemplate && POINTERS.test(context.kind))
      add(all, judgeTemplate(value, fieldOf(context.field, key.text)))
    else if (mayName && isCredential(key.text, value, context, map)) {
      const message = `${key.text}: a credential in plain text`
      all.push(found('plaintext-credential', message, value, fieldOf(context.field, key.text)))
    } else if (!isMute(value.text)) {
      const text = context.key === 'binaryData' ? unpacked(value) : value
      const field = fieldOf(context.field, key.text)
      add(all, judgeString(text, field, context.depth, judgeOf(key.text, map, context)))
    }
  }
}

/** Findings may be many: more than a call takes as arguments. */
function add(all: Finding[], more: Iterable<Finding>): void {
  for (const one of more) all.push(one)
}

/** What `binaryData` of a ConfigMap holds, where that is a text. */
function unpacked(value: Scalar): Scalar {
  const text = decodeData(value.text)
  if (text === undefined || /[\0\uFFFD]/.test(text)) return value
  return stringNode(text, value, { by: 'base64', from: value })
}

/** Whether a map is the data of a Secret, which is judged as such. */
function isOfSecret({ kind, key }: Context): boolean {
  return key === 'stringData' || (key === 'data' && /^(?:Secret|SecretList|SopsSecret)$/.test(kind))
}

/** A value of SOPS in a document without its metadata: it stays ciphertext for ever. */
function* judgeOrphan(value: Scalar, field: string): Iterable<Finding> {
  if (!value.text.startsWith('ENC[AES256_GCM,')) return
  yield {
    code: 'missing-metadata',
    message: `${last(field)}: encrypted, but its document has no SOPS metadata, so nobody can decrypt it`,
    at: value,
    field,
    fingerprint: fingerprintOfPlace(value.source.path, 'orphan', field),
  }
}

/** An inline patch of a Secret is judged as such. */
function judgeOf(key: string, map: MapNode, { judge }: Context): Context['judge'] {
  const target = key === 'patch' ? map.get('target') : undefined
  if (target?.kind !== 'map' || textOf(target.get('kind')) !== 'Secret') return judge
  return (document, depth) => judge(document, depth, 'patch of a Secret')
}

/** Parents below which names are those of keys in a Secret: their values name keys as well. */
const POINTING = /(?:Ref|KeySelector|Selector|[sS]ecretKeys|KeyMapping|[kK]eyNames)$/

function isCredential(name: string, value: Scalar, context: Context, map: MapNode): boolean {
  const { kind, key, field } = context
  const inAuths =
    name === 'auth' && (/(?:^|\.)auths\./.test(field) || /^https?:\/\/|\w\.\w/.test(key))
  const isFake = isFakeStore(kind, field)
  // What a source of Grafana sends as secrets, whatever the fields are called.
  const inSecure = key === 'secureJsonData' || (isFake && name === 'value')
  const isVariable =
    key === 'substitute' && namesSecretVariable(name) && !isNamedSetting(name, value.text)
  const isValue = namesCredential(key) && isValueName(name)
  if (!inAuths && !inSecure && !isVariable && !isValue && !namesCredential(name)) return false
  if ((POINTERS.test(kind) && !isFake) || POINTING.test(key)) return false
  if (/(?:^|\.)(?:permissions|encrypted)$/.test(field)) return false
  if (isKeyName(name, value.text, map)) return false
  const meant =
    inAuths || inSecure ? 'auth_token' : isVariable ? `${name}_password` : isValue ? key : name
  return isLiteralCredential(meant, value.text)
}

/** A store of external-secrets that holds its values itself. */
function isFakeStore(kind: string, field: string): boolean {
  return kind.endsWith('SecretStore') && field.startsWith('spec.provider.fake.data')
}

/** `secretName: db` beside `secretKey: admin-password`: the key of a Secret, not what it holds. */
function isKeyName(name: string, value: string, map: MapNode): boolean {
  if (!/(?:secret|access|password)_?key$/.test(wordsOf(name))) return false
  if (!/^[a-z]+(?:[-_.][a-z]+)*$/i.test(value)) return false
  return map.keys.some(one =>
    /^(?:existing_?secret|secret_?name|secret|secret_?ref)$/i.test(one.text),
  )
}

/** What a template adds to the secrets that it takes from elsewhere: hosts, paths, addresses, switches, numbers. */
const SETTING =
  /^(?:true|false|yes|no|on|off|none|\d{1,10}|\d+[smhd]|[\w-]+(?:\.[\w-]+)+(?::\d+)?|(?:\.?\/[\w.-]+)+\/?|[a-z+]+:\/\/[^@\s?]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/

/** Names of keys whose value is a plain word. */
const PLAIN =
  /(?:^|_)(?:db_?name|database|schema|host|hostname|user|username|name|port|path|region|bucket|type|mode|driver|engine|provider|level|zone|timezone|tz|realm|tenant|domain|charset|scheme|protocol)$/

/** `SECRET_DOMAIN: example.org`: kept from view, and no credential. */
function isNamedSetting(name: string, value: string): boolean {
  return PLAIN.test(wordsOf(name)) && SETTING.test(value)
}

function isSetting(name: string, value: string): boolean {
  if (namesCredential(name)) return false
  return SETTING.test(value) || (PLAIN.test(wordsOf(name)) && /^[\w-]{1,40}$/.test(value))
}

/** Values of a template for a Secret are values of a Secret, but for the settings that stand beside them. */
function* judgeTemplate(value: Scalar, field: string): Iterable<Finding> {
  if (value.text === '' || harmless(value.text) !== undefined) return
  if (isSetting(last(field), value.text.trim())) return
  yield found(
    'plaintext-secret',
    `${last(field)}: a literal in the template of a Secret`,
    value,
    field,
  )
}

/** `name: DB_PASSWORD` with `value: …`, as containers, Helm values and Jenkins have it. */
function* judgeVariable(map: MapNode, field: string): Iterable<Finding> {
  const name = textOf(map.get('name'))
  const value = map.get('value')
  if (value?.kind !== 'scalar' || !namesCredential(name)) return
  if (!isLiteralCredential(name, value.text)) return
  const where = field === '' ? 'value' : `${field}.value`
  yield found('plaintext-credential', `${name}: a credential in plain text`, value, where)
}

const FLAG = /^--?([A-Za-z][\w.-]*)(?:[= ](.+))?$/s

/** Strings of a list: `--token=…`, `--password` and then its value. */
function judgeArguments(list: ListNode, key: string, context: Context, all: Finding[]): void {
  let before = ''
  for (let i = 0; i < list.items.length; i++) {
    const item = list.items[i]
    if (item?.kind !== 'scalar') continue
    const flag = item.text.startsWith('-') ? FLAG.exec(item.text) : null
    const [name, value] = flag ? [flag[1] ?? '', flag[2] ?? ''] : [before, before && item.text]
    before = flag !== null && flag[2] === undefined ? (flag[1] ?? '') : ''
    const isNamed = name !== '' && namesCredential(name) && isLiteralCredential(name, value)
    if (!isNamed && isMute(item.text)) continue
    const field = `${fieldOf(context.field, key)}[${i}]`
    if (!isNamed) add(all, judgeString(item, field, context.depth, context.judge))
    else
      all.push(found('plaintext-credential', `--${name}: a credential in plain text`, item, field))
  }
}

/** An operation of JSON 6902 that puts a value into a Secret. */
function* judgeOperation(map: MapNode, { kind, field }: Context): Iterable<Finding> {
  const path = textOf(map.get('path'))
  const value = map.get('value')
  if (!map.has('op') || value === undefined) return
  const match = /^\/(data|stringData)(?:\/(.*))?$/.exec(path)
  if (match === null) {
    yield* judgeTarget(path, value, field)
    return
  }
  for (const { node, field: inner } of leavesOf(value)) {
    const name = inner === '' ? (match[2] ?? '') : inner
    const sure = match[1] === 'stringData' || kind === 'Secret' || kind === 'patch of a Secret'
    if (isPlain(node) && (sure || (namesCredential(name) && isLiteralCredential(name, node.text))))
      yield found('plaintext-secret', `${path}: a patch puts plain text into a Secret`, node, field)
  }
}

/** A value that an operation puts where its path names a credential. */
function* judgeTarget(path: string, value: Node, field: string): Iterable<Finding> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (value.kind !== 'scalar' || !namesCredential(name)) return
  if (isLiteralCredential(name, value.text))
    yield found('plaintext-credential', `${path}: a credential in plain text`, value, field)
}

export function isPlain(node: Node): node is Scalar {
  return node.kind === 'scalar' && !looksEncrypted(node.text) && harmless(node.text) === undefined
}
