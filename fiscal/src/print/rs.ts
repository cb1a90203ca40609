import { md5 } from '@noble/hashes/legacy.js'
import { base64Of, latin1Bytes } from '../base64.ts'
import { concat } from '../signature/der.ts'

/** A record of TaxCore; `../taxcore.ts` names the rule. */
export type RsReceipt = {
  /** Eight letters and digits each. */
  readonly requestedBy: string
  readonly signedBy: string
  readonly totalCounter: number
  readonly typeCounter: number
  readonly totalMinor: number
  readonly issuedAtMs: number
  /** 0 normal, 1 pro forma, 2 copy, 3 training, 4 advance. */
  readonly invoiceType: number
  /** 0 sale, 1 refund. */
  readonly transactionType: number
  readonly buyerId: string
  /** 256 or 512 bytes that only the tax service can read. */
  readonly internal: Uint8Array
  /** 256 bytes. */
  readonly signature: Uint8Array
}

const ascii = (text: string) => latin1Bytes(text) ?? new Uint8Array()

/** `https://suf.purs.gov.rs/v/?vl=…`. */
export function printRs(receipt: RsReceipt): string {
  const head = new Uint8Array(44)
  const view = new DataView(head.buffer)
  view.setUint8(0, 3)
  head.set(ascii(receipt.requestedBy), 1)
  head.set(ascii(receipt.signedBy), 9)
  view.setUint32(17, receipt.totalCounter, true)
  view.setUint32(21, receipt.typeCounter, true)
  view.setBigUint64(25, BigInt(receipt.totalMinor) * 100n, true)
  view.setBigUint64(33, BigInt(receipt.issuedAtMs), false)
  view.setUint8(41, receipt.invoiceType)
  view.setUint8(42, receipt.transactionType)
  view.setUint8(43, receipt.buyerId.length)
  const record = concat(head, ascii(receipt.buyerId), receipt.internal, receipt.signature)
  const whole = concat(record, md5(record))
  return `https://suf.purs.gov.rs/v/?vl=${encodeURIComponent(base64Of(whole))}`
}
