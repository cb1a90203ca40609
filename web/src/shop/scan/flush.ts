import { flushPhotos } from './kept-photos.ts'
import { flushQueue } from './queue.ts'

/** Sends everything that waits on this device. Returns how much was taken. */
export async function flushAll(): Promise<number> {
  return (await flushQueue()) + (await flushPhotos())
}
