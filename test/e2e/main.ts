// `npm run e2e`: a merge, and Flux applies it. Builds what is missing, then runs everything for real.
// `-- --record` keeps what the cluster says, `-- --only=NAME,…` tells the story and applies some of the small
// repositories, `-- --broken` breaks the gate on purpose and wants the run to notice.
import { setTimeout as sleep } from 'node:timers/promises'
import { buildBinaries } from './binaries.ts'
import { breakGate } from './broken.ts'
import { agreement, predictions } from './chapters.ts'
import { Cluster } from './cluster.ts'
import { endings } from './ending.ts'
import { Steps } from './steps.ts'
import { Story } from './story.ts'
import { World } from './world.ts'

const start = performance.now()
const say = (line: string) => void (isEnding || process.stdout.write(`${line}\n`))
let isEnding = false
const steps = new Steps(say)
const world = new World()
const clusters: Cluster[] = []
const only = process.argv
  .find(one => one.startsWith('--only='))
  ?.slice(7)
  .split(',')

async function open(): Promise<Cluster> {
  if (isEnding) await new Promise(() => {})
  const cluster = await Cluster.start()
  clusters.push(cluster)
  return cluster
}

async function run(): Promise<void> {
  buildBinaries(say)
  await world.start()
  if (process.argv.includes('--broken')) return breakGate(world.folder, steps)
  const aside = steps.aside()
  await Promise.all([tell(), compare(aside.steps)]).finally(() => aside.tell())
  if (only === undefined) await steps.chapter('Ends half-way', () => endings(steps))
}

/** In a cluster of its own, and at the end in another that is empty. */
async function tell(): Promise<void> {
  const cluster = await open()
  const story = new Story(world, cluster, steps)
  await steps.chapter('The story', async () => {
    await story.tell()
    await predictions(world, cluster, story, steps)
    await story.heal()
  })
  await cluster.stop()
  if (only !== undefined) return
  await steps.chapter('Disaster recovery', async () => story.recover(await open()))
}

/** Beside the story: most of the time a cluster waits. */
async function compare(steps: Steps): Promise<void> {
  const isRecording = process.argv.includes('--record')
  await steps.chapter('Agreement', async () => {
    const cluster = await open()
    await agreement(world, cluster, steps, { isRecording, only })
    await cluster.stop()
  })
}

async function close(): Promise<void> {
  await Promise.all(clusters.map(one => one.stop()))
  await world.stop()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    say(`not ok interrupted by ${signal}`)
    isEnding = true
    // What is started in the meantime ends with this process.
    void Promise.race([close(), sleep(5000)]).finally(() => process.exit(130))
  })

try {
  await run()
} catch (error) {
  steps.failures.push('the run')
  say(`not ok ${error instanceof Error ? error.message : String(error)}`)
} finally {
  await close()
}
const minutes = ((performance.now() - start) / 60_000).toFixed(1)
say(`\n${steps.passed} passed, ${steps.failures.length} failed, ${minutes} minutes`)
process.exit(steps.failures.length === 0 ? 0 : 1)
