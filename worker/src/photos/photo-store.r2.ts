import { partsOfShots } from '#schema/photo'
import type { PhotoObjects } from '../cells/network.ts'
import type { PhotoStore } from './photo-store.ts'

const partKey = (key: string, part: number) => `${key}/${part}`
/** The first shot lies under the photo's own key, as photos of one shot always have. */
const shotKey = (key: string, shot: number) => (shot === 0 ? key : `${key}-${shot}`)

const partKeys = ({ key, shots }: PhotoObjects, shot: number) =>
  partsOfShots(shots).flatMap((part, index) => (part.shot === shot ? partKey(key, index + 1) : []))

/** Pictures in a private R2 bucket. */
export function createPhotoStore(bucket: R2Bucket): PhotoStore {
  return {
    async putPart(key, part, bytes) {
      await bucket.put(partKey(key, part), bytes)
    },
    async sent(photo, shot) {
      const parts: Uint8Array[] = []
      for (const key of partKeys(photo, shot)) {
        const object = await bucket.get(key)
        if (object === null) return null
        parts.push(new Uint8Array(await object.arrayBuffer()))
      }
      return joined(parts)
    },
    async keep(photo, shot, bytes, mediaType) {
      const httpMetadata = { contentType: mediaType }
      await bucket.put(shotKey(photo.key, shot), bytes, { httpMetadata })
      await bucket.delete(partKeys(photo, shot))
    },
    async kept(key, shot) {
      const object = await bucket.get(shotKey(key, shot))
      if (object === null) return null
      const mediaType = object.httpMetadata?.contentType ?? ''
      return { body: object.body, bytes: object.size, mediaType }
    },
    async isKept(key, shot) {
      return (await bucket.head(shotKey(key, shot))) !== null
    },
    async forget(photo) {
      const keys = photo.shots.flatMap((_, shot) => [
        shotKey(photo.key, shot),
        ...partKeys(photo, shot),
      ])
      await bucket.delete(keys)
    },
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
