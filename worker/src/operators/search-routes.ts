import { z } from 'zod'
import { parseRuQr, ruFingerprint } from '#fiscal/ru'
import { ClientId } from '#schema/id'
import { MARKETS } from '#schema/market'
import { formatMinor } from '#schema/money'
import { SearchHit } from '#schema/operator'
import { isPaperScan, isReviewedScan, isRuScan, type ReceiptScan } from '#schema/receipt'
import { askEach } from '../cells/ask-each.ts'
import { marketOf } from '../cells/market-name.ts'
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
  const ids = RECEIPT_ID.exec(q) ?? (await submissionsOf(ports, q))
  const hits = await Promise.all(ids.map((id) => receiptHit(ports, id)))
  return hits.flat()
}

async function receiptHit(ports: DeskPorts, id: string): Promise<SearchHit[]> {
  const found = await findIn(ports, (cell) => cell.deskReceipt(id))
  if (!found) return []
  const { receipt } = found
  const numbers = numbersOf(receipt.scan)
  return [
    {
      kind: 'receipt',
      id,
      title: receipt.storeName ?? numbers,
      detail: `${receipt.state} · ${receipt.purchasedAt} · ${numbers}`,
    },
  ]
}

/** By what the paper of a receipt is told apart. */
function numbersOf(scan: ReceiptScan): string {
  if (isRuScan(scan)) return `${scan.fn}:${scan.i}:${scan.fp}`
  if (isReviewedScan(scan)) return scan.seller
  return isPaperScan(scan) ? `ИНН ${scan.taxNumber}` : (scan.till ?? scan.country)
}

/** All of them, not the claim's holder alone: people ask about the receipt that was refused. */
async function submissionsOf(ports: DeskPorts, q: string): Promise<string[]> {
  const fingerprint = fingerprintOf(q)
  if (fingerprint === null) return []
  const ids = await Promise.all(ports.cells.map((name) => ports.cell(name).receiptsOf(fingerprint)))
  return ids.flat()
}

function fingerprintOf(q: string): string | null {
  const printed = FISCAL_IDENTITY.exec(q)
  if (printed) {
    const [, fn = '', i, fp] = printed
    return ruFingerprint({ fn, i: Number(i), fp: Number(fp) })
  }
  const parsed = parseRuQr(q)
  return parsed.ok ? ruFingerprint(parsed.scan) : null
}

async function payoutHits(ports: DeskPorts, q: string): Promise<SearchHit[]> {
  const id = ClientId.safeParse(q.slice(0, 36))
  if (!id.success) return []
  const payout = await findIn(ports, (cell) => cell.deskPayout(id.data))
  if (!payout) return []
  const { state, destination, amountMinor, cell } = payout
  const title = `${amountIn(cell, amountMinor)} · ${destination.masked}`
  return [{ kind: 'payout', id: payout.id, title, detail: state }]
}

async function transferHits(ports: DeskPorts, q: string): Promise<SearchHit[]> {
  if (!q.includes(':') || FISCAL_IDENTITY.test(q)) return []
  const books = await ports.books()
  const filter = { account: null, reference: q, before: null }
  const rows = await askEach(books, (book) => book.transfers(filter, 5))
  return rows.flat().map((row) => ({
    kind: 'transfer' as const,
    id: row.id,
    title: `${row.debit} → ${row.credit}`,
    detail: `${row.cell} · ${row.code} · ${amountIn(row.cell, row.amountMinor)}`,
  }))
}

/** In the currency of the object that holds it. */
function amountIn(objectName: string, amountMinor: number): string {
  return formatMinor(amountMinor, 'ru', MARKETS[marketOf(objectName).market].currency)
}
