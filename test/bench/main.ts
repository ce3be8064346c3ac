// `npm run bench [-- NAME…]`: our speed as a ratio against a named peer in the same run; rewrites the bench page.
import { cpus } from 'node:os'
import { readdirSync, writeFileSync } from 'node:fs'
import type { Row } from './measure.ts'

interface Bench {
  run(): readonly Row[] | Promise<readonly Row[]>
}

const wanted = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.bench.ts'))
  .map(file => file.slice(0, -'.bench.ts'.length))
  .filter(name => wanted.length === 0 || wanted.includes(name))

const rows: Row[] = []
for (const name of names) {
  process.stderr.write(`bench ${name}\n`)
  const bench: Bench = await import(`./${name}.bench.ts`)
  const made = await bench.run()
  for (const one of made) process.stdout.write(`${format(one)}\n`)
  rows.push(...made)
}

if (wanted.length === 0) writeFileSync('test/bench/README.md', page(rows))

function format({ name, ours, peer, ratio, goal }: Row): string {
  return `| ${name} | ${ours} | ${peer} | ${ratio.toFixed(1)}× | ${goal}× |`
}

function page(all: readonly Row[]): string {
  return `# Bench

Made by \`npm run bench\`. Each row is one run of both on the same machine (${cpus().length} cores, Node ${process.version});
read the ratio, not the milliseconds.

| what | ours | peer | ratio | goal |
| --- | --- | --- | --- | --- |
${all.map(format).join('\n')}
`
}
