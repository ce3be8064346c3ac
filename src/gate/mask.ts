import type { Diagnostic } from '../text/diagnostic.ts'

const SECRET_OBJECT = /^\S+ (Secret|SecretList) /

/**
 * The API server quotes the value it refuses. In a Secret that value is the secret: whatever a message
 * quotes there is replaced, as is the text of the place it points at.
 */
export function maskValues(one: Diagnostic): Diagnostic {
  if (one.object === undefined || !SECRET_OBJECT.test(one.object)) return one
  if (!/^(data|stringData)\b/.test(one.field ?? '')) return one
  const message = mask(one.message, one)
  const { help, ...rest } = one
  return { ...rest, message, ...(help === undefined ? {} : { help: mask(help, one) }) }
}

function mask(text: string, { at, field }: Diagnostic): string {
  const written = at.source.text.slice(at.start, at.end).trim()
  const isName = field?.split(/[.[\]]/).includes(written) ?? false
  const bare = written.length > 0 && !isName ? text.replaceAll(written, '<masked>') : text
  return bare.replace(/: Invalid value: .*?(?=: |$)/s, ': Invalid value: <masked>')
}
