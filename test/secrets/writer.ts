// A small writer of SOPS files: values, MAC and metadata as `sops` 3.13 makes them (conformance decrypts them with it).
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { armor, Encrypter } from 'age-encryption'

export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap
export interface PlainMap {
  readonly [key: string]: Plain
}

/** A data key made for this run and its age file for each recipient. */
export interface Envelope {
  readonly dataKey: Uint8Array
  readonly ages: readonly { readonly recipient: string; readonly enc: string }[]
}

export async function envelope(...recipients: readonly string[]): Promise<Envelope> {
  const dataKey = randomBytes(32)
  const ages = []
  for (const recipient of recipients) {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    ages.push({ recipient, enc: `${armor.encode(await encrypter.encrypt(dataKey)).trimEnd()}\n` })
  }
  return { dataKey, ages }
}

export interface Selector {
  readonly name: 'encrypted_regex' | 'unencrypted_regex' | 'encrypted_suffix' | 'unencrypted_suffix'
  readonly text: string
  readonly hits: (path: readonly string[]) => boolean
}

export const everything: Selector = {
  name: 'unencrypted_suffix',
  text: '_unencrypted',
  hits: path => !path.some(part => part.endsWith('_unencrypted')),
}

export const kubernetes: Selector = {
  name: 'encrypted_regex',
  text: '^(data|stringData)$',
  hits: path => path.some(part => part === 'data' || part === 'stringData'),
}

export interface Sealed {
  readonly tree: PlainMap
  readonly sops: PlainMap
}

/** Encrypts what the selector names; `sops` is the block to add. */
export function seal(plain: PlainMap, to: Envelope, selector = everything): Sealed {
  const hash = createHash('sha512')
  const walk = (node: Plain, path: readonly string[]): Plain => {
    if (Array.isArray(node)) return node.map(item => walk(item, path))
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(
        Object.entries(node).map(([key, value]) => [key, walk(value, [...path, key])]),
      )
    if (node === null) return null
    hash.update(textOf(node))
    return selector.hits(path) ? encrypt(node, path, to.dataKey) : node
  }
  const tree = Object.fromEntries(
    Object.entries(plain).map(([key, value]) => [key, walk(value, [key])]),
  )
  const lastmodified = '2026-02-03T04:05:06Z'
  const mac = hash.digest('hex').toUpperCase()
  return {
    tree,
    sops: {
      age: to.ages.map(({ recipient, enc }) => ({ recipient, enc })),
      lastmodified,
      mac: encryptText(mac, lastmodified, to.dataKey, 'str'),
      [selector.name]: selector.text,
      version: '3.13.2',
    },
  }
}

export function encrypt(value: Plain, path: readonly string[], key: Uint8Array): string {
  if (value === '') return ''
  return encryptText(textOf(value), `${path.join(':')}:`, key, typeOf(value))
}

function typeOf(value: Plain): string {
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  return Number.isInteger(value) ? 'int' : 'float'
}

export function encryptText(text: string, aad: string, key: Uint8Array, type: string): string {
  const iv = randomBytes(32)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(aad))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const [d, i, t] = [data, iv, cipher.getAuthTag()].map(part => part.toString('base64'))
  return `ENC[AES256_GCM,data:${d},iv:${i},tag:${t},type:${type}]`
}

function textOf(value: Plain): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Prints a tree as `sops` does: four blanks, block style. */
export function yaml(node: Plain, indent = ''): string {
  if (Array.isArray(node)) return node.map(item => `${indent}- ${inList(item, indent)}`).join('')
  if (typeof node !== 'object' || node === null) return `${indent}${scalar(node, indent)}\n`
  return Object.entries(node)
    .map(([key, value]) => `${indent}${scalar(key, '')}:${behind(value, indent)}`)
    .join('')
}

function inList(item: Plain, indent: string): string {
  const nested = typeof item === 'object' && item !== null
  if (!nested || Object.keys(item).length === 0) return `${scalar(item, `${indent}  `)}\n`
  return yaml(item, `${indent}  `).slice(indent.length + 2)
}

function behind(value: Plain, indent: string): string {
  const nested = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  return nested ? `\n${yaml(value, `${indent}    `)}` : ` ${scalar(value, `${indent}    `)}\n`
}

function scalar(value: Plain, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (/^[A-Za-z_][\w./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value))
    return value
  if (/^[^\n\r\t]+(\n[^\n\r\t]+)+\n?$/.test(value) && !/\n | \n/.test(value))
    return `|${value.endsWith('\n') ? '' : '-'}\n${value
      .trimEnd()
      .split('\n')
      .map(line => `${indent}${line}`)
      .join('\n')}`
  return value.startsWith('ENC[') ? value : JSON.stringify(value)
}

/** The whole file as YAML. */
export const sopsYaml = (plain: PlainMap, to: Envelope, selector = everything): string => {
  const { tree, sops } = seal(plain, to, selector)
  return yaml({ ...tree, sops })
}

export const sopsJson = (plain: PlainMap, to: Envelope, selector = everything): string => {
  const { tree, sops } = seal(plain, to, selector)
  return `${JSON.stringify({ ...tree, sops }, undefined, '\t')}\n`
}

/** A file of `NAME=value` lines. */
export const sopsEnv = (plain: PlainMap, to: Envelope, selector = everything): string => {
  const { tree, sops } = seal(plain, to, selector)
  const flat = (node: Plain, name: string): string[] => {
    if (Array.isArray(node)) return node.flatMap((item, i) => flat(item, `${name}__list_${i}`))
    if (typeof node === 'object' && node !== null)
      return Object.entries(node).flatMap(([key, value]) => flat(value, `${name}__map_${key}`))
    return [`${name}=${textOf(node).replaceAll('\n', '\\n')}`]
  }
  const meta = Object.entries(sops).flatMap(([key, value]) => flat(value, `sops_${key}`))
  const lines = Object.entries(tree).map(([key, value]) => `${key}=${textOf(value)}`)
  return `${[...lines, ...meta.toSorted()].join('\n')}\n`
}

/** Any bytes, in JSON around one value. */
export const sopsBinary = (text: string, to: Envelope): string => sopsJson({ data: text }, to)
