import { otherCroatianNumber } from '#fiscal/hr'
import { receiptAmong } from '#fiscal/receipt-among'
import type { FiscalNumberName } from '#schema/fiscal-number'
import { MarketCode } from '#schema/market'
import { CodeRefusal } from '#schema/photo'
import type { ReceiptScan } from '#schema/receipt'
import type { Submission } from '../cells/cell-receipts.ts'
import type { PhotoIdentity, PhotoJob } from '../cells/photo-answers.ts'
import type { ForeignPorts } from '../receipts/foreign-scan.ts'
import { type ReadSubmission, readSubmission } from '../receipts/submission.ts'
import type { ReaderAnswer } from './reader.ts'

export type IdentityPorts = {
  readonly codes: ForeignPorts
  /**
   * Submits to the wallet's cell of a market. Null when the wallet has brought too many there that
   * were not credited.
   */
  readonly submitIn: (market: MarketCode, submission: Submission) => Promise<string | null>
  /** In milliseconds. */
  readonly now: () => number
}

type Told = {
  readonly identity: PhotoIdentity | null
  /** What the code or the proved numbers say. */
  readonly scan: ReceiptScan | null
}

const NOBODY: Told = { identity: null, scan: null }

/**
 * Whose receipt a photo shows. A code goes the way of a scan of the same text, so that it proves
 * the same, is refused by the same words and belongs to the same market. Without one, printed
 * numbers that prove each other are the code that the till would have printed. Codes of several
 * receipts are nobody's choice.
 */
export async function identityOn(
  job: PhotoJob,
  answer: Extract<ReaderAnswer, { ok: true }>,
  ports: IdentityPorts,
): Promise<Told> {
  const among = receiptAmong(answer.codes.map(({ text }) => text))
  if (among.kind === 'several') return NOBODY
  if (among.kind === 'receipt') {
    const source = { code: 'qr', text: among.text } as const
    const read = await readSubmission(job.walletId, { source }, ports.codes, ports.now())
    const told = await toldBy(withPrint(read, answer), job, ports)
    if (told !== null) return told
  }
  if (answer.printed?.isProved !== true) return NOBODY
  // The code that the till would have printed: it goes the way of a scan as well.
  const source = { code: 'qr', text: answer.printed.text } as const
  const read = await readSubmission(job.walletId, { source }, ports.codes, ports.now())
  return (await toldBy(read, job, ports)) ?? NOBODY
}

/**
 * Where a country numbers a receipt twice and its code has one number, the print may show both.
 * Whoever vouches for the receipt by its own word or by its paper then vouches for both.
 */
function withPrint(
  read: ReadSubmission,
  { fields }: Extract<ReaderAnswer, { ok: true }>,
): ReadSubmission {
  if (!read.ok || !('text' in read.submission.scan)) return read
  const printed = (name: FiscalNumberName) =>
    fields?.numbers?.flatMap((one) => (one.name === name ? one.value : [])) ?? []
  const { fingerprint, scan } = read.submission
  const print = { zki: printed('hr_zki'), jir: printed('hr_jir') }
  const other = otherCroatianNumber(fingerprint, print)
  if (other === null) return read
  return { ...read, submission: { ...read.submission, scan: { ...scan, alsoPrinted: [other] } } }
}

/** Null: the code says too little by itself, and the print may say the rest. */
async function toldBy(
  read: ReadSubmission,
  { id, market }: PhotoJob,
  { submitIn }: IdentityPorts,
): Promise<Told | null> {
  if (!read.ok) {
    const code = CodeRefusal.safeParse(read.code).data
    if (code === undefined) return null
    const country = MarketCode.safeParse(read.extra.country).data ?? null
    return { identity: { kind: 'refused', code, country }, scan: null }
  }
  const { submission, market: country } = read
  const { scan } = submission
  if (country === market) return { identity: { kind: 'here', submission }, scan }
  const receiptId = await submitIn(country, { ...submission, photoId: id })
  return { identity: { kind: 'abroad', country, receiptId }, scan }
}
