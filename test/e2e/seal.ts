import { parseAllDocuments, stringify } from 'yaml'
import { type Seal as Key, sealed, sealText } from '../secrets/seal.ts'
import type { Seal } from './cases/case.ts'
import { isObj, type Obj } from './json.ts'

const FIELDS = ['data', 'stringData', 'token']
const AT = '2026-01-02T03:04:05Z'

/** Encrypts as sops does, without sops: for judging the same repositories where nothing is installed. */
export function sealFor(key: Key): Seal {
  return (text, path) => {
    if (path.endsWith('.env')) return sealEnv(text, key)
    if (path.endsWith('.json')) return sealObject(JSON.parse(text), key)
    if (!/\.ya?ml$/.test(path)) return sealed({ data: text }, ['data'], key)
    const documents = parseAllDocuments(text)
      .map(one => JSON.parse(sealObject(one.toJS(), key)))
      .filter(isObj)
    // All documents of a file have the same metadata.
    return documents.map(one => stringify({ ...one, sops: documents[0]?.['sops'] })).join('---\n')
  }
}

function sealObject(object: unknown, key: Key): string {
  if (!isObj(object)) throw new Error('only objects are encrypted')
  const fields = FIELDS.filter(field => Object.hasOwn(object, field))
  return sealed(plain(object), fields, key)
}

type Plain = Parameters<typeof sealed>[0][string]

function plain(object: Obj): Record<string, Plain> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      isObj(value) ? plain(value) : String(value),
    ]),
  )
}

/** The dotenv form: metadata as further variables. */
function sealEnv(text: string, { key, recipient, enc }: Key): string {
  const lines = text.split('\n').flatMap(line => {
    const [name = '', value = ''] = line.split(/=(.*)/s)
    return name === '' ? [] : [`${name}=${sealText(value, 'str', `${name}:`, key)}`]
  })
  const mac = sealText('0'.repeat(128), 'str', AT, key)
  return [
    ...lines,
    `sops_age__list_0__map_enc=${enc.trimEnd().replaceAll('\n', '\\n')}\\n`,
    `sops_age__list_0__map_recipient=${recipient}`,
    'sops_encrypted_regex=^WORD$',
    `sops_lastmodified=${AT}`,
    `sops_mac=${mac}`,
    'sops_version=3.13.2',
    '',
  ].join('\n')
}
