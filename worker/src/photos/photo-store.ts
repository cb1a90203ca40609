import type { PhotoObjects } from '../cells/network.ts'

/** A kept picture on its way to its owner. */
type KeptPhoto = {
  readonly body: ReadableStream
  readonly bytes: number
  readonly mediaType: string
}

/** Where pictures lie: each under a random key, its parts beside it until they are put together. */
export type PhotoStore = {
  putPart(key: string, part: number, bytes: ArrayBuffer): Promise<void>
  /** The file as it was sent; null when a part of it is not there. */
  sent(photo: PhotoObjects): Promise<Uint8Array | null>
  /** Keeps the picture in place of its parts. */
  keep(photo: PhotoObjects, bytes: Uint8Array, mediaType: string): Promise<void>
  kept(key: string): Promise<KeptPhoto | null>
  isKept(key: string): Promise<boolean>
  forget(photo: PhotoObjects): Promise<void>
}
