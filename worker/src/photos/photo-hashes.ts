import type { PictureHash } from '#schema/picture-hash'
import type { PhotoJob } from '../cells/photo-answers.ts'

/** A photo of another wallet that nearly is a shot of this one. */
export type NearDuplicate = {
  readonly shot: number
  readonly photoId: string
  /** Above 0 to 1. */
  readonly score: number
}

/** What all photos of the network are known by. */
export type PhotoHashes = {
  /** Notes the shots of a photo, once, and finds what nearly is one of them. */
  note(
    photo: Pick<PhotoJob, 'id' | 'key' | 'walletId'>,
    shots: readonly PictureHash[],
  ): Promise<NearDuplicate[]>
  forget(keys: readonly string[]): Promise<void>
}
