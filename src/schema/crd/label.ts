import type { Place } from './place.ts'

const LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
export const LABEL_TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"

export function isLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text)
}

export function checkLabel(place: Place): void {
  if (!isLabel(place.text)) place.invalid(LABEL_TEXT)
}
