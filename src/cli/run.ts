import { type Commands, runAmong } from './call.ts'
import type { Shell } from './command.ts'

/** The commands, each loaded when it is called. */
const commands: Commands = {
  build: async () => (await import('./build.ts')).build,
  check: async () => (await import('./check.ts')).check,
  commits: async () => (await import('./commits.ts')).commits,
  validate: async () => (await import('./validate.ts')).validate,
  explain: async () => (await import('./explain.ts')).explain,
  secrets: async () => (await import('./secrets.ts')).secrets,
  schemas: async () => (await import('./schemas/command.ts')).schemas,
  init: async () => (await import('./init.ts')).init,
  graph: async () => (await import('./graph.ts')).graph,
  migrate: async () => (await import('./migrate.ts')).migrate,
}

/** Runs one call of any command and answers with its exit code. */
export async function runCommand(args: readonly string[], shell: Shell): Promise<number> {
  return runAmong(commands, args, shell)
}
