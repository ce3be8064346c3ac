/** A small generator of reproducible random numbers. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  /** An integer from 0 below `limit`. */
  below(limit: number): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x >>> 0
    return this.#state % limit
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(all: readonly [T, ...T[]]): T {
    return all[this.below(all.length)] ?? all[0]
  }
}

const plain = [
  'a',
  'yes',
  'no',
  'on',
  'y',
  'n',
  'true',
  'null',
  '~',
  '',
  '1',
  '010',
  '0o7',
  '0x1F',
  '0b11',
  '1e3',
  '1.0',
  '.5',
  '-.inf',
  '.nan',
  '1_000',
  '1:30',
  '12:30:45',
  '2001-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-15 2:59:43.10',
  '9007199254740993',
  '18446744073709551615',
  '1e400',
  '-0',
  '+5',
  '08',
  'a b',
  'a: b',
  'a:b',
  'a #b',
  'a#b',
  '- x',
  '-x',
  '?x',
  '? x',
  ':x',
  ': x',
  '#c',
  '&a x',
  '*a',
  '!t x',
  '!!str 1',
  '!!int "3"',
  '!!float 1',
  '!!binary aGk=',
  '!!null ""',
  '! 5',
  '@x',
  '`x',
  '%x',
  '[a, b]',
  '{a: b}',
  '{a, b: }',
  '[a: b, c]',
  '[]',
  '{}',
  '[a,\n  b]',
  '{a: b,\n c: d}',
  '<<',
  '=',
  '---',
  '...',
  '--- x',
  '|',
  '>',
  '|-',
  '>+',
  '|2',
  'é',
  '😀',
  'a\tb',
  '\t',
  'a\u0085b',
  'a\u2028b',
  'a\u00a0b',
  '\ufeffx',
  'http://x/y?z=1&b=2',
  '"a\\tb"',
  '"a\\u00e9\\x41"',
  '"\\/"',
  '"a\\\n   b"',
  '"a\n\n b"',
  "'it''s'",
  "'a\n  b'",
  "'",
  '"',
  '"x"#c',
  '"x" #c',
  'x # c',
  '{"a":1}',
  '{a:1}',
  '[a:b]',
  '[?a]',
  '{? a : b}',
  '[? a : b]',
  '[a, ]',
  '[,]',
  '{,}',
  '{a: {b: [c, {d: e}]}}',
  '"\\x7f"',
  '"\\N\\_\\L"',
  '- - a',
  '0b-11',
  '0o-7',
  '1,000',
  '0x',
  "'  '",
  '" "',
  '"\\n"',
  '"a\\n"',
  '"a \\n b"',
  '"\\ta\\nb"',
  '" a\\nb"',
  'x'.repeat(90),
  'word '.repeat(30).trim(),
  `'${"it''s ".repeat(20)}'`,
  `"${'a\\tb '.repeat(25)}"`,
] as const

const keys = [
  'a',
  'b',
  'c',
  'a1',
  'a10',
  'a2',
  'yes',
  'n',
  '1',
  '1.5',
  '~',
  'null',
  '""',
  "'x y'",
  '"q"',
  '? k',
  '&k k',
  '!!str s',
  '<<',
  '"<<"',
  'long '.repeat(30).trim(),
  '2001-01-01',
  'A',
  '_',
  'k k',
  '[x]',
  '{x: y}',
  'é',
  '.x',
  '-x',
  'true',
] as const

const blocks = ['|', '>', '|-', '>-', '|+', '>+', '|2', '>2', '|1-', '>+1', '| # c', '>\t'] as const
const lines = [
  'x',
  ' x',
  '  x',
  '\tx',
  '',
  '',
  ' ',
  'x ',
  'x\t',
  '# x',
  '- x',
  'k: v',
  '---',
  '...',
  'word word',
  'x'.repeat(70) + ' y',
  '\u0085',
  'é',
] as const

function block(random: Random, indent: string): string {
  let out: string = random.pick(blocks)
  const inner = indent + (random.chance(80) ? '  ' : random.pick(['', ' ', '   ', '\t']))
  const count = random.below(6)
  for (let i = 0; i < count; i++) {
    const line = random.pick(lines)
    out += `\n${line === '' ? '' : inner}${line}`
  }
  return out
}

function collection(random: Random, depth: number, indent: string): string {
  const list = random.chance(40)
  const count = 1 + random.below(4)
  let out = ''
  for (let i = 0; i < count; i++) {
    const shift = random.chance(96) ? indent : indent.slice(1) + random.pick(['', ' ', '  ', '\t'])
    if (random.chance(6))
      out += random.pick(['# comment\n', '\n', '  # c\n', '\t# c\n', ' \n', `${indent}# c\n`])
    const head = list ? '-' : `${keyOf(random, i)}:`
    out += `${shift}${head}${value(random, depth, indent)}${random.chance(5) ? ' # tail' : ''}\n`
  }
  return out
}

function keyOf(random: Random, i: number): string {
  return random.chance(75) ? `k${i}${random.pick(['', 'a', '-x'])}` : random.pick(keys)
}

function value(random: Random, depth: number, indent: string): string {
  const deeper = `${indent}  `
  if (depth > 0 && random.chance(45)) {
    const property = random.chance(10)
      ? random.pick([' &a', ' !!map', ' !t', ' # c', ' &b # c'])
      : ''
    return `${property}\n${collection(random, depth - 1, deeper).trimEnd()}`
  }
  if (random.chance(15)) return ` ${block(random, indent)}`
  const space = random.chance(95) ? ' ' : random.pick(['', '\t', '  ', '\n', '\n\n', `\n${deeper}`])
  const alias = random.chance(5) ? random.pick(['*a', '*b', '&a ', '&b x']) : undefined
  return `${space}${alias ?? random.pick(plain)}`
}

/** A document full of what YAML readers disagree on; most of them are no YAML. */
export function hostileDocument(random: Random): string {
  let out = random.chance(10)
    ? random.pick(['---\n', '# c\n', '\n', '%YAML 1.1\n---\n', '--- # c\n', '\ufeff'])
    : ''
  out += collection(random, 3, '')
  if (random.chance(8))
    out += random.pick([
      '---\n',
      '...\n',
      '---\nb: 1\n',
      '...\nrest: 1\n',
      '...\n---\nx: 1\n',
      '# end\n',
      '# end',
      '  # end\n\n# e\n',
    ])
  if (random.chance(5)) out = out.replaceAll('\n', '\r\n')
  if (random.chance(3)) out = out.trimEnd()
  return random.chance(12) ? mutate(random, out) : out
}

const noise = [
  ' ',
  '\n',
  '\t',
  ':',
  '-',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '&',
  '*',
  '!',
  '|',
  '>',
  '?',
  '%',
  '\\',
  '\u0007',
  '\u007f',
  '\0',
] as const

/** The text with a few characters put in, taken out or doubled. */
export function mutate(random: Random, text: string): string {
  let out = text
  for (let i = random.below(3); i >= 0; i--) {
    const at = random.below(out.length + 1)
    const cut = random.chance(50) ? random.below(3) : 0
    out = out.slice(0, at) + (random.chance(70) ? random.pick(noise) : '') + out.slice(at + cut)
  }
  return out
}
