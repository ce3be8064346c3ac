#!/usr/bin/env node
import { nodeShell } from './cli/shell.ts'
import { runCommand } from './cli/run.ts'

process.exitCode = await runCommand(process.argv.slice(2), nodeShell())
