import type { PhotoObjects } from '../cells/network.ts'

/** A kept picture on its way to its owner. */
type KeptPhoto = {
  readonly body: ReadableStream
  readonly bytes: number
  readonly mediaType: string
}

/**
 * Where pictures lie: each shot under the photo's random key, its parts beside it until they are
 * put together. Shots are counted from 0, parts from 1 on through all shots.
 */
export type PhotoStore = {
  putPart(key: string, part: number, bytes: ArrayBuffer): Promise<void>
  /** A shot as it was sent; null when a part of it is not there. */
  sent(photo: PhotoObjects, shot: number): Promise<Uint8Array | null>
  /** Keeps a shot in place of its parts. */
  keep(photo: PhotoObjects, shot: number, bytes: Uint8Array, mediaType: string): Promise<void>
  kept(key: string, shot: number): Promise<KeptPhoto | null>
  isKept(key: string, shot: number): Promise<boolean>
  /** Every shot and every part. */
  forget(photo: PhotoObjects): Promise<void>
}
