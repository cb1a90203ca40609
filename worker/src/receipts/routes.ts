import { z } from 'zod'
import type { MarketCode } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { Receipt, ReceiptQuery, ReceiptSubmission, ReceiptSummary } from '#schema/receipt'
import { Verdict } from '#schema/verdict'
import type { CellOfWallet } from '../cells/wallet-cell.ts'
import type { ShopperActor } from '../http/actor.ts'
import { answer, jsonBody } from '../http/contract.ts'
import { encodeCursor, pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { SESSION_AGE_MS_MAX } from '../http/session-memory.ts'
import { shopperOf } from '../http/shopper.ts'
import type { ForeignPorts } from './foreign-scan.ts'
import { type ReadSubmission, readSubmission } from './submission.ts'

/** A 4,000-character code in JSON, with every character escaped, and room. */
const SUBMISSION_BYTES_MAX = 32 * 1024

const ReceiptParams = z.object({ receiptId: z.string().regex(/^rcp_[0-9a-f]{32}$/) })

/** One line at a time: all lines by all offers would be megabytes. */
const ExplainQuery = z.strictObject({
  line: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .optional(),
})

const submitRoute = defineRoute({
  method: 'post',
  path: '/v1/receipts',
  access: 'shopper',
  sessionAgeMsMax: SESSION_AGE_MS_MAX,
  bodyBytesMax: SUBMISSION_BYTES_MAX,
  summary: 'Submit a scanned receipt; the same receipt again answers with itself',
  request: jsonBody(ReceiptSubmission),
  responses: { ...answer(202, Receipt), ...answer(200, Receipt) },
})

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/receipts',
  access: 'shopper',
  sessionAgeMsMax: SESSION_AGE_MS_MAX,
  summary: 'My receipts, newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(ReceiptSummary)),
})

const readRoute = defineRoute({
  method: 'get',
  path: '/v1/receipts/{receiptId}',
  access: 'shopper',
  sessionAgeMsMax: SESSION_AGE_MS_MAX,
  summary: 'One receipt with its verdicts; `after` waits up to 25 s for a newer version',
  request: { params: ReceiptParams, query: ReceiptQuery },
  responses: answer(200, Receipt),
})

const explainRoute = defineRoute({
  method: 'get',
  path: '/v1/receipts/{receiptId}/explain',
  access: 'shopper',
  sessionAgeMsMax: SESSION_AGE_MS_MAX,
  summary: 'Every verdict on a line, or without one on the receipt as a whole, paying ones first',
  request: { params: ReceiptParams, query: ExplainQuery },
  responses: answer(200, z.object({ verdicts: z.array(Verdict) })),
})

export type ReceiptPorts = ForeignPorts & {
  readonly cellOf: CellOfWallet
  /** The open ones. */
  readonly markets: readonly MarketCode[]
  readonly hasRequiredConsents: (userId: string) => Promise<boolean>
}

export function receiptRoutes(ports: ReceiptPorts) {
  return createRouter()
    .openapi(submitRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { walletId } = shopper
      const body = c.req.valid('json')
      const read = await readSubmission(walletId, body, ports, c.var.nowMs)
      if (!read.ok) throw new Refusal(read.code, read.extra)
      await requireConsents(ports, shopper)
      const result = await ports.cellOf({ walletId, market: read.market }).submit(read.submission)
      if ('problem' in result) {
        const { problem, ...extra } = result
        throw new Refusal(problem, extra)
      }
      await linkAbroad(ports, shopper, read, result.receipt)
      return c.json(result.receipt, result.created ? 202 : 200)
    })
    .openapi(listRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { after, limit } = pageStart(c.req.valid('query'), 2)
      const [submittedAt, id] = [Number(after?.[0] ?? Number.MAX_SAFE_INTEGER), String(after?.[1])]
      const page = await ports
        .cellOf(shopperOf(c.var.actor))
        .receipts(walletId, { submittedAt, id }, limit)
      const { items, last } = page
      const nextCursor = last && encodeCursor([last.submittedAt, last.id])
      return c.json({ items, nextCursor }, 200)
    })
    .openapi(readRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { receiptId } = c.req.valid('param')
      const after = c.req.valid('query').after ?? null
      const receipt = await ports.cellOf(shopperOf(c.var.actor)).receipt(walletId, receiptId, after)
      if (!receipt) throw new Refusal('not_found')
      return c.json(receipt, 200)
    })
    .openapi(explainRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { receiptId } = c.req.valid('param')
      const line = c.req.valid('query').line ?? null
      const verdicts = await ports
        .cellOf(shopperOf(c.var.actor))
        .explainOwn(walletId, receiptId, line)
      if (!verdicts) throw new Refusal('not_found')
      return c.json({ verdicts }, 200)
    })
}

/** The photo beside which a receipt of another market was typed lies in the shopper's own one. */
async function linkAbroad(
  { cellOf }: ReceiptPorts,
  shopper: ShopperActor,
  { market, submission: { walletId, photoId } }: Extract<ReadSubmission, { ok: true }>,
  { id: receiptId, state }: Receipt,
): Promise<void> {
  // What is refused at once says nothing of the photo: its owner may type it better.
  if (photoId === undefined || market === shopper.market || state === 'rejected') return
  await cellOf(shopper).linkPhoto(walletId, photoId, { receiptId, country: market })
}

async function requireConsents(ports: ReceiptPorts, shopper: ShopperActor): Promise<void> {
  if (!(await ports.hasRequiredConsents(shopper.userId))) throw new Refusal('consent_needed')
}
