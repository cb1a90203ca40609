import { isGtin } from './read-code.ts'

/** What all the codes in one picture come to. */
export type SeenCodes =
  /** The code of a till, read whole or cut. */
  | { kind: 'receipt'; text: string }
  /** Codes, but none of a till: an advert, a payment, a product. */
  | { kind: 'other'; text: string }
  /** More than one receipt. */
  | { kind: 'several' }

/** The receipt's code among all in a picture, or what there is in its place; null: no code. */
export async function among(texts: readonly string[]): Promise<SeenCodes | null> {
  if (texts.length === 0) return null
  const { receiptAmong } = await import('#fiscal/receipt-among')
  const read = receiptAmong(texts)
  if (read.kind === 'several') return { kind: 'several' }
  if (read.kind !== 'none') return { kind: 'receipt', text: read.text }
  const text = texts.find((one) => !isGtin(one)) ?? texts[0]
  return text === undefined ? null : { kind: 'other', text }
}
