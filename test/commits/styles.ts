/** Messages as public histories hold them; made here, so that nothing of others is copied. */
export function realistic(count: number, seed: number): string[] {
  const dice = new Dice(seed)
  return Array.from({ length: count }, () => dice.pick(STYLES)(dice))
}

type Style = (dice: Dice) => string

function oneOf(dice: Dice, makers: readonly [() => string, ...(() => string)[]]): string {
  return dice.pick(makers)()
}

/** A small generator of numbers (mulberry32): the same seed gives the same messages. */
class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % limit
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0]
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  times(least: number, most: number, make: () => string): string[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make)
  }
}

const VERBS = [
  'add',
  'remove',
  'fix',
  'update',
  'rename',
  'support',
  'drop',
  'handle',
  'avoid',
] as const
const THINGS = [
  'the router cache',
  'nil pointer in scheduler',
  '`ngFor` with trackBy',
  'race (again) on shutdown',
  'v2 API: list and watch',
  'timeout of health checks',
  'README.md',
  'error message for missing field "spec"',
  'use-after-free in foo_bar()',
  'CVE-2026-1234',
  'i18n for größe',
  'the 100% CPU loop',
] as const
const SENTENCES = [
  'The old code read the value twice, which is wrong when it changes in between.',
  'This was introduced in 4.2 and affects every user of `foo(bar)`.',
  'See https://example.org/issues/123?a=b#c for the discussion.',
  'Note: this only matters on arm64.',
  'e.g. `kubectl get pods -o json | jq .items[0]`',
  'Steps: 1) build 2) run (with -v) 3) look at the log:',
  'It is (mostly) a refactoring; nothing else changes.',
  "Co-operation with the team: they'd asked for it since #42.",
  'Before: 12.3ms, after: 4.5ms (-63%).',
  '- first point',
  '- second point: with a colon',
  '* a list item (and more)',
  '1. numbered',
  '    indented = code(here)',
  '| Package | Change |',
  '|---|---|',
  '> quoted text',
  'https://example.org/bugs/show_bug.cgi?id=14171',
  '<https://example.org/bugs/14171>',
  'src/fc-match.cc:39:3: warning: no previous declaration',
  'Fixes:\nhttps://example.org/issues/38800',
  'V2: use the macro of the platform\ninstead of our own.',
  'Optimized:\n    over_n_8 = L1: 26.20  L2: 22.97',
  'Breaking changes: none',
  '```go',
  '```',
  'Call Trace: dump_stack+0x1/0x2',
] as const
const PEOPLE = [
  'Ada L. <ada@example.org>',
  'Linus <l@example.org>',
  'bot[bot] <1+bot[bot]@example.org>',
] as const

function subject(dice: Dice): string {
  return `${dice.pick(VERBS)} ${dice.pick(THINGS)}`
}

function body(dice: Dice): string[] {
  return dice.times(0, 3, () => dice.times(1, 4, () => dice.pick(SENTENCES)).join('\n'))
}

function trailers(dice: Dice): string {
  return dice
    .times(1, 4, () =>
      dice.pick([
        `Signed-off-by: ${dice.pick(PEOPLE)}`,
        `Co-authored-by: ${dice.pick(PEOPLE)}`,
        `Reviewed-by: ${dice.pick(PEOPLE)}`,
        `Closes #${dice.below(9999)}`,
        `Fixes: 1da177e4c3f4 ("net: ${subject(dice)}")`,
        `Refs: #${dice.below(99)}, #${dice.below(99)}`,
        `Change-Id: I${'0123456789abcdef'.repeat(2)}`,
        'Cc: stable@example.org # 5.10+',
        'PR Close #12345',
        'Closes #12, #13',
        'Link: https://example.org/r/2026@example.org',
        '[Ada: reworded]',
        'Reported by: Ada L. <ada@example.org>',
        `(cherry picked from commit ${'0123456789abcdef'.repeat(2)}01234567)`,
      ]),
    )
    .join('\n')
}

function joined(dice: Dice, header: string, more: readonly string[] = []): string {
  return [header, ...body(dice), ...more, ...(dice.chance(45) ? [trailers(dice)] : [])].join('\n\n')
}

const TYPES = [
  'feat',
  'fix',
  'docs',
  'refactor',
  'test',
  'chore',
  'build',
  'ci',
  'perf',
  'style',
] as const
const SCOPES = [
  'core',
  'compiler-cli',
  'api/v1',
  'deps',
  'deps-dev',
  '@scope/pkg',
  'router, forms',
  '*',
] as const

/** What follows `BREAKING CHANGE:`. */
function announced(dice: Dice): string {
  return oneOf(dice, [
    () => ` ${dice.pick(SENTENCES)}`,
    () => ` ${dice.pick(SENTENCES)}\n${dice.pick(SENTENCES)}\n\n${dice.pick(SENTENCES)}`,
    () => `\n${dice.pick(SENTENCES)}`,
    () => `\n\n${dice.pick(SENTENCES)}\n\nBefore:\n\n\`\`\`\nfoo(bar)\n\`\`\``,
    () => `\n- ${subject(dice)}\n- ${subject(dice)}`,
  ])
}

const angular: Style = dice => {
  const scope = dice.chance(70) ? `(${dice.pick(SCOPES)})` : ''
  const bang = dice.chance(4) ? '!' : ''
  const breaking = dice.chance(4) ? [`BREAKING CHANGE:${announced(dice)}`] : []
  const number = dice.chance(30) ? ` (#${dice.below(9999)})` : ''
  return joined(dice, `${dice.pick(TYPES)}${scope}${bang}: ${subject(dice)}${number}`, breaking)
}

const kubernetes: Style = dice =>
  oneOf(dice, [
    () => `Merge pull request #${dice.below(99999)} from ada/topic\n\n${subject(dice)}`,
    () =>
      joined(
        dice,
        `${dice.pick(['kubelet', 'pkg/scheduler', 'e2e: node', 'hack'])}: ${subject(dice)}`,
      ),
    () => joined(dice, `Update ${dice.pick(THINGS)}`),
    () => joined(dice, `[release-1.36] ${subject(dice)}`),
    () => `Merge commit 'abcdef123456' into topic`,
  ])

const linux: Style = dice =>
  oneOf(dice, [
    () =>
      joined(
        dice,
        `${dice.pick(['mm/slub', 'net: dsa', 'drm/amd/display', 'x86/mm', 'selftests/bpf'])}: ${subject(dice)}`,
      ),
    () =>
      `Merge tag 'for-6.${dice.below(20)}' of git://example.org/pub/linux\n\nPull fixes from Ada:\n\n - ${subject(dice)}\n - ${subject(dice)}\n`,
    () =>
      `Revert "net: ${subject(dice)}"\n\nThis reverts commit ${'0123456789abcdef'.repeat(2)}01234567.\n\n${trailers(dice)}`,
    () => joined(dice, `[PATCH] ${subject(dice)}`),
  ])

const bots: Style = dice =>
  oneOf(dice, [
    () =>
      `chore(deps): update dependency left-pad to v${dice.below(9)}.${dice.below(99)} (#${dice.below(999)})\n\n| datasource | package | from | to |\n| --- | --- | --- | --- |\n| npm | left-pad | 1.0.0 | 1.0.1 |`,
    () =>
      `build(deps): bump actions/checkout from ${dice.below(5)} to 6 in /.github\n\nBumps [actions/checkout](https://github.com/actions/checkout) from 5 to 6.\n- [Release notes](https://github.com/actions/checkout/releases)\n\n---\nupdated-dependencies:\n- dependency-name: actions/checkout\n  dependency-type: direct:production\n...\n\nSigned-off-by: dependabot[bot] <support@github.com>`,
    () =>
      `fix(deps): update kubernetes packages to v0.3${dice.below(9)}\n\nSigned-off-by: renovate[bot] <bot@example.org>`,
    () => `Bump lodash from 4.17.${dice.below(20)} to 4.17.21`,
    () => `chore: release ${dice.below(9)}.${dice.below(9)}.0`,
    () => `Add Flux v2.${dice.below(9)}.0 component manifests`,
    () => 'Update from image update automation',
  ])

const people: Style = dice =>
  oneOf(dice, [
    () => joined(dice, subject(dice)),
    () => `WIP ${subject(dice)}`,
    () => `fixup! feat: ${subject(dice)}`,
    () => `Update ${dice.pick(['README.md', 'x.yaml'])}`,
    () => `:sparkles: ${subject(dice)}`,
    () => `✨ feat: ${subject(dice)}`,
    () => `feat: ✨ ${subject(dice)}`,
    () => `JIRA-${dice.below(999)}: ${subject(dice)}`,
    () => `${dice.pick(['Fix', 'Feat', 'DOCS'])}: ${subject(dice)}`,
    () =>
      `feat: ${subject(dice)}\n\n* fix: ${subject(dice)}\n\n* docs: ${subject(dice)}\n\nCo-authored-by: ${dice.pick(PEOPLE)}`,
    () => 'Initial commit',
    () => `Apply suggestions from code review\n\nCo-authored-by: ${dice.pick(PEOPLE)}`,
    () =>
      `${dice.pick(TYPES)}(${dice.pick(SCOPES)}): ${subject(dice)}\n\nKey changes:\n- ${subject(dice)}\n- **Bold**: ${subject(dice)}\n\nTests: all pass\n\nCo-Authored-By: ${dice.pick(PEOPLE)}`,
    () => `revert: ${subject(dice)}\n\nThis reverts commit 1234567890abcdef.`,
  ])

/** What is rare in real histories; one of two hundred. */
const slips: Style = dice =>
  oneOf(dice, [
    () => `${dice.pick(TYPES)}:${subject(dice)}`,
    () => `${dice.pick(TYPES)}(): ${subject(dice)}`,
    () => `${dice.pick(TYPES)}: ${subject(dice)}\n${dice.pick(SENTENCES)}`,
    () =>
      `${dice.pick(TYPES)}: ${subject(dice)}\n\n${subject(dice)}\nBREAKING CHANGE: ${subject(dice)}`,
    () => `${dice.pick(TYPES)}: ${subject(dice)}\n\nBreaking changes:\n- ${subject(dice)}`,
    () => `${dice.pick(TYPES)}: ${subject(dice)}\n\nBREAKING CHANGES: ${dice.pick(SENTENCES)}`,
    () => `${dice.pick(TYPES)}: ${subject(dice)}\n\nfoo(bar\nbaz`,
    () => `${dice.pick(TYPES)} (${dice.pick(SCOPES)}): ${subject(dice)}`,
  ])

const STYLES: readonly [Style, ...Style[]] = [
  dice => (dice.chance(1) && dice.chance(50) ? slips(dice) : angular(dice)),
  angular,
  angular,
  kubernetes,
  linux,
  bots,
  people,
]
