#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { nodeShell } from './cli/shell.ts'

const shell = nodeShell()
// Beside the bundle, where only somebody who could change the bundle can write.
if (shell.codeCache !== undefined) enableCompileCache(shell.codeCache)
const { runCommand } = await import('./cli/run.ts')
process.exitCode = await runCommand(process.argv.slice(2), shell)
