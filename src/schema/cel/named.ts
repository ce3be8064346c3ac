import { formatProblem } from '../formats.ts'
import { type Library, spaceType } from './library.ts'

/** A named text format and what it says of a text. */
export class NamedFormat {
  readonly problems: (text: string) => readonly string[]
  constructor(problems: (text: string) => readonly string[]) {
    this.problems = problems
  }
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'

function bySyntax(pattern: string, most: number, what: string): NamedFormat {
  const expression = new RegExp(`^(?:${pattern})$`)
  return new NamedFormat(text => {
    if (text.length > most) return [`must be no more than ${most} characters`]
    return expression.test(text) ? [] : [`${what} must match '${pattern}'`]
  })
}

function byFormat(format: string): NamedFormat {
  return new NamedFormat(text =>
    formatProblem(format, text) === undefined ? [] : [`invalid ${format}`],
  )
}

const formats: Readonly<Record<string, NamedFormat>> = {
  dns1123Label: bySyntax(LABEL, 63, 'a lowercase RFC 1123 label'),
  dns1123Subdomain: bySyntax(`${LABEL}(\\.${LABEL})*`, 253, 'a lowercase RFC 1123 subdomain'),
  dns1035Label: bySyntax('[a-z]([-a-z0-9]*[a-z0-9])?', 63, 'a DNS-1035 label'),
  dns1123LabelPrefix: bySyntax('[a-z0-9]([-a-z0-9]*)?', 63, 'a prefix of a label'),
  dns1123SubdomainPrefix: bySyntax('[a-z0-9]([-.a-z0-9]*)?', 253, 'a prefix of a subdomain'),
  dns1035LabelPrefix: bySyntax('[a-z]([-a-z0-9]*)?', 63, 'a prefix of a label'),
  qualifiedName: bySyntax(
    `(${LABEL}(\\.${LABEL})*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]`,
    317,
    'a qualified name',
  ),
  labelValue: bySyntax('(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?', 63, 'a label value'),
  uri: byFormat('uri'),
  uuid: byFormat('uuid'),
  byte: byFormat('byte'),
  date: byFormat('date'),
  datetime: byFormat('datetime'),
}

const F = 'kubernetes.NamedFormat'
const SPACE = spaceType('format')

/** Kubernetes CEL library `format`, but for `validate`, which answers with an optional (apiserver pkg/cel/library/format.go). */
export const namedLibrary: Library = {
  types: { [F]: NamedFormat },
  spaces: ['format'],
  functions: Object.entries(formats).map(([name, format]) => [
    `${SPACE}.${name}(): ${F}`,
    () => format,
  ]),
}

/** The problems a format finds, or undefined: what `validate` wraps in an optional. */
export function validateNamed(format: NamedFormat, text: string): readonly string[] | undefined {
  const problems = format.problems(text)
  return problems.length === 0 ? undefined : problems
}

export function namedFormat(name: string): NamedFormat | undefined {
  return Object.hasOwn(formats, name) ? formats[name] : undefined
}

/** The signature of `validate`, for the environment to add with its own optionals. */
export const validateSignature = `${F}.validate(string): optional`

export const namedSignature = `${SPACE}.named(string): optional`
