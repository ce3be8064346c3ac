// A run that somebody ends half-way: starts a cluster, tells what it started, and waits for the end.
import { Cluster } from './cluster.ts'

const cluster = await Cluster.start()
const { pids, folder } = cluster.processes
process.once('SIGINT', () => void cluster.stop().then(() => process.exit(130)))
process.stdout.write(`${JSON.stringify({ pids: Object.fromEntries(pids), folder })}\n`)
setInterval(() => {}, 1000)
await cluster.processes.failed.catch(() => undefined)
await cluster.stop()
process.exit(1)
