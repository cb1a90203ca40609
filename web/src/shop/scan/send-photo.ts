import type { Photo } from '#schema/photo'
import { ApiProblem } from '../../problem.ts'
import { followFrom } from '../live.ts'
import { askBackgroundSync } from './device-store.ts'
import { forgetPhoto, keepPhoto, sendingAlone, settlePhoto, uploadPhoto } from './kept-photos.ts'
import { preparedShots } from './prepare-shots.ts'
import { isFinal } from './queue.ts'

/** How far a photo has come on its way to the reader. `share`: 0 to 1. */
export type PhotoStage =
  | { at: 'preparing' }
  | { at: 'sending'; share: number }
  | { at: 'waiting' }
  | { at: 'reading' }

type OnStage = (stage: PhotoStage) => void

const AGAIN_MS = 3_000

/**
 * Keeps the shots of one receipt on the device, sends them in parts and follows the photo to its
 * end. A lost connection is waited for, and what has arrived is not sent again; a page that is
 * closed leaves the rest to the next one. Throws `ApiProblem` when the server refuses.
 */
export async function sendPhoto(
  files: readonly Blob[],
  signal: AbortSignal,
  onStage: OnStage,
  /** The waiting receipt that it shows; none for a photo of its own. */
  receiptId: string | null = null,
): Promise<Photo> {
  onStage({ at: 'preparing' })
  const kept = await keepPhoto(await preparedShots(files), receiptId)
  await askBackgroundSync()
  const insist = <Answer>(call: () => Promise<Answer>) => insisting(call, signal, onStage)
  const onShare = (share: number) => onStage({ at: 'sending', share })
  try {
    const sent = await sendingAlone(signal, () => uploadPhoto(kept, insist, onShare, signal))
    onStage({ at: 'reading' })
    const photo = await followReading(sent, signal)
    if (photo.state === 'refused') await forgetPhoto(kept.id)
    else await settlePhoto(kept, photo)
    return photo
  } catch (error) {
    // Its owner reads the refusal now; without a session, or too many at once, it still waits.
    if (error instanceof ApiProblem && isFinal(error)) await forgetPhoto(kept.id)
    throw error
  }
}

/** Follows a photo until it is read, and until its retailer's sales have been looked through. */
export async function followReading(sent: Photo, signal: AbortSignal): Promise<Photo> {
  let photo = sent
  while (photo.state === 'reading' && !signal.aborted) {
    const { version } = photo
    await followFrom<Photo>(`/photos/${sent.id}`, version, signal, (next) => {
      photo = next
    })
    if (photo.version === version) throw new ApiProblem({ code: 'not_found', status: 404 })
  }
  return photo
}

/** Every call of an upload may be repeated: without a connection it is, until there is one. */
async function insisting<Answer>(
  call: () => Promise<Answer>,
  signal: AbortSignal,
  onStage: OnStage,
): Promise<Answer> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      const isPassing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
      if (!isPassing || signal.aborted) throw error
      onStage({ at: 'waiting' })
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}
