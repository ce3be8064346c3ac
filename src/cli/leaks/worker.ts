import { workerData } from 'node:worker_threads'
import { runTask, type Task } from './task.ts'

const task: Task = workerData
runTask(task)
