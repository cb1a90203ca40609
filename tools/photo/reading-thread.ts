import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort } from 'node:worker_threads'
import { bytesOf, latestDay } from './folder.ts'
import type { ReadingLine } from './reading-line.ts'

/** The thread that reads: an isolate of its own, as the Worker's is, with a heap to be weighed. */

/** What the thread is asked for. */
export type Asked = {
  readonly folder: string
  readonly file: string
  /** Further pictures of the same receipt. */
  readonly shots: readonly string[]
  readonly print: 'always' | 'when_needed' | 'never'
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** What is held once garbage is gone: an isolate at its limit collects before it fails. */
function heldBytes(): number {
  // Memories that the first round finds dead are counted off in the second.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Node itself and its compiler of TypeScript, which no Worker carries. */
const atRest = heldBytes()
const heapBytes = () => heldBytes() - atRest
const { nodePlatform } = await import('../../ocr/src/engine/node.ts')
const { photoReader } = await import('../../ocr/src/read.ts')
const { readingLine, unreadLine } = await import('./reading-line.ts')
const platform = await nodePlatform(heapBytes)
let read = photoReader(platform)

async function answer({ folder, file, shots, print }: Asked): Promise<ReadingLine> {
  let bytes: Uint8Array[]
  try {
    bytes = [file, ...shots].map((shot) => bytesOf(folder, shot))
  } catch {
    return unreadLine(file, 'photo_unreadable')
  }
  try {
    return readingLine(file, await read(bytes, { latest: latestDay(), print }))
  } catch (cause) {
    console.error(`${file}:`, cause)
    // A reader that trapped may be left in any state.
    read = photoReader(platform)
    return unreadLine(file, 'reading_failed')
  }
}

parentPort?.on('message', async (asked: Asked) => parentPort?.postMessage(await answer(asked)))
