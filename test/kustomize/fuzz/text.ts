import type { Random } from './random.ts'

/** A piece of YAML written as it stands. */
export class Raw {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Value = string | number | boolean | null | Raw | readonly Value[] | Fields

export interface Fields {
  readonly [key: string]: Value | undefined
}

/** YAML of a value in block style; long texts may become literal blocks. */
export function yamlOf(value: Value, indent = 0): string {
  const pad = ' '.repeat(indent)
  if (isFields(value)) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    if (entries.length === 0) return `${pad}{}\n`
    return entries
      .map(([key, one]) => `${pad}${keyText(key)}:${below(one ?? null, indent)}`)
      .join('')
  }
  if (isList(value)) {
    if (value.length === 0) return `${pad}[]\n`
    return value
      .map(item => {
        const text = yamlOf(item, indent + 2)
        return `${pad}- ${text.slice(indent + 2)}`
      })
      .join('')
  }
  return `${pad}${scalarText(value, indent)}\n`
}

function below(value: Value, indent: number): string {
  if (isFields(value) && Object.values(value).some(one => one !== undefined))
    return `\n${yamlOf(value, indent + 2)}`
  if (isList(value) && value.length > 0) return `\n${yamlOf(value, indent)}`
  if (isFields(value)) return ' {}\n'
  if (isList(value)) return ' []\n'
  return ` ${scalarText(value, indent)}\n`
}

export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !(value instanceof Raw) && !isList(value)
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function keyText(key: string): string {
  if (key === '<<') return key
  return /^[A-Za-z$][\w./$-]*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key)
    ? key
    : JSON.stringify(key)
}

function scalarText(value: Value, indent: number): string {
  if (value instanceof Raw) return value.text.replaceAll('\n', `\n${' '.repeat(indent + 2)}`)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (value.includes('\n') && /^[\w#-][^\t\r]*$/.test(value)) {
    const chomp = value.endsWith('\n') ? '' : '-'
    const lines = value.replace(/\n$/, '').split('\n')
    if (!value.endsWith('\n\n'))
      return `|${chomp}\n${lines.map(line => (line === '' ? '' : ' '.repeat(indent + 2) + line)).join('\n')}`
  }
  return /^[a-z][\w.-]*$/i.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
    ? value
    : JSON.stringify(value)
}

const lineComments = [
  '# note',
  '# {"type":"string"}',
  '# {"$ref":"#/definitions/io.k8s.cli.setters.x"}',
  '# {"$openapi":"x"}',
] as const

/** The text with comments: heads above keys, and some behind values, of which kyaml reads a few. */
export function commented(random: Random, text: string): string {
  return text
    .split('\n')
    .map(line => {
      const [, indent] = /^( *)(?:- )?[\w.-]+:/.exec(line) ?? []
      if (indent === undefined || random.chance(0.85)) return line
      if (/: [\w.-]+$/.test(line)) return `${line} ${random.pick(lineComments)}`
      return `${indent}# head\n${line}`
    })
    .join('\n')
}

const hostile: readonly string[] = [
  ['yes', 'No', 'on', 'OFF', 'y', 'n', '~', 'null', 'Null', 'true', 'False', '""', "''"],
  ['0x1F', '0o17', '0755', '08', '1_000', '0b101', '1.50', '1.0', '-0', '+5', '.5', '5.'],
  ['1e3', '1e21', '1E-7', '1e400', '9007199254740993', '18446744073709551615', '1e'],
  ['18446744073709551616', '2024-01-02', '2001-12-15 2:59:43.10', '12:30:45', '1:30'],
  ['"1"', '"true"', '"null"', '"0x1F"', '"1e3"', '"2024-01-02"', '"y"', "'yes'", '"12:30"'],
  ['"a: b"', '"*x"', '"&x"', '"# no"', '"- a"', '"? a"', '"!x"', '"%a"', '"@a"', '"`a"'],
  ['" lead"', '"trail "', '"tab\\tin"', '"\\u00e9\\u4e2d"', '"\\U0001F600"', '"a\\u0007b"'],
  ['"line\\nbreak"', '"line\\nbreak\\n"', '"\\n"', '"\\nlead"', '"end\\n\\n"', '" a\\n b"'],
  ['"<<"', '=', '"="', '!!str 5', '!!binary aGVsbG8=', '!custom x', 'a#b', "it's", '"say \\"x\\""'],
  ['word', 'two words', 'key=value', 'http://x.y:80/z', '{a: 1, b: [x]}', '[1, yes, "z"]'],
  '|\nliteral\n  text',
  '>\nfolded\ntext\n  more\nend',
  '|-\nno\n\nend',
  '|+\nkeep\n',
  '"a long text that goes on and on until it is longer than eighty characters, because then it folds"',
  'plain words that go on and on until they are longer than eighty characters, because then they fold',
  '"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"',
].flat()

/** A scalar that readers and printers are known to disagree about. */
export function hostileScalar(random: Random): Value {
  if (random.chance(0.002)) return new Raw(random.pick(['.inf', '.nan', '"\\x7f"', '!!int abc']))
  return new Raw(random.pick(hostile))
}
