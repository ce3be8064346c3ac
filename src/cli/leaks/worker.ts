import { enableCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'
import type { Task } from './task.ts'

const task: Task = workerData
if (task.cache !== undefined) enableCompileCache(task.cache)
const { runTask } = await import('./task.ts')
runTask(task)
