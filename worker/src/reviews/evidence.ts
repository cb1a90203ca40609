import { minor } from '#schema/money'
import type { DocumentLine, FiscalDocument } from '#schema/receipt'
import type { ReviewedDocument } from '#schema/review'
import type { ReviewLine } from '#schema/review-request'
import type { ReviewedEvidence } from '../cells/review-row.ts'
import type { Market } from '../receipts/market-reader.ts'

const MICRO = 1_000_000

/** A line of paper as a line of a document: paper says no subject, no method, no code of goods. */
export function documentLine({ name, quantityMicro, sumMinor }: ReviewLine): DocumentLine {
  const priceMinor = minor(Math.round((sumMinor * MICRO) / quantityMicro))
  return { name, priceMinor, quantityMicro, sumMinor, gtin: null, subject: null }
}

/**
 * What a reviewer's document is judged by: matched by the ordinary matcher, save the lines whose
 * product the reviewer has picked. Answers which picks name no product.
 */
export async function evidenceOf(
  document: ReviewedDocument,
  market: Market,
  distinctFrom: readonly string[],
): Promise<{ evidence: ReviewedEvidence; unknownPicks: string[] }> {
  const { store, taxNumber } = market.shopOf(document)
  const lines = document.lines.map(documentLine)
  const [matched, picked] = await Promise.all([
    market.match(lines, store?.retailerId ?? null),
    Promise.all(document.lines.map(({ productId }) => productId && market.pick(productId))),
  ])
  const matches = matched.map((match, index) => picked[index] || match)
  const unknownPicks = document.lines.flatMap(({ productId }, index) =>
    productId && !picked[index] ? [productId] : [],
  )
  const paper: FiscalDocument = {
    time: document.time,
    totalMinor: document.totalMinor,
    kind: 1,
    sellerName: document.retailer,
    sellerTaxNumber: taxNumber,
    tillRegistration: null,
    fiscalDrive: null,
    address: store?.address ?? null,
    placeName: null,
    lines,
  }
  const till = store?.storeId ?? taxNumber ?? store?.retailerId ?? null
  const snapshotVersion = market.version
  const evidence = { document: paper, store, matches, snapshotVersion, till, distinctFrom }
  return { evidence, unknownPicks }
}
