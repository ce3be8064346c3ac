/** What SOPS calls the type of an encrypted value. */
export type CipherType = 'str' | 'int' | 'float' | 'bool' | 'bytes' | 'time' | 'comment'

export interface Cipher {
  readonly data: Buffer
  readonly iv: Buffer
  readonly tag: Buffer
  readonly type: CipherType
}

const FORM =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/]+={0,2}),iv:([A-Za-z0-9+/]+={0,2}),tag:([A-Za-z0-9+/]+={0,2}),type:(str|int|float|bool|bytes|time|comment)\]$/

/** Whether a text begins as SOPS marks an encrypted value. */
export function looksEncrypted(text: string): boolean {
  return text.startsWith('ENC[')
}

/**
 * Reads an encrypted value as strictly as SOPS 3.13 writes it: SOPS itself ignores what stands behind
 * the bracket and takes loose base64. The answer is the value or what is wrong, without its bytes.
 */
export function readCipher(text: string): Cipher | string {
  const match = FORM.exec(text)
  if (match === null) return describeForm(text)
  const [, data64 = '', iv64 = '', tag64 = '', type = ''] = match
  const [data, iv, tag] = [canonical(data64), canonical(iv64), canonical(tag64)]
  if (data === undefined || iv === undefined || tag === undefined)
    return 'is not written in canonical base64'
  if (iv.length !== 32) return `has an IV of ${iv.length} bytes, and SOPS makes 32`
  if (tag.length !== 16) return `has a tag of ${tag.length} bytes, and AES-GCM makes 16`
  if (isFake(iv) || isFake(tag)) return 'has an IV or a tag that no encryption made'
  if (!isType(type)) return 'has an unknown type'
  return wrongLength(data.length, type) ?? { data, iv, tag, type }
}

function isType(type: string): type is CipherType {
  return /^(?:str|int|float|bool|bytes|time|comment)$/.test(type)
}

function describeForm(text: string): string {
  if (/^ENC\[[^\]]*\][^]+/.test(text))
    return 'has text behind its closing bracket, which SOPS ignores and everybody can read'
  if (text.startsWith('ENC[AES256_GCM,data:,')) return 'holds no data'
  return 'is not of the form that SOPS writes'
}

function canonical(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : undefined
}

function wrongLength(length: number, type: CipherType): string | undefined {
  if (type === 'bool' && length !== 4 && length !== 5) return 'has a length that no bool has'
  if (type === 'int' && length > 20) return 'has a length that no int has'
  if (type === 'time' && (length < 20 || length > 40)) return 'has a length that no time has'
  return undefined
}

/** Random bytes are not all equal and not all text. */
function isFake(bytes: Buffer): boolean {
  return new Set(bytes).size < 4 || isPrintable(bytes)
}

/**
 * How sure it is that `data` is text in disguise and no ciphertext: random bytes are all printable
 * with a chance of (95/256)^n, and all of what passwords are made of with one of (69/256)^n. A
 * repository has thousands of short values.
 */
export function disguisedText({ data, type }: Cipher): 'error' | 'warning' | undefined {
  if (data.length < 8 || type === 'bool' || !isPrintable(data)) return undefined
  if (data.length >= 12) return 'error'
  return /^[\w.!@#$-]+$/.test(data.toString('latin1')) ? 'warning' : undefined
}

function isPrintable(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  if (text.includes('\ufffd')) return false
  return !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) && letters(text) * 2 > text.length
}

function letters(text: string): number {
  return text.replace(/[^\x20-\x7e\n\t]/g, '').length
}
