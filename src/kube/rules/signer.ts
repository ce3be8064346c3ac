import type { Field } from './field.ts'
import { dnsLabel, subdomain } from './format.ts'

/** The name of a certificate signer, as `example.com/name` (1.36 core/validation ValidateSignerName). */
export function checkSigner(field: Field): void {
  const name = field.text
  if (name === '') return field.required()
  const parts = name.split('/')
  if (parts.length !== 2)
    return field.invalid(
      "must be a fully qualified domain and path of the form 'example.com/signer-name'",
    )
  const [domain = '', path = ''] = parts
  if (domain.length > 253) field.tooLong(253)
  const labels = domain.split('.')
  complain(field, domain, labels, dnsLabel)
  if (labels.length < 2)
    field.invalid('should be a domain with at least two segments separated by dots', domain)
  complain(field, path, path.split('.'), subdomain)
  if (name.length > 571) field.tooLong(571)
}

function complain(
  field: Field,
  whole: string,
  parts: readonly string[],
  test: (text: string) => readonly string[],
): void {
  const bad = parts.find(part => test(part).length > 0)
  if (bad === undefined) return
  for (const complaint of test(bad))
    field.invalid(`validating label ${JSON.stringify(bad)}: ${complaint}`, whole)
}
