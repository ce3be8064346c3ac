import type { Field } from './field.ts'
import { checkSigner } from './signer.ts'

const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
]

/** A request for a certificate (1.36 certificates/validation ValidateCertificateSigningRequestCreate). */
export function checkSigningRequest(root: Field): void {
  const spec = root.get('spec')
  const request = spec.get('request')
  const problem = requestProblem(request.text)
  if (problem !== undefined) request.wrong(problem)
  const usages = spec.get('usages')
  if (usages.size === 0) usages.required()
  const seen = new Set<string>()
  for (const usage of usages.items()) {
    usage.oneOf(USAGES)
    if (seen.has(usage.text)) usage.duplicate()
    seen.add(usage.text)
  }
  const signer = spec.get('signerName')
  if (signer.text === 'kubernetes.io/legacy-unknown')
    signer.invalid('the legacy signerName is not allowed via this API version')
  else checkSigner(signer)
  const seconds = spec.get('expirationSeconds')
  if (seconds.orNumber(600) < 600)
    seconds.invalid('may not specify a duration less than 600 seconds (10 minutes)')
}

const BLOCK = /^-----BEGIN ([^\n]+)-----\s*\n([A-Za-z0-9+/=\s]+)\n-----END \1-----\s*$/m

/** A PEM block of the right kind that holds one DER sequence; signatures are not followed. */
function requestProblem(coded: string): string | undefined {
  const block = BLOCK.exec(Buffer.from(coded, 'base64').toString('latin1'))
  if (block?.[1] !== 'CERTIFICATE REQUEST') return 'PEM block type must be CERTIFICATE REQUEST'
  const der = Buffer.from(block[2] ?? '', 'base64')
  return der[0] === 0x30 ? undefined : 'asn1: structure error'
}
