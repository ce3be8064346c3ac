// A run that somebody ends half-way: starts what a run starts, tells of it, works on, and waits for its end.
import { allCases } from './cases.ts'
import { Cluster } from './cluster.ts'
import { runCases } from './live.ts'
import { predict } from './prediction.ts'
import { World } from './world.ts'

const world = new World()
await world.start()
const cluster = await Cluster.start()

async function close(code: number): Promise<never> {
  await cluster.stop()
  await world.stop()
  process.exit(code)
}

process.once('SIGINT', () => void close(130))
process.once('SIGUSR2', () => {
  throw new Error('a crash')
})
const { pids } = cluster.processes
process.stdout.write(`${JSON.stringify({ pids: Object.fromEntries(pids) })}\n`)

const open = (text: string) => text
const cases = allCases({}).get('valid') ?? []
void runCases(cluster, world, cases, open).catch(() => {})
for (const one of cases) await predict(one.files(open), world.identity, world.folder)
await cluster.processes.failed.catch(() => undefined)
await close(1)
