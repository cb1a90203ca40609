import type { PhotoObjects } from '../cells/network.ts'
import type { PhotoStore } from './photo-store.ts'

const partKey = (key: string, part: number) => `${key}/${part}`

const partKeys = ({ key, parts }: PhotoObjects) =>
  Array.from({ length: parts }, (_, index) => partKey(key, index + 1))

/** Pictures in a private R2 bucket. */
export function createPhotoStore(bucket: R2Bucket): PhotoStore {
  return {
    async putPart(key, part, bytes) {
      await bucket.put(partKey(key, part), bytes)
    },
    async sent(photo) {
      const parts: Uint8Array[] = []
      for (const key of partKeys(photo)) {
        const object = await bucket.get(key)
        if (object === null) return null
        parts.push(new Uint8Array(await object.arrayBuffer()))
      }
      return joined(parts)
    },
    async keep(photo, bytes, mediaType) {
      await bucket.put(photo.key, bytes, { httpMetadata: { contentType: mediaType } })
      await bucket.delete(partKeys(photo))
    },
    async kept(key) {
      const object = await bucket.get(key)
      if (object === null) return null
      const mediaType = object.httpMetadata?.contentType ?? ''
      return { body: object.body, bytes: object.size, mediaType }
    },
    async isKept(key) {
      return (await bucket.head(key)) !== null
    },
    async forget(photo) {
      await bucket.delete([photo.key, ...partKeys(photo)])
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
