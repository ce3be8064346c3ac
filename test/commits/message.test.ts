import { describe, expect, test } from 'vitest'
import { isConventional, parseMessage } from '../../src/commits/message.ts'
import { Source } from '../../src/text/source.ts'
import { flawsOf, footersOf, read } from './read.ts'

describe('the grammar, row by row', () => {
  test.each<[message: string, ok: boolean, flaws: readonly string[]]>([
    ['feat:x', false, ['missing-space@1:6']],
    ['feat:\tx', false, ['missing-space@1:6']],
    ['feat:\u00a0x', false, ['missing-space@1:6']],
    ['feat:  two', true, ['extra-space@1:7']],
    ['feat(): x', false, ['malformed-scope@1:5']],
    ['feat(  ): x', false, ['malformed-scope@1:5']],
    ['feat(a(b)): x', false, ['malformed-scope@1:7']],
    ['feat(a: x', false, ['malformed-scope@1:5']],
    ['feat (a): x', false, ['malformed-scope@1:5']],
    ['feat(a): x (b): y', true, []],
    ['feat!(a): x', false, ['misplaced-bang@1:5']],
    ['feat!!: x', false, ['misplaced-bang@1:6']],
    ['feat (a)!: x', false, ['malformed-scope@1:5']],
    ['feat : x', false, ['malformed-header@1:5']],
    ['foo-bar: x', true, []],
    ['ci/cd: x', true, []],
    ['функция: x', true, []],
    ['feat:    ', false, ['empty-description@1:6']],
    ['feat:', false, ['empty-description@1:6']],
    [': x', false, ['malformed-header@1:1']],
    ['feat: x\ntext', false, ['missing-blank-line@2:1']],
    ['feat: x\r\n\r\nbody\r\n', true, []],
    ['feat: x\r\rbody', true, []],
    ['feat: x\u2028y', true, ['control-character@1:8']],
    ['feat: x\u0000', true, ['control-character@1:8']],
    ['feat: \u202ex', true, ['control-character@1:7']],
    ['\ufefffeat: x', true, ['control-character@1:1']],
    ['feat: x\n\nbreaking change: y', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nBREAKING CHANGE:y', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nBREAKING CHANGE #1', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nBREAKING CHANGES: y', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\n* BREAKING CHANGE: y', false, ['hidden-breaking-change@3:3']],
    ['feat: x\n\n**BREAKING CHANGE**: y', false, ['hidden-breaking-change@3:3']],
    ['feat: x\n\nBREAKING CHANGE\n\ny', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nBREAKING: y', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nbody\nBREAKING CHANGE: y', false, ['hidden-breaking-change@4:1']],
    ['feat: x\n\nBREAKING CHANGE:', false, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nBREAKING CHANGE:\n\ny', true, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nBREAKING CHANGE: \ny', true, ['hidden-breaking-change@3:1']],
    ['feat: x\n\nbody\n\nBreaking change: y', false, ['hidden-breaking-change@5:1']],
    ['feat: x\n\nbody\nbreaking change: y', true, ['hidden-breaking-change@4:1']],
    ['feat: x\n\n- breaking change: y', true, ['hidden-breaking-change@3:3']],
    ['feat: x\n\nBreaking changes:\n- y', true, ['hidden-breaking-change@3:1']],
    ['feat: x\n\n### BREAKING CHANGES\n\n- y', true, ['hidden-breaking-change@3:5']],
    ['feat: x\n\n> BREAKING CHANGE: y', true, ['hidden-breaking-change@3:3']],
    ['feat: x\n\nBreaking changes: none.', true, []],
    ['feat: x\n\n**BREAKING CHANGES:** N/A', true, []],
    ['feat!: x\n\nBreaking changes:\n- y', true, []],
    ['feat: x\n\nBREAKING CHANGES:\n- y\n\nBREAKING CHANGE: y', true, []],
    ['feat: x\n\nthis breaking change is prose', true, []],
    ['feat: x\n\nBreaking changes happen', true, []],
    ['feat: x\n\nbody\nRefs: #1', true, ['stray-footer@4:1']],
    ['feat: x\n\nword( unclosed', true, []],
    ['feat: x\n\n-type-\nother', true, []],
    ['feat: x\n\ngpg: Signature made', true, []],
    ['feat: 変更。', true, []],
    ['feat: ✨ x', true, []],
    ['✨ feat: x', false, ['malformed-header@1:1']],
    ['✨: x', true, []],
    ['', false, ['empty-message@1:1']],
    [' \n\t\n', false, ['empty-message@1:1']],
    ['Some title (#123)', false, ['malformed-header@1:1']],
    ['fixup!garbage', false, ['malformed-header@1:1']],
    ['1.2.3', false, ['malformed-header@1:1']],
    ['Merged PR 1: anything', false, ['malformed-header@1:1']],
    ['Auto-merged a into b', false, ['malformed-header@1:1']],
    ['totally bad header\n\nMerge branch foo', false, ['malformed-header@1:1']],
    ['Revert everything I feel like', false, ['malformed-header@1:1']],
    ["Merge branch 'x'", false, ['malformed-header@1:1']],
  ])('%j', (message, ok, flaws) => {
    expect(flawsOf(message)).toEqual(flaws)
    expect(isConventional(read(message))).toBe(ok)
  })
})

describe('the examples of the specification', () => {
  test.each<[message: string, breaking: boolean, footers: readonly string[]]>([
    [
      'feat: allow provided config object to extend other configs\n\nBREAKING CHANGE: `extends` key in config file is now used for extending other config files',
      true,
      [
        'BREAKING CHANGE: `extends` key in config file is now used for extending other config files',
      ],
    ],
    ['feat!: send an email to the customer when a product is shipped', true, []],
    ['feat(api)!: send an email to the customer when a product is shipped', true, []],
    [
      'feat!: drop support for Node 6\n\nBREAKING CHANGE: use JavaScript features not available in Node 6.',
      true,
      ['BREAKING CHANGE: use JavaScript features not available in Node 6.'],
    ],
    ['docs: correct spelling of CHANGELOG', false, []],
    ['feat(lang): add Polish language', false, []],
    [
      'fix: prevent racing of requests\n\nIntroduce a request id and a reference to latest request. Dismiss\nincoming responses other than from latest request.\n\nRemove timeouts which were used to mitigate the racing issue but are\nobsolete now.\n\nReviewed-by: Z\nRefs: #123',
      false,
      ['Reviewed-by: Z', 'Refs: #123'],
    ],
    [
      'revert: let us never again speak of the noodle incident\n\nRefs: 676104e, a215868',
      false,
      ['Refs: 676104e, a215868'],
    ],
  ])('%j', (message, breaking, footers) => {
    expect(flawsOf(message)).toEqual([])
    expect(read(message).breaking).toBe(breaking)
    expect(footersOf(message)).toEqual(footers)
  })
})

describe('footers', () => {
  test.each<[message: string, footers: readonly string[], body: string | undefined]>([
    ['a: b\n\nNote: prose\n\nmore prose', [], 'Note: prose\n\nmore prose'],
    ['a: b\n\nNote: prose', ['Note: prose'], undefined],
    ['a: b\n\nBREAKING CHANGE: x\n\nmore of it', ['BREAKING CHANGE: x\n\nmore of it'], undefined],
    ['a: b\n\nBREAKING CHANGE:\nx\n\ny', ['BREAKING CHANGE: x\n\ny'], undefined],
    ['a: b\n\nBREAKING CHANGE:\n\nx\nRefs: 1', ['BREAKING CHANGE: x', 'Refs: 1'], undefined],
    ['a: b\n\nFixes:\nx', [], 'Fixes:\nx'],
    ['a: b\n\nBREAKING-CHANGE: x\nRefs #1', ['BREAKING-CHANGE: x', 'Refs #1'], undefined],
    [
      'a: b\n\nCloses #1\n\nSigned-off-by: A <a@b>',
      ['Closes #1', 'Signed-off-by: A <a@b>'],
      undefined,
    ],
    ['a: b\n\nSigned off by: x', [], 'Signed off by: x'],
    ['a: b\n\nhttps://example.org/x', [], 'https://example.org/x'],
    ['a: b\n\nRefs:#1', [], 'Refs:#1'],
    [
      'a: b\n\ntext\n\n(cherry picked from commit 0123abcd)',
      ['cherry picked from commit 0123abcd'],
      'text',
    ],
    ['a: b\n\nRefs: 1\n and 2', ['Refs: 1\n and 2'], undefined],
  ])('%j', (message, footers, body) => {
    expect(footersOf(message)).toEqual(footers)
    expect(read(message).body?.text).toBe(body)
  })

  test('BREAKING CHANGE beside other footers hides them from git', () => {
    expect(flawsOf('a: b\n\nBREAKING CHANGE: x\nRefs: 1')).toEqual(['stray-footer@3:1'])
    expect(flawsOf('a: b\n\nBREAKING-CHANGE: x\nRefs: 1')).toEqual([])
    expect(flawsOf('a: b\n\nBREAKING CHANGE: x\n\nRefs: 1')).toEqual([])
  })
})

test('every part knows its place, whatever the line breaks', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const lines = ['feat(ui)!: add', '', 'body', 'more', '', 'Refs: 1']
    const { source, type, scope, bang, description, body, footers } = read(lines.join(end))
    const [footer] = footers
    const parts = [type, scope, bang, description, body, footer?.token, footer?.value]
    const places = parts.map(part => {
      const { line, column } = source.position(part?.start ?? -1)
      return `${line}:${column} ${source.text.slice(part?.start, part?.end)}`
    })
    expect(places).toEqual([
      '1:1 feat',
      '1:6 ui',
      '1:9 !',
      '1:12 add',
      '3:1 body\nmore',
      '6:1 Refs',
      '6:7 1',
    ])
  }
})

test('what git drops from an edited message is no message', () => {
  const cut = '# ------------------------ >8 ------------------------'
  const text = `# comment\nfeat: x\n# comment\n\nbody\n${cut}\ndiff: y`
  const { header, body, flaws } = parseMessage(new Source('', text), '#')
  expect([header.text, body?.text, flaws]).toEqual(['feat: x', 'body', []])
})
