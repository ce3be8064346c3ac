import { deviations } from '../deviations.ts'
import type { Judged } from './judged.ts'

const HEAD = `# Agreement with Flux

Written by \`npm run update\` from what was recorded; a test keeps it current. Each row of the second table is a
small repository (\`test/e2e/cases\`) that the real controllers of Flux 2.9.4 were pointed at, in a real control
plane (\`npm run e2e\`). Both agree on a repository when Flux makes a Kustomization or HelmRelease not ready
exactly where an error of ours names it with the same kind of reason, and ready exactly where there is none, or one
whose silent effect was read back from the cluster.
`

/** Share in per cent, cut, not rounded. */
export function percent(part: number, all: number): string {
  return `${(Math.floor((part / Math.max(all, 1)) * 1000) / 10).toFixed(1)} %`
}

export function agreed(all: readonly Judged[]): number {
  return all.filter(one => one.row.agrees).length
}

/** The page with the figures, the misses and every repository. */
export function agreementPage(all: readonly Judged[]): string {
  const lines = [HEAD, ...summary(all), ...misses(all), ...fields(all), '## Every repository', '']
  lines.push('| repository | Flux | our errors | |', '| --- | --- | --- | --- |')
  for (const { row } of all) {
    const ours = row.ours.map(code => `\`${code}\``).join(', ') || 'none'
    lines.push(`| ${row.name} | ${row.flux} | ${ours} | ${row.agrees ? 'agree' : '**differ**'} |`)
  }
  return `${lines.join('\n')}\n`
}

function summary(all: readonly Judged[]): string[] {
  const lines = [
    '| group | repositories | not ready | agree | |',
    '| --- | --- | --- | --- | --- |',
  ]
  const groups = [['all', all] as const, ...Map.groupBy(all, one => one.group)]
  for (const [group, members] of groups) {
    const down = members.filter(one => !one.row.ready).length
    const good = agreed(members)
    lines.push(
      `| ${group} | ${members.length} | ${down} | ${good} | ${percent(good, members.length)} |`,
    )
  }
  return [...lines, '']
}

function misses(all: readonly Judged[]): string[] {
  const missed = all.filter(one => !one.row.agrees)
  if (missed.length === 0) return []
  const lines = ['## Where both differ', '']
  for (const { row } of missed) lines.push(`- **${row.name}**: ${reason('flux', row.name)}`)
  return [...lines, '']
}

function fields(all: readonly Judged[]): string[] {
  const count = (of: (one: Judged) => number) => all.reduce((sum, one) => sum + of(one), 0)
  const kustomizations = count(one => one.compared.kustomizations)
  const objects = count(one => one.compared.objects)
  const wrong = all.filter(one => one.unforeseen.length > 0)
  const lines = [
    '## Field by field',
    '',
    `${kustomizations} Kustomizations without an error applied ${objects} objects. What \`fluxgate build --flux --identity\``,
    `foretold of them is what the field manager of kustomize-controller owns, but for ${wrong.length} repositories.`,
    '',
    ...wrong.map(({ row }) => `- **${row.name}**: ${reason('flux-build', row.name)}`),
  ]
  return [...lines, '']
}

function reason(tool: string, id: string): string {
  return deviations.find(one => one.tool === tool && one.id === id)?.reason ?? 'not explained'
}
