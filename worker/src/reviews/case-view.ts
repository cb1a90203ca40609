import { checkedReading } from '#schema/checked-reading'
import { minor } from '#schema/money'
import type { PhotoReading } from '#schema/photo'
import { type CodeScan, type FiscalDocument, UnansweredReason } from '#schema/receipt'
import type {
  CheckedReading,
  ReviewCase,
  ReviewCaseLine,
  ReviewClaim,
  ReviewCollision,
} from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import { hasTaxForm } from '#schema/tax-number'
import type { Purchase } from '../cells/cell-papers.ts'
import type { ReviewFile } from '../cells/cell-review-files.ts'
import type { EvidenceLine } from '../receipts/evidence.ts'
import type { Market } from '../receipts/market-reader.ts'
import { documentLine } from './evidence.ts'

/** The file of a case as one screen shows it: matched lines, the shop, what looks the same. */

type CaseSurroundings = {
  readonly market: Market
  readonly shopperMasked: string
  readonly hasPicture: boolean
  readonly likeIt: (purchase: Purchase) => Promise<ReviewCollision[]>
  readonly claims: readonly ReviewClaim[]
}

export async function caseView(file: ReviewFile, around: CaseSurroundings): Promise<ReviewCase> {
  const { row, summary, history, photo } = file
  const asked = askedOf(file)
  const shop = shopOf(file, asked, around.market)
  const risks = photo?.reading?.risk ?? []
  return {
    ...summary,
    version: row.version,
    walletId: row.walletId,
    shopperMasked: around.shopperMasked,
    photoId: row.photoId,
    receiptId: row.receiptId,
    scan: waitingCodeOf(file),
    waiting: waitingOf(file),
    reading: photo?.reading ?? null,
    typed: [...(photo?.typed ?? [])],
    requests: [...row.askedBefore, ...(row.asked ? [row.asked] : [])],
    reasons: [...new Set([...risks.map(({ code }) => code), ...(photo?.reasons ?? [])])],
    asked,
    disputeNote: row.disputeNote,
    store: shop.store,
    lines: await linesOf(file, asked, around.market, shop.store?.retailerId ?? null),
    history,
    collisions:
      asked === null || row.kind === 'spot_check' ? [] : await likeAsked(file, asked, around),
    claims: [...around.claims],
    declined: declinedOf(file),
    document: row.document,
    checked: checkedOf(file),
    marks: row.marks,
    hasPicture: around.hasPicture,
    shots: around.hasPicture ? (photo?.shots.length ?? 0) : 0,
  }
}

/** What a spot check asks about: by the code as it was submitted, where the reading lacks it. */
export function checkedOf({ row, photo, receipt }: ReviewFile): CheckedReading | null {
  if (row.kind !== 'spot_check' || !photo?.reading) return null
  return checkedReading(photo.reading, receipt?.scan ?? null)
}

function declinedOf({ row }: ReviewFile): ReviewCase['declined'] {
  if (row.reason === null || row.decidedAt === null) return null
  return { reason: row.reason, note: row.note, at: new Date(row.decidedAt).toISOString() }
}

/** What stands to be decided: a reviewer's document, the shopper's words, or the authority's. */
function askedOf(file: ReviewFile): ReviewRequest | null {
  const { row, receipt, photo } = file
  if (row.document) {
    const { storeId: _, retailerId: __, lines, ...rest } = row.document
    return { ...rest, lines: lines.map(({ productId: ___, ...line }) => line) }
  }
  if (row.asked) return row.asked
  const document = (row.evidence ?? receipt?.judged)?.document
  const scan = waitingCodeOf(file)
  if (!document && scan) return requestOfCode(scan, photo?.reading ?? null)
  return document ? requestOf(document) : null
}

/** The waiting code that the case decides; null when it decides none. */
export function waitingCodeOf({ row, receipt }: ReviewFile): CodeScan | null {
  return row.kind === 'photo' && receipt && 'text' in receipt.scan ? receipt.scan : null
}

/** Why that code waits, for whoever has to outweigh it. */
function waitingOf(file: ReviewFile): ReviewCase['waiting'] {
  const reason = UnansweredReason.safeParse(file.receipt?.reason?.code)
  if (!file.receipt || !reason.success || waitingCodeOf(file) === null) return null
  return { reason: reason.data, undelivered: file.receipt.undelivered }
}

/** What the code says, and what was read on its paper where the code says nothing. */
function requestOfCode(scan: CodeScan, reading: PhotoReading | null): ReviewRequest {
  const { issuer, missing } = scan
  const isUntimed = missing.includes('issued_at') || missing.includes('time_of_day')
  const day = missing.includes('issued_at') ? reading?.date?.value : undefined
  const [codeDay = '', codeTime = ''] = scan.time.split('T')
  const time = isUntimed ? (reading?.time?.value ?? codeTime) : codeTime
  const readMinor = missing.includes('total') ? reading?.totalMinor?.value : undefined
  const isNumber = issuer !== null && hasTaxForm(scan.country, issuer)
  return {
    retailer: reading?.retailer?.value ?? '',
    taxNumber: isNumber ? issuer : (reading?.taxNumber?.value ?? null),
    time: `${day ?? codeDay}T${time}`,
    totalMinor: minor(readMinor ?? scan.totalMinor),
    lines: (reading?.items ?? []).flatMap(({ name, quantityMicro, sumMinor }) =>
      sumMinor === null || sumMinor < 0 || name.length < 2
        ? []
        : [{ name, quantityMicro: quantityMicro ?? 1_000_000, sumMinor: minor(sumMinor) }],
    ),
  }
}

function requestOf(document: FiscalDocument): ReviewRequest {
  return {
    retailer: document.placeName ?? document.sellerName ?? '',
    taxNumber: document.sellerTaxNumber?.trim() ?? null,
    time: document.time,
    totalMinor: document.totalMinor,
    lines: document.lines.map(({ name, quantityMicro, sumMinor }) => {
      return { name, quantityMicro, sumMinor }
    }),
  }
}

function shopOf({ row, receipt }: ReviewFile, asked: ReviewRequest | null, market: Market) {
  const evidence = row.evidence ?? receipt?.judged
  if (evidence) return { store: evidence.store, taxNumber: asked?.taxNumber ?? null }
  const { storeId = null, retailerId = null } = row.document ?? {}
  return market.shopOf({ taxNumber: asked?.taxNumber ?? null, storeId, retailerId })
}

async function linesOf(
  { row, receipt }: ReviewFile,
  asked: ReviewRequest | null,
  market: Market,
  retailerId: string | null,
): Promise<ReviewCaseLine[]> {
  const lines = asked?.lines ?? []
  const judgedBefore = (row.evidence ?? receipt?.judged)?.matches ?? []
  const [matched, picked] =
    judgedBefore.length >= lines.length
      ? [judgedBefore, []]
      : await Promise.all([
          market.match(lines.map(documentLine), retailerId),
          Promise.all((row.document?.lines ?? []).map((line) => pickedOf(market, line.productId))),
        ])
  return lines.map((line, index) => {
    const match = judgedBefore[index] ?? picked[index] ?? matched[index]
    return { ...line, product: match ? productOf(match) : null }
  })
}

const pickedOf = (market: Market, productId: string | null) =>
  productId === null ? null : market.pick(productId)

function productOf({ product, name, by, certain }: EvidenceLine): ReviewCaseLine['product'] {
  return product ? { id: product.id, name, by, certain } : null
}

async function likeAsked(
  { row }: ReviewFile,
  asked: ReviewRequest,
  { market, likeIt }: CaseSurroundings,
): Promise<ReviewCollision[]> {
  const { storeId = null, retailerId = null } = row.document ?? row.evidence?.store ?? {}
  const { store, taxNumber } = market.shopOf({ taxNumber: asked.taxNumber, storeId, retailerId })
  return likeIt({
    time: asked.time,
    totalMinor: asked.totalMinor,
    walletId: row.walletId,
    receiptId: row.receiptId ?? '',
    taxNumber: taxNumber ?? '',
    retailerId: store?.retailerId ?? '',
    storeId: store?.storeId ?? '',
  })
}
