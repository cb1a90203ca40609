import type { PhotoReadJob } from '../cells/network.ts'
import { cellOf } from '../cells/route-of.ts'
import type { Env } from '../env.ts'
import { createPhotoHashes } from '../photos/photo-hashes.d1.ts'
import { createPhotoStore } from '../photos/photo-store.r2.ts'
import { readPhoto } from '../photos/read-photo.ts'
import { createPhotoReader } from '../photos/reader.fetch.ts'

/**
 * The queue of photos to be read. A message is never retried here: the cell's task stays until the
 * photo has ended, and counts how often the reader was asked.
 */
export async function consumePhotos(batch: MessageBatch<PhotoReadJob>, env: Env): Promise<void> {
  const log = (cause: unknown) =>
    console.error(JSON.stringify({ level: 'error', queue: batch.queue, failure: String(cause) }))
  for (const { body } of batch.messages) {
    const { photoId } = body
    const cell = cellOf(env, body.cell)
    await readPhoto({
      job: () => cell.photoJob(photoId),
      store: createPhotoStore(env.PHOTOS),
      hashes: createPhotoHashes(env.DB, Date.now),
      reader: createPhotoReader((request) => env.OCR.fetch(request)),
      answer: (result) => cell.photoRead(photoId, result),
      failed: () => cell.readingFailed(photoId),
      log,
    }).catch(log)
  }
}
