import { Worker } from 'node:worker_threads'
import { type ReadingLine, unreadLine } from './reading-line.ts'
import type { Asked } from './reading-thread.ts'

/** Wall clock, so that a busy machine loses no picture; a reading takes 1–8 s of CPU. */
const READING_MS_MAX = 300_000

/**
 * Reads pictures in a thread of its own. A picture that takes the thread down or does not end
 * costs its own line alone: the next one gets a new thread.
 */
export class GuardedReader {
  private thread: Worker | null = null

  async read(asked: Asked): Promise<ReadingLine> {
    this.thread ??= new Worker(new URL('./reading-thread.ts', import.meta.url))
    const { thread } = this
    const answered = Promise.withResolvers<ReadingLine>()
    const lost = (reason: string) => {
      this.close()
      answered.resolve(unreadLine(asked.file, reason))
    }
    const onError = (cause: unknown) => {
      console.error(`${asked.file}:`, cause)
      lost('reading_failed')
    }
    const onExit = () => lost('reading_failed')
    const clock = setTimeout(() => lost('reading_timed_out'), READING_MS_MAX)
    thread.once('message', answered.resolve).once('error', onError).once('exit', onExit)
    thread.postMessage(asked)
    try {
      return await answered.promise
    } finally {
      clearTimeout(clock)
      thread.off('message', answered.resolve).off('error', onError).off('exit', onExit)
    }
  }

  close(): void {
    const { thread } = this
    this.thread = null
    // A thread that ends by itself or by an error afterwards concerns nobody.
    thread?.on('error', () => undefined)
    void thread?.terminate()
  }
}
