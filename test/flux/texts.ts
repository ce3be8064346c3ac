import * as fc from 'fast-check'

const PIECES =
  '${ ${ ${ } } } $ $$ \\ / // # ## % %% ^ ^^ , ,, : :- := = :? :+ - ? + * [ ] [a-c] [^a] \\/ \\\\ ' +
  '0 1 2 -1 99 a b c name long empty unset é ß uni path ! @ . { " \' 日本 -3 foo bar _x 7'

const OPERATORS = ':- := = :+ :? # ## % %% / // /# /% : ^ ^^ , ,,'.split(' ')

export const VARIABLES: Readonly<Record<string, string>> = {
  a: '1',
  b: 'true',
  c: 'abcabc',
  name: 'Audiobookshelf',
  long: 'a/long/path/with.dots/and-dashes_x',
  empty: '',
  uni: 'ünïcödé ß 日本 ½',
  path: '/usr/local/bin/foo.tar.gz',
  _x: '${a}',
}

const piece = fc.constantFrom(' ', '\n', ...PIECES.split(' '))
const soup = fc.array(piece, { maxLength: 14 }).map(parts => parts.join(''))

const shaped = fc.letrec<{ text: string; expression: string }>(tie => ({
  expression: fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'name', 'long', 'empty', 'uni', 'path', '_x', 'unset', ''),
      fc.constantFrom('', ...OPERATORS),
      fc.array(tie('text'), { maxLength: 2 }),
    )
    .map(
      ([name, operator, args]) =>
        `\${${name}${operator}${args.join(operator === ':' ? ':' : '/')}}`,
    ),
  text: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    piece,
    soup,
    tie('expression'),
    fc.tuple(tie('expression'), tie('text')).map(parts => parts.join('')),
  ),
}))

/** Texts with expressions in them, well made and broken. */
export const texts = fc.oneof(soup, shaped.text, shaped.expression)
