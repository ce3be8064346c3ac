import { runAmong } from './call.ts'
import { nodeShell } from './shell.ts'

/** The way in of the command that hooks wait for: nothing of the others is read. */
const commands = { commits: async () => (await import('./commits.ts')).commits }

void runAmong(commands, process.argv.slice(2), nodeShell()).then(exit => {
  process.exitCode = exit
})
