/** Algorithms of public keys in OpenPGP (RFC 9580, 9.1). */
const PGP_ALGORITHMS: ReadonlySet<number> = new Set([1, 2, 3, 16, 17, 18, 19, 22, 25, 26, 27, 28])

/** A key in a form of bytes that is no DER: a secret key of OpenPGP, a key store of Java with a private key. */
export function binaryKey(bytes: Buffer): string | undefined {
  if (bytes.length < 40) return undefined
  if (isJava(bytes) && bytes.readUInt32BE(8) > 0 && bytes.readUInt32BE(12) === 1)
    return 'key store of Java with a private key'
  const body = pgpBody(bytes)
  if (body === undefined) return undefined
  const [version, created, algorithm] = [bytes[body], bytes[body + 1] ?? 0, bytes[body + 5] ?? 0]
  const isKey = version === 4 || version === 5 || version === 6
  return isKey && created >= 0x30 && created < 0x90 && PGP_ALGORITHMS.has(algorithm)
    ? 'PGP private key'
    : undefined
}

/** Where the body of a first packet begins that is a secret key (RFC 9580, 4.2). */
function pgpBody(bytes: Buffer): number | undefined {
  const first = bytes[0] ?? 0
  if (first === 0x94) return 2
  if (first === 0x95) return 3
  if (first !== 0xc5) return undefined
  const length = bytes[1] ?? 0
  return length < 192 ? 2 : length < 224 ? 3 : length === 255 ? 6 : undefined
}

function isJava(bytes: Buffer): boolean {
  const magic = bytes.readUInt32BE(0)
  return (magic === 0xfeedfeed || magic === 0xcececece) && bytes.readUInt32BE(4) <= 2
}

/** PKCS #12: version 3, then contents of PKCS #7 (RFC 7292, 4). */
export function isKeyStore(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30 || bytes.length < 64) return false
  const start = bytes.toString('latin1', 0, 40)
  return /^0[\x80-\x84][^]{0,4}\x02\x01\x030[^]{1,5}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01\x02]/.test(
    start,
  )
}
