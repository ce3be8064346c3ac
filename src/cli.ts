#!/usr/bin/env node
import { runCommand } from './cli/run.ts'
import { nodeShell } from './cli/shell.ts'

void runCommand(process.argv.slice(2), nodeShell()).then(exit => {
  process.exitCode = exit
})
