import type { Random } from './hostile.ts'

const pieces = [
  'a',
  'word',
  ' ',
  ' ',
  '  ',
  '\n',
  '\n',
  '\n\n',
  '\t',
  ':',
  ': ',
  ' #',
  '#',
  '- ',
  '-',
  '"',
  "'",
  '\\',
  ',',
  '[',
  '{',
  '}',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '`',
  '?',
  '1',
  '0',
  '.',
  'é',
  '😀',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u007f',
  '\u0007',
  '\u001b',
  '=',
  '<',
  '~',
  'yes',
  'null',
  'k: v',
  '---',
  '...',
  'lorem ipsum dolor sit amet ',
  'x'.repeat(40),
] as const

const whole = [
  '',
  'yes',
  'no',
  'true',
  'null',
  '~',
  '1',
  '010',
  '1e3',
  '1_000',
  '1:30',
  '2001-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '.inf',
  '0x1F',
  '+1',
  '-',
  '=',
  '<<',
  'a: b',
  ' a',
  'a ',
  '\n',
  '\n\n',
  'a\n',
  'a\n\n',
  '\na',
  ' a\nb',
  'a\n b\n',
  'a\nb \n',
  '\ta\nb',
  'a\n\tb\n',
  '"',
  "'",
  '#',
  '0',
  '-0',
  '1.50',
  '12345678901234567890',
  '1e400',
  '--- a',
  '... b',
  '?a',
  'a,b',
  '\u0085',
  'a\u0085\u0085b',
] as const

/** A string made of what needs quotes, folds or escapes. */
export function trickyString(random: Random): string {
  if (random.chance(30)) return random.pick(whole)
  let out = ''
  for (let i = random.below(random.chance(15) ? 25 : 6); i >= 0; i--) out += random.pick(pieces)
  return out
}

/** A document that YAML readers accept: strings in any style, nesting, flow, comments. */
export function tameDocument(random: Random): string {
  return map(random, 3, '')
}

function comment(random: Random, indent: string): string {
  if (!random.chance(8)) return ''
  return random.pick([
    `${indent}# head\n`,
    `${indent}# a\n${indent}# b\n`,
    '\n',
    `\n${indent}# spaced\n\n`,
    '# outer\n',
    `${indent}  # inner\n`,
  ])
}

function tail(random: Random): string {
  return random.chance(6) ? ' # tail' : ''
}

function map(random: Random, depth: number, indent: string): string {
  let out = ''
  const count = 1 + random.below(4)
  for (let i = 0; i < count; i++) {
    out += comment(random, indent)
    const key = random.chance(85) ? `k${i}` : doubled(`${i}${trickyString(random)}`)
    out += `${indent}${key}:${node(random, depth, indent)}`
  }
  return out
}

function list(random: Random, depth: number, indent: string): string {
  let out = ''
  const count = 1 + random.below(3)
  for (let i = 0; i < count; i++)
    out += `${comment(random, indent)}${indent}-${node(random, depth, indent)}`
  return out
}

/** A value with the blank in front and the line break behind. */
function node(random: Random, depth: number, indent: string): string {
  const deeper = `${indent}${random.pick(['  ', '  ', ' ', '    '])}`
  if (depth > 0 && random.chance(30)) return `${tail(random)}\n${map(random, depth - 1, deeper)}`
  if (depth > 0 && random.chance(25)) return `${tail(random)}\n${list(random, depth - 1, deeper)}`
  if (random.chance(15)) return ` ${flow(random, 2)}${tail(random)}\n`
  return ` ${scalar(random, indent)}`
}

function flow(random: Random, depth: number): string {
  const count = random.below(4)
  const items: string[] = []
  const list = random.chance(50)
  for (let i = 0; i < count; i++) {
    const value = depth > 0 && random.chance(30) ? flow(random, depth - 1) : inline(random)
    items.push(list ? value || 'x' : `k${i}: ${value}`)
  }
  const between = random.chance(20) ? ',\n      ' : ', '
  return list ? `[${items.join(between)}]` : `{${items.join(between)}}`
}

function inline(random: Random): string {
  if (random.chance(40))
    return random.pick([
      'a',
      '1',
      'yes',
      '~',
      '',
      'null',
      '1.0',
      '0x1F',
      '2001-01-01',
      '2001-12-14t21:59:43Z',
      'a b',
      'a:b',
      'http://x/y',
    ])
  return quoted(random, trickyString(random))
}

function quoted(random: Random, text: string): string {
  if (random.chance(50) && /^[\x20-\x7eé]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`
  return doubled(text)
}

export function doubled(text: string): string {
  const escaped = JSON.stringify(text.toWellFormed()).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return escaped
}

function scalar(random: Random, indent: string): string {
  const text = trickyString(random)
  if (random.chance(45) && /^[\n\t\x20-\x7eé\u{10000}-\u{10ffff}]*$/u.test(text))
    return block(random, text, indent)
  if (random.chance(35) && /^[a-z0-9.][a-zA-Z0-9 .=<>+_-]*[a-z0-9]$/.test(text))
    return `${text}${tail(random)}\n`
  if (random.chance(30))
    return `${random.pick(['1', 'true', '~', '', '1.50', '010', '1e3', '12345678901234567890', '2001-01-01', '!!str 1', '!foo x', '.5', '0.000001', '123456.75', '1e21', '-1e-7', '1234567.5'])}${tail(random)}\n`
  return `${quoted(random, text)}${tail(random)}\n`
}

function block(random: Random, text: string, indent: string): string {
  const inner = `${indent}  `
  const style = random.pick(['|', '>'])
  const hint = random.chance(60) || /^[\n ]/.test(text) ? '2' : ''
  const chomp = random.pick(['', '-', '+'])
  const body = text
    .split('\n')
    .map(line => (line === '' ? '' : inner + line))
    .join('\n')
  return `${style}${hint}${chomp}${tail(random)}\n${body}\n${random.chance(15) ? '\n' : ''}`
}
