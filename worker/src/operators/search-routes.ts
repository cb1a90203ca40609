import { z } from 'zod'
import { parseRuQr, ruFingerprint } from '#fiscal/ru'
import { ClientId } from '#schema/id'
import { SearchHit } from '#schema/operator'
import { answer } from '../http/contract.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { type DeskPorts, findIn } from './desk.ts'

const searchRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/search',
  access: { operator: ['admin', 'support', 'finance'] },
  summary: 'Receipt, fiscal number, code text, phone, payout, transfer, partner, offer: one search',
  request: { query: z.strictObject({ q: z.string().trim().min(2).max(2_000) }) },
  responses: answer(200, z.object({ items: z.array(SearchHit) })),
})

const RECEIPT_ID = /^rcp_[0-9a-f]{32}/
const FISCAL_IDENTITY = /^(\d{16})[:\s/]+(\d{1,10})[:\s/]+(\d{1,10})$/

export function operatorSearchRoutes(ports: DeskPorts) {
  return createRouter().openapi(searchRoute, async (c) => {
    const { q } = c.req.valid('query')
    const hits = await Promise.all([
      receiptHits(ports, q),
      payoutHits(ports, q),
      transferHits(ports, q),
      ports.searchPeople(q.slice(0, 100)),
    ])
    return c.json({ items: hits.flat().slice(0, 50) }, 200)
  })
}

/** By id (a transfer's id begins with its receipt's), by printed numbers, or by the whole code. */
async function receiptHits(ports: DeskPorts, q: string): Promise<SearchHit[]> {
  const id = RECEIPT_ID.exec(q)?.[0] ?? (await holderOf(ports, q))
  if (!id) return []
  const found = await findIn(ports, (cell) => cell.deskReceipt(id))
  if (!found) return []
  const { receipt } = found
  const { fn, i, fp } = receipt.scan
  return [
    {
      kind: 'receipt',
      id,
      title: receipt.storeName ?? `ФН ${fn}`,
      detail: `${receipt.state} · ${receipt.purchasedAt} · ${fn}:${i}:${fp}`,
    },
  ]
}

async function holderOf(ports: DeskPorts, q: string): Promise<string | null> {
  const printed = FISCAL_IDENTITY.exec(q)
  if (printed) {
    const [, fn = '', i, fp] = printed
    return ports.holderOf(ruFingerprint({ fn, i: Number(i), fp: Number(fp) }))
  }
  const parsed = parseRuQr(q)
  return parsed.ok ? ports.holderOf(ruFingerprint(parsed.scan)) : null
}

async function payoutHits(ports: DeskPorts, q: string): Promise<SearchHit[]> {
  const id = ClientId.safeParse(q.slice(0, 36))
  if (!id.success) return []
  const payout = await findIn(ports, (cell) => cell.deskPayout(id.data))
  if (!payout) return []
  const { state, destination, amountMinor } = payout
  const title = `${(amountMinor / 100).toFixed(2)} ₽ · ${destination.masked}`
  return [{ kind: 'payout', id: payout.id, title, detail: state }]
}

async function transferHits(ports: DeskPorts, q: string): Promise<SearchHit[]> {
  if (!q.includes(':') || FISCAL_IDENTITY.test(q)) return []
  const books = await ports.books()
  const filter = { account: null, reference: q, before: null }
  const rows = await Promise.all(books.map((book) => book.transfers(filter, 5)))
  return rows.flat().map((row) => ({
    kind: 'transfer' as const,
    id: row.id,
    title: `${row.debit} → ${row.credit}`,
    detail: `${row.cell} · ${row.code} · ${(row.amountMinor / 100).toFixed(2)} ₽`,
  }))
}
