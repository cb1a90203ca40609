import { Hono } from 'hono'
import { type SandboxEnv, stateOf } from '../env.ts'
import { foreignCodes } from '../lookups/numbers.ts'
import { type IssuedReceipt, ReceiptDraft } from './receipt.ts'

const LISTED_MAX = 100

/** A receipt on the wire: its code, what the code says, where it was printed and what is on it. */
function wireReceipt(receipt: IssuedReceipt) {
  const { scan, chainId, storeName, tillRegistration, lines } = receipt
  return {
    qr: receipt.code,
    scan,
    page: `/receipts/${scan.fn}/${scan.i}`,
    chain: chainId,
    store: storeName,
    tillRegistration,
    lines,
    issuedAt: new Date(receipt.issuedAt).toISOString(),
    deliveredAt: new Date(receipt.deliveredAt).toISOString(),
  }
}

/** Receipts for programs: issue, list, let the till come online. */
export const receiptApi = new Hono<{ Bindings: SandboxEnv }>()

receiptApi.post('/api/receipts', async (c) => {
  const draft = ReceiptDraft.safeParse(await c.req.json().catch(() => null))
  if (!draft.success) {
    const errors = draft.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }))
    return c.json({ code: 'invalid_request', errors }, 400)
  }
  const issued = await stateOf(c.env).issue(draft.data)
  if ('refused' in issued) return c.json({ code: issued.refused }, 422)
  return c.json({ items: issued.map(wireReceipt) }, 201)
})

receiptApi.get('/api/receipts', async (c) => {
  const receipts = await stateOf(c.env).latestReceipts(LISTED_MAX)
  return c.json({ items: receipts.map(wireReceipt) })
})

/** The same paper as the tills of other countries would have printed it: their codes. */
receiptApi.get('/api/receipts/:fn/:i/codes', async (c) => {
  const { fn, i } = c.req.param()
  const receipt = await stateOf(c.env).receipt(fn, Number(i))
  return receipt === null ? c.json({ code: 'not_found' }, 404) : c.json(foreignCodes(receipt))
})

receiptApi.post('/api/receipts/:fn/:i/deliver', async (c) => {
  const { fn, i } = c.req.param()
  const state = stateOf(c.env)
  await state.deliver(fn, Number(i))
  const receipt = await state.receipt(fn, Number(i))
  return receipt === null ? c.json({ code: 'not_found' }, 404) : c.json(wireReceipt(receipt))
})
