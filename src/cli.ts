#!/usr/bin/env node
import { runCommand } from './cli/run.ts'
import { nodeShell } from './cli/shell.ts'

void runCommand(process.argv.slice(2), nodeShell()).then(exit => {
  // All is written by now. Left to itself the process would wait for code that still compiles.
  process.exit(exit)
})
