import type { PhotoReadJob } from '../cells/network.ts'
import { cellNameOf, cellOf, openMarkets } from '../cells/route-of.ts'
import { type Env, parseSettings, type Settings } from '../env.ts'
import { keyRing } from '../partners/fiscal-keys.d1.ts'
import type { IdentityPorts } from '../photos/identity.ts'
import { createPhotoHashes } from '../photos/photo-hashes.d1.ts'
import { createPhotoStore } from '../photos/photo-store.r2.ts'
import { readPhoto } from '../photos/read-photo.ts'
import { createPhotoReader } from '../photos/reader.fetch.ts'
import { retailerNames } from '../photos/retailer-names.d1.ts'

/**
 * The queue of photos to be read. A message is never retried here: the cell's task stays until the
 * photo has ended, and counts how often the reader was asked.
 */
export async function consumePhotos(batch: MessageBatch<PhotoReadJob>, env: Env): Promise<void> {
  const log = (cause: unknown) =>
    console.error(JSON.stringify({ level: 'error', queue: batch.queue, failure: String(cause) }))
  const identityPorts = portsOfIdentity(env, parseSettings(env))
  for (const { body } of batch.messages) {
    const { photoId } = body
    const cell = cellOf(env, body.cell)
    await readPhoto({
      ...identityPorts,
      job: () => cell.photoJob(photoId),
      store: createPhotoStore(env.PHOTOS),
      hashes: createPhotoHashes(env.DB, Date.now),
      retailers: (market) => retailerNames(env.DB, market),
      reader: createPhotoReader((request) => env.OCR.fetch(request)),
      answer: (result) => cell.photoRead(photoId, result),
      failed: () => cell.readingFailed(photoId),
      log,
    }).catch(log)
  }
}

function portsOfIdentity(env: Env, settings: Settings): IdentityPorts {
  const markets = openMarkets(settings.CELL_MAP)
  return {
    codes: { keys: keyRing(env.DB), isOpen: (market) => markets.includes(market) },
    now: Date.now,
    async submitIn(market, submission) {
      const name = cellNameOf(settings.CELL_MAP, market, submission.walletId)
      const answer = await cellOf(env, name).submit(submission)
      if ('receipt' in answer) return answer.receipt.id
      if (answer.problem === 'submissions_exhausted') return null
      throw new Error(`a receipt of a photo was not taken: ${answer.problem}`)
    },
  }
}
