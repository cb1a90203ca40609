import type { Context } from 'hono'
import { z } from 'zod'
import { marksFit, unmarkedOf } from '#schema/checked-reading'
import { idOf } from '#schema/id'
import { PageQuery, pageOf } from '#schema/page'
import {
  ReviewCase,
  type ReviewClaim,
  ReviewDecision,
  ReviewKind,
  ReviewOutcome,
  ReviewPhotoLink,
  ReviewPrecision,
  ReviewSummary,
} from '#schema/review'
import { ReviewState } from '#schema/review-verdict'
import { addAlias } from '../catalogue/aliases.d1.ts'
import { type Purchase, sellerOf } from '../cells/cell-papers.ts'
import type { ReviewFile } from '../cells/cell-review-files.ts'
import type { DecisionOrder } from '../cells/cell-reviews.ts'
import { marketOf } from '../cells/market-name.ts'
import { answer, jsonBody } from '../http/contract.ts'
import type { AppEnv } from '../http/env.ts'
import { pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { published } from '../partners/route-parts.ts'
import { type Doer, doerOf, recordAction } from '../partners/staff-actions.d1.ts'
import { refuseTaxNumber } from '../photos/routes.ts'
import { caseView, checkedOf, waitingCodeOf } from './case-view.ts'
import { contradictionOf } from './contradiction.ts'
import { evidenceOf } from './evidence.ts'
import { opensImage, signedImageLink } from './image-link.ts'
import { sellerKey } from './paper.ts'
import type { ReviewPorts } from './ports.ts'
import { precisionOf } from './precision.ts'
import {
  countMarks,
  hasOtherReviewers,
  listReviews,
  noteReview,
  serviceSince,
} from './review-queue.d1.ts'

const tags = ['Operator']
/** Who decides cases. */
const access = { operator: ['admin', 'support'] } as const

const DECISION_BYTES_MAX = 64 * 1024
const PRECISION_DAYS = 30
const DAY_MS = 86_400_000

const Params = z.object({ reviewId: idOf('review') })

const list = defineRoute({
  method: 'get',
  path: '/v1/operator/reviews',
  access,
  tags,
  summary: 'Cases of all cells, the oldest due first',
  request: {
    query: PageQuery.extend({ state: ReviewState.optional(), kind: ReviewKind.optional() }),
  },
  responses: answer(200, pageOf(ReviewSummary)),
})

const precision = defineRoute({
  method: 'get',
  path: '/v1/operator/reviews/precision',
  access,
  tags,
  summary: 'What spot checks of the last 30 days found, per field',
  responses: answer(200, ReviewPrecision),
})

const read = defineRoute({
  method: 'get',
  path: '/v1/operator/reviews/{reviewId}',
  access,
  tags,
  summary: 'A case with all that its decision needs',
  request: { params: Params },
  responses: answer(200, ReviewCase),
})

const claim = defineRoute({
  method: 'post',
  path: '/v1/operator/reviews/{reviewId}/claim',
  access,
  tags,
  summary: 'Takes the case for ten minutes, so that nobody else decides it',
  request: { params: Params },
  responses: answer(200, ReviewCase),
})

const decide = defineRoute({
  method: 'post',
  path: '/v1/operator/reviews/{reviewId}/decide',
  access,
  tags,
  bodyBytesMax: DECISION_BYTES_MAX,
  summary: 'Approves, declines or checks; the same decision again changes nothing',
  request: { params: Params, ...jsonBody(ReviewDecision) },
  responses: answer(200, ReviewOutcome),
})

const link = defineRoute({
  method: 'post',
  path: '/v1/operator/reviews/{reviewId}/photo-link',
  access,
  tags,
  summary: 'A link to the picture for five minutes; who asked for it is logged',
  request: { params: Params },
  responses: answer(200, ReviewPhotoLink),
})

const image = defineRoute({
  method: 'get',
  path: '/v1/operator/reviews/{reviewId}/image',
  access,
  tags,
  summary: 'The picture, by a link that this reviewer has asked for',
  request: {
    params: Params,
    query: z.strictObject({
      until: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
      signature: z.string().regex(/^[0-9a-f]{64}$/),
      shot: z.string().regex(/^\d$/).transform(Number).optional(),
    }),
  },
  responses: { 200: { description: 'A JPEG, PNG or WebP' } },
})

/** `/v1/operator/reviews…` */
export function reviewRoutes(ports: ReviewPorts) {
  const { db } = ports.control
  return createRouter()
    .openapi(list, async (c) => {
      const { state = 'open', kind = null, ...query } = c.req.valid('query')
      const filter = { state, kind, reviewerId: doerOf(c).actorId, nowMs: c.var.nowMs }
      return c.json(await listReviews(db, filter, pageStart(query, 2)), 200)
    })
    .openapi(precision, async (c) => {
      const since = new Date(c.var.nowMs - PRECISION_DAYS * DAY_MS).toISOString()
      const { checks, fields } = await countMarks(db, since)
      const service = await serviceSince(db, since, new Date(c.var.nowMs).toISOString())
      return c.json({ days: PRECISION_DAYS, checks, fields: precisionOf(fields), service }, 200)
    })
    .openapi(read, async (c) => {
      const file = await fileOf(ports, c.req.valid('param').reviewId, doerOf(c))
      return c.json(await viewOf(ports, file), 200)
    })
    .openapi(claim, async (c) => {
      const { reviewId } = c.req.valid('param')
      const doer = doerOf(c)
      const { cell } = await fileOf(ports, reviewId, doer)
      const claimed = await ports.cell(cell).claimReview(reviewId, await reviewerOf(ports, doer))
      if ('problem' in claimed) throw new Refusal(claimed.problem)
      await noteReview(db, claimed)
      return c.json(await viewOf(ports, await fileOf(ports, reviewId, doer)), 200)
    })
    .openapi(decide, async (c) => {
      const outcome = await decided(ports, c, c.req.valid('param').reviewId, c.req.valid('json'))
      return c.json(outcome, 200)
    })
    .openapi(link, async (c) => {
      const { reviewId } = c.req.valid('param')
      const doer = doerOf(c)
      const { photo } = await fileOf(ports, reviewId, doer)
      if (!photo) throw new Refusal('not_found')
      await record(ports, doer, 'review.photo', reviewId, '')
      return c.json(await signedImageLink(ports.secret, reviewId, doer.actorId, c.var.nowMs), 200)
    })
    .openapi(image, async (c) => {
      const { reviewId } = c.req.valid('param')
      const doer = doerOf(c)
      const signed = { ...c.req.valid('query'), reviewId, reviewerId: doer.actorId }
      if (!(await opensImage(ports.secret, signed, c.var.nowMs))) throw new Refusal('not_found')
      const { photo } = await fileOf(ports, reviewId, doer)
      const kept = photo && (await ports.store.kept(photo.key, c.req.valid('query').shot ?? 0))
      if (!kept) throw new Refusal('not_found')
      const { body, bytes, mediaType } = kept
      return c.body(body, 200, { 'content-type': mediaType, 'content-length': String(bytes) })
    })
}

/** The case out of whichever cell has it. */
async function fileOf(ports: ReviewPorts, id: string, doer: Doer): Promise<ReviewFile> {
  const files = await Promise.all(
    ports.cells.map((name) => ports.cell(name).reviewFile(id, doer.actorId)),
  )
  const file = files.find((one) => one !== null)
  if (!file) throw new Refusal('not_found')
  const abroad = receiptCell(ports, file)
  const { receiptId } = file.row
  if (abroad === null || receiptId === null) return file
  return { ...file, receipt: await ports.cell(abroad).reviewedReceipt(receiptId) }
}

/** Where the receipt of a case is, when it is another market's than the photo's. */
const receiptCell = ({ cellOf }: ReviewPorts, { row }: ReviewFile): string | null =>
  row.country === null ? null : cellOf(row.walletId, row.country)

async function viewOf(ports: ReviewPorts, file: ReviewFile): Promise<ReviewCase> {
  const { photo } = file
  return caseView(file, {
    market: await ports.market(receiptCell(ports, file) ?? file.cell),
    shopperMasked: await ports.shopperMasked(file.row.walletId),
    hasPicture: photo !== null && (await ports.store.isKept(photo.key, 0)),
    likeIt: (purchase) => likeAnywhere(ports, file.cell, purchase),
    claims: await claimsOf(ports, file),
  })
}

/** Who else has brought what may be the receipt of a case; a spot check asks nobody that. */
async function claimsOf(ports: ReviewPorts, file: ReviewFile): Promise<ReviewClaim[]> {
  const { row, receipt, cell } = file
  const { receiptId } = row
  if (receiptId === null || receipt === null || row.kind === 'spot_check') return []
  const { fingerprint, purchasedAt, totalMinor, scan } = receipt
  const alsoPrinted = ('text' in scan && scan.alsoPrinted) || []
  const contested = { receiptId, fingerprint, purchasedAt, totalMinor, alsoPrinted }
  const cells = ports.cellsBeside(receiptCell(ports, file) ?? cell)
  const found = await Promise.all(cells.map((name) => ports.cell(name).claimantsOf(contested)))
  const claimants = found.flat()
  if (claimants.length < 2) return []
  return Promise.all(
    claimants.map(async ({ walletId, ...claim }) => ({
      ...claim,
      isOwn: claim.receiptId === receiptId,
      shopperMasked: await ports.shopperMasked(walletId),
    })),
  )
}

async function likeAnywhere(ports: ReviewPorts, cell: string, purchase: Purchase) {
  const cells = ports.cellsBeside(cell)
  const found = await Promise.all(cells.map((name) => ports.cell(name).likeIt(purchase)))
  return [...new Map(found.flat().map((one) => [one.receiptId, one])).values()]
}

async function reviewerOf({ control }: ReviewPorts, { actorId }: Doer) {
  return { id: actorId, hasColleagues: await hasOtherReviewers(control.db, actorId) }
}

const record = ({ control }: ReviewPorts, doer: Doer, action: string, id: string, detail: string) =>
  recordAction(control.db, { ...doer, partnerId: null, action, subject: id, detail }).run()

/** The log is written first: an action without a record would be worse than the other way round. */
async function decided(
  ports: ReviewPorts,
  c: Context<AppEnv>,
  reviewId: string,
  decision: ReviewDecision,
): Promise<ReviewOutcome> {
  const doer = doerOf(c)
  const file = await fileOf(ports, reviewId, doer)
  refuseMarks(file, decision)
  const order = {
    id: reviewId,
    decision,
    evidence: await judgedBy(ports, file, decision),
    reviewer: await reviewerOf(ports, doer),
  }
  await record(ports, doer, `review.${decision.outcome}`, reviewId, detailOf(decision))
  const outcome = await ports.cell(file.cell).decideReview(order)
  if ('problem' in outcome) throw new Refusal(outcome.problem)
  await noteReview(ports.control.db, outcome.event)
  const { row, summary } = await fileOf(ports, reviewId, doer)
  if (row.state === 'approved') await learnAliases(ports, doer, row)
  return { result: outcome.result, case: summary }
}

/** What was read stays as it is: an open spot check has to mark all of it, and nothing else. */
function refuseMarks(file: ReviewFile, decision: ReviewDecision): void {
  const { kind, state } = file.row
  if (decision.outcome !== 'check' || kind !== 'spot_check' || state !== 'open') return
  const checked = checkedOf(file)
  if (marksFit(checked, decision.marks)) return
  throw new Refusal('review_marks', { unmarked: unmarkedOf(checked, decision.marks) })
}

/** The log is never erased: of a purchase nothing stands in it, nor what was typed about it. */
function detailOf(decision: ReviewDecision): string {
  if (decision.outcome === 'decline') return decision.reason
  if (decision.outcome === 'check') return JSON.stringify(decision.marks)
  const { distinctFrom } = decision
  return distinctFrom.length > 0 ? `≠ ${distinctFrom.join(', ')}` : ''
}

/**
 * The evidence of an approved paper. Refuses a shop or product that is none, a paper without a
 * seller, and one that looks like a receipt which the reviewer has not told apart.
 */
async function judgedBy(
  ports: ReviewPorts,
  file: ReviewFile,
  decision: ReviewDecision,
): Promise<DecisionOrder['evidence']> {
  const { row, cell } = file
  if (decision.outcome !== 'approve' || !decision.document || row.state !== 'open') return null
  const { document, distinctFrom } = decision
  const market = await ports.market(cell)
  const { evidence, unknownPicks } = await evidenceOf(document, market, distinctFrom)
  const seller = sellerOf(evidence)
  refuseTaxNumber(marketOf(cell).market, document.taxNumber)
  if (unknownPicks.length > 0) refuseField('lines', `no such product: ${unknownPicks.join(', ')}`)
  if (document.storeId !== null && seller.storeId !== document.storeId) {
    refuseField('storeId', 'no such store')
  }
  const scan = waitingCodeOf(file)
  const contradiction = scan && contradictionOf(scan, document)
  if (contradiction) refuseField(contradiction.path, contradiction.message)
  if (sellerKey(seller) === '') refuseField('taxNumber', 'the seller needs a number or a retailer')
  const { time, totalMinor } = document
  const purchase = { ...seller, time, totalMinor, walletId: row.walletId, receiptId: '' }
  const like = await likeAnywhere(ports, cell, purchase)
  const met = like.filter(
    ({ receiptId, isSameWallet }) => isSameWallet || !distinctFrom.includes(receiptId),
  )
  if (met.length > 0) throw new Refusal('review_collides', { collisions: met })
  return evidence
}

function refuseField(path: string, message: string): never {
  throw new Refusal('invalid_request', { errors: [{ path, message }] })
}

/**
 * Products that the reviewer picked are what those lines mean at that retailer from now on; of an
 * unknown one nothing is learned, for its words would be everybody's. Only what was approved
 * teaches: a decision that is repeated may bring anything.
 */
async function learnAliases(
  { control }: ReviewPorts,
  doer: Doer,
  { document, evidence }: ReviewFile['row'],
): Promise<void> {
  const retailerId = evidence?.store?.retailerId ?? null
  if (document === null || retailerId === null) return
  const picked = document.lines.flatMap(({ name, productId }) =>
    productId ? { name, productId } : [],
  )
  if (picked.length === 0) return
  const learn = async () => {
    for (const { name, productId } of picked) {
      const draft = { retailerId, line: name, productId }
      // A product of the snapshot may be gone from the catalogue: its line teaches nothing.
      await addAlias(control.db, draft, control.random(20), doer).catch(ignoreAbsent)
    }
  }
  await published(control, doer, learn())
}

function ignoreAbsent(cause: unknown): void {
  if (!(cause instanceof Refusal && cause.code === 'not_found')) throw cause
}
