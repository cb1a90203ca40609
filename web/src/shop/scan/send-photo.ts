import type { Photo } from '#schema/photo'
import { api } from '../../api.ts'
import { ApiProblem } from '../../problem.ts'
import { followFrom } from '../live.ts'

/** How far a photo has come on its way to the reader. `share`: 0 to 1. */
export type PhotoStage =
  | { at: 'preparing' }
  | { at: 'sending'; share: number }
  | { at: 'waiting' }
  | { at: 'reading' }

type OnStage = (stage: PhotoStage) => void

const PART_MS_MAX = 90_000
const AGAIN_MS = 3_000
/** What the reader takes; more pixels say nothing more about print. */
const PIXELS_MAX = 16_000_000
const PIXELS_DRAWN = 12_000_000
const QUALITY = 0.9
const READ_TYPES = ['image/jpeg', 'image/png', 'image/webp']

/**
 * Sends a photo in parts and follows it to its end. A lost connection is waited for, and what has
 * arrived is not sent again. Throws `ApiProblem` when the server refuses.
 */
export async function sendPhoto(file: Blob, signal: AbortSignal, onStage: OnStage): Promise<Photo> {
  onStage({ at: 'preparing' })
  const picture = await prepared(file)
  const insist = <Answer>(call: () => Promise<Answer>) => insisting(call, signal, onStage)
  const declared = { bytes: picture.size, mediaType: picture.type }
  let photo = await insist(() => api.post<Photo>('/photos', declared, { signal }))
  const path = `/photos/${photo.id}`
  const { partBytes } = photo
  const count = Math.ceil(picture.size / partBytes)
  for (let part = 1; part <= count; part += 1) {
    onStage({ at: 'sending', share: (part - 1) / count })
    const from = (part - 1) * partBytes
    const bytes = picture.slice(from, from + partBytes, 'application/octet-stream')
    const options = { signal, timeoutMs: PART_MS_MAX }
    photo = await insist(() => api.put<Photo>(`${path}/parts/${part}`, bytes, options))
  }
  photo = await insist(() => api.post<Photo>(`${path}/complete`, undefined, { signal }))
  onStage({ at: 'reading' })
  return followReading(photo, signal)
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

/**
 * What a phone can show and the server does not read (HEIC, too many pixels) is drawn again as
 * JPEG. What it cannot show goes as it is: the server says in words why not.
 */
async function prepared(file: Blob): Promise<Blob> {
  try {
    const bitmap = await createImageBitmap(file)
    const pixels = bitmap.width * bitmap.height
    if (READ_TYPES.includes(file.type) && pixels <= PIXELS_MAX) return file
    const scale = Math.min(1, Math.sqrt(PIXELS_DRAWN / pixels))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return await new Promise<Blob>((resolve) =>
      canvas.toBlob((drawn) => resolve(drawn ?? file), 'image/jpeg', QUALITY),
    )
  } catch {
    return file
  }
}
