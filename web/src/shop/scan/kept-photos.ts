import { type Photo, type PhotoDeclaration, partsOfShots } from '#schema/photo'
import { api } from '../../api.ts'
import { newClientId } from '../../client-id.ts'
import { ApiProblem } from '../../problem.ts'
import { personHere } from '../person.ts'
import { alone, announce, deviceStore, whoseSession } from './device-store.ts'
import { isFinal } from './queue.ts'

/** A photo that is kept on the device until the server has read it. */
export interface KeptPhoto {
  id: string
  /** Who took it; null when nobody was signed in: then it belongs to whoever signs in next. */
  owner: string | null
  /** Pictures that the server reads, in the order they were taken. */
  shots: readonly Blob[]
  takenAt: string
  /** The waiting receipt that it was taken for; photos kept by former versions have none. */
  receiptId?: string | null
  /** The server's name for it, from the first answer on. */
  photoId: string | null
  /** Read, but its numbers are to be compared by its owner. */
  needsFields: boolean
  /** Set when the server refused it for good; shown until dismissed. */
  refusedCode: string | null
}

const PHOTOS_KEPT_MAX = 20
const PART_MS_MAX = 90_000
const LOCK = 'kopilka.photos'

/** Keeps a photo before anything of it is sent. */
export async function keepPhoto(
  shots: readonly Blob[],
  receiptId: string | null,
): Promise<KeptPhoto> {
  const db = await deviceStore()
  if ((await db.count('photos')) >= PHOTOS_KEPT_MAX) {
    throw new ApiProblem({ code: 'not_now', status: 0 })
  }
  const photo: KeptPhoto = {
    id: newClientId(),
    owner: personHere(),
    shots,
    takenAt: new Date().toISOString(),
    receiptId,
    photoId: null,
    needsFields: false,
    refusedCode: null,
  }
  await db.put('photos', photo)
  announce()
  return photo
}

/** What this person may see and send, oldest first. */
export async function keptPhotos(userId: string | null): Promise<KeptPhoto[]> {
  const photos = await (await deviceStore()).getAll('photos')
  return photos
    .filter(({ owner }) => owner === null || owner === userId)
    .sort((a, b) => a.takenAt.localeCompare(b.takenAt))
}

async function rewrite(photo: KeptPhoto): Promise<void> {
  const db = await deviceStore()
  const work = db.transaction('photos', 'readwrite')
  // Dropped meanwhile: it does not come back.
  if (await work.store.get(photo.id)) await work.store.put(photo)
  await work.done
  announce()
}

/** Deletes a photo here and, as far as it was sent, there. */
export async function dropPhoto({ id, photoId }: KeptPhoto): Promise<void> {
  await forgetPhoto(id)
  if (photoId !== null) await api.delete(`/photos/${photoId}`).catch(() => undefined)
}

export async function forgetPhoto(id: string): Promise<void> {
  await (await deviceStore()).delete('photos', id)
  announce()
}

/** The numbers beside this photo were sent: nothing of it has to wait any more. */
export async function photoSettled(photoId: string): Promise<void> {
  const photos = await (await deviceStore()).getAll('photos')
  for (const photo of photos) if (photo.photoId === photoId) await forgetPhoto(photo.id)
}

/** Drops everything of a person who asked to be erased. */
export async function dropPhotosOf(userId: string | null): Promise<void> {
  for (const { id } of await keptPhotos(userId)) await forgetPhoto(id)
}

type Insist = <Answer>(call: () => Promise<Answer>) => Promise<Answer>
type OnShare = (share: number) => void

/**
 * Sends what the server does not have yet; the page may have been closed in between. Answers the
 * photo as it is once all of it is there. Throws what `insist` gives up on.
 */
export async function uploadPhoto(
  kept: KeptPhoto,
  insist: Insist,
  onShare: OnShare,
  signal?: AbortSignal,
): Promise<Photo> {
  const options = { ...(signal && { signal }) }
  let photo = (await begun(kept, insist)) ?? (await begin(kept, insist, options))
  const path = `/photos/${photo.id}`
  const parts = partsOfShots(photo.shots)
  for (const [index, { shot, from, to }] of parts.entries()) {
    onShare(index / parts.length)
    if (photo.state !== 'uploading' || photo.parts.includes(index + 1)) continue
    const bytes = kept.shots[shot]?.slice(from, to, 'application/octet-stream')
    const slow = { ...options, timeoutMs: PART_MS_MAX }
    photo = await insist(() => api.put<Photo>(`${path}/parts/${index + 1}`, bytes, slow))
  }
  if (photo.state !== 'uploading') return photo
  return insist(() => api.post<Photo>(`${path}/complete`, undefined, options))
}

/** How far an upload has come; null when there is none, or the server has given it up. */
async function begun({ photoId }: KeptPhoto, insist: Insist): Promise<Photo | null> {
  if (photoId === null) return null
  try {
    return await insist(() => api.get<Photo>(`/photos/${photoId}`))
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null
    throw error
  }
}

async function begin(kept: KeptPhoto, insist: Insist, options: object): Promise<Photo> {
  const declared: PhotoDeclaration = {
    shots: kept.shots.map(({ size, type }) => ({ bytes: size, mediaType: type })),
    ...(kept.receiptId && { receiptId: kept.receiptId }),
  }
  const photo = await insist(() => api.post<Photo>('/photos', declared, options))
  kept.photoId = photo.id
  await rewrite(kept)
  return photo
}

/** Notes how a photo ended; one that is still being read stays as it is. */
export async function settlePhoto(kept: KeptPhoto, photo: Photo): Promise<void> {
  if (photo.state === 'uploading' || photo.state === 'reading') return
  if (photo.state === 'refused') {
    await rewrite({ ...kept, refusedCode: photo.problem ?? 'photo_damaged' })
  } else if (photo.state === 'needs_fields') await rewrite({ ...kept, needsFields: true })
  else await forgetPhoto(kept.id)
}

/** Sends with nobody else sending at the same time; waits for whoever does. */
export async function sendingAlone<Answer>(
  signal: AbortSignal,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!navigator.locks) return work()
  return navigator.locks.request(LOCK, { signal }, work)
}

/**
 * Sends the photos that wait, one at a time, from the part where each was left, and looks what
 * became of those that were sent. Stops at the first that cannot reach the server.
 */
export function flushPhotos(): Promise<number> {
  return alone(LOCK, async () => {
    const isWaiting = (photo: KeptPhoto) => photo.refusedCode === null
    if (!(await (await deviceStore()).getAll('photos')).some(isWaiting)) return 0
    const userId = await whoseSession()
    if (userId === null) return 0
    let sent = 0
    for (const kept of (await keptPhotos(userId)).filter(isWaiting)) {
      if (!(await (kept.needsFields ? lookedUp(kept) : flushed(kept)))) break
      sent += 1
    }
    return sent
  })
}

/**
 * Forgets a photo that waits for its owner no more: its sale came, it was corrected elsewhere, or
 * it is gone. False when the server cannot be reached.
 */
async function lookedUp(kept: KeptPhoto): Promise<boolean> {
  try {
    const photo = await begun(kept, (call) => call())
    if (photo?.state !== 'needs_fields' && photo?.state !== 'reading') await forgetPhoto(kept.id)
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    return false
  }
}

/** False when the server cannot be reached. */
async function flushed(kept: KeptPhoto): Promise<boolean> {
  try {
    let photo = await uploadPhoto(
      kept,
      (call) => call(),
      () => undefined,
    )
    if (photo.state === 'reading') {
      const wait = { timeoutMs: PART_MS_MAX }
      photo = await api.get<Photo>(`/photos/${photo.id}?after=${photo.version}`, wait)
    }
    await settlePhoto(kept, photo)
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (!isFinal(error)) return false
    await rewrite({ ...kept, refusedCode: error.code })
    return true
  }
}
