import type { MarketCode } from '#schema/market'
import type { CodeRefusal, PhotoReading, PhotoRefusal } from '#schema/photo'
import type { Submission } from './cell-receipts.ts'

/** What the reader and a retailer’s sales are asked about a photo, and what they answer. */

export type PhotoJob = {
  readonly id: string
  readonly walletId: string
  readonly key: string
  readonly shots: readonly number[]
  /** Of the cell that holds the photo: a receipt of another market is none of its. */
  readonly market: MarketCode
  /** It shows the paper of a waiting code, which a person will compare with it. */
  readonly forPerson: boolean
}

/** What the reader made of a photo. */
export type PhotoResult =
  | { readonly kind: 'refused'; readonly code: PhotoRefusal }
  | {
      readonly kind: 'read'
      readonly reading: PhotoReading
      readonly reasons: readonly string[]
      /** Null when there is none that may be asked about without a person. */
      readonly identity: PhotoIdentity | null
    }

/** Whose receipt a photo shows, by its code or by printed numbers that prove each other. */
export type PhotoIdentity =
  /** Of the photo's own market: it is submitted like a scan. */
  | { readonly kind: 'here'; readonly submission: Submission }
  /**
   * Of another market, whose cell of the wallet has it already. Without a receipt: the wallet has
   * brought too many there that were not credited.
   */
  | { readonly kind: 'abroad'; readonly country: MarketCode; readonly receiptId: string | null }
  /** Its scan would be refused by this word. */
  | { readonly kind: 'refused'; readonly code: CodeRefusal; readonly country: MarketCode | null }

/** The receipt that a photo led to. `country`: whose, when another market's cell has it. */
export type PhotoReceipt = { readonly receiptId: string; readonly country: MarketCode | null }

/** What a retailer's sales say to a photo that asks nobody else. */
export type PhotoSale = {
  readonly submission: Submission | null
  /** Whether the retailer feeds its sales: the one of the photo may still come. */
  readonly feeds: boolean
}
