import { readdirSync, readFileSync } from 'node:fs'
import { workerdPids } from './memory.ts'

/** CPU that all threads of every workerd below this process have used, milliseconds. */
export function workerdCpuMs(): number {
  const threads = workerdPids().flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`),
  )
  // The first number is nanoseconds on a core.
  return threads.reduce((sum, file) => sum + Number(read(file).split(' ')[0]), 0) / 1e6
}

/** A thread may end between being listed and being read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '0'
  }
}
