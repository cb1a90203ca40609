import { makeId } from '#schema/id'
import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { Invoice } from '#schema/partner'
import { foldWords } from '../catalogue/words.ts'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import type { PartnerMoney } from './money.ts'
import { refusingTaken } from './refusals.ts'
import { type Doer, recordIfChanged } from './staff-actions.d1.ts'

/** Invoices: how a partner's money comes in. One incoming payment pays one invoice, in full. */

type InvoiceState = Invoice['state']
type InvoiceRow = {
  id: string
  number: number
  partner_id: string
  partner_name: string
  market: MarketCode
  amount_minor: number
  state: InvoiceState
  issued_at: string
  paid_at: string | null
  bank_reference: string | null
}

const SELECT = `SELECT invoices.id, number, partner_id, partners.name AS partner_name, market,
  amount_minor, invoices.state, issued_at, paid_at, bank_reference
  FROM invoices JOIN partners ON partners.id = partner_id`

const NUMBER_DIGITS = 6

function invoiceOf(row: InvoiceRow): Invoice {
  return {
    id: row.id,
    number: `К-${row.number.toString().padStart(NUMBER_DIGITS, '0')}`,
    partnerId: row.partner_id,
    partnerName: row.partner_name,
    market: row.market,
    amountMinor: minor(row.amount_minor),
    state: row.state,
    issuedAt: row.issued_at,
    paidAt: row.paid_at,
    bankReference: row.bank_reference,
  }
}

async function findInvoice(db: Database, id: string): Promise<Invoice> {
  const row = await db.prepare(`${SELECT} WHERE invoices.id = ?`).bind(id).first<InvoiceRow>()
  if (row === null) throw new Refusal('not_found')
  return invoiceOf(row)
}

/** Issues an invoice under the next number. Refuses with `partner_not_active`. */
export async function issueInvoice(
  db: Database,
  partnerId: string,
  amountMinor: number,
  random: Uint8Array,
  doer: Doer,
): Promise<Invoice> {
  const id = makeId('invoice', random)
  const detail = String(amountMinor)
  const [issued] = await db.batch([
    db
      .prepare(
        `INSERT INTO invoices (id, number, partner_id, amount_minor, state, issued_at)
         SELECT ?1, 1 + (SELECT coalesce(max(number), 0) FROM invoices), id, ?3, 'issued', ?4
         FROM partners WHERE id = ?2 AND state = 'active'`,
      )
      .bind(id, partnerId, amountMinor, doer.at),
    recordIfChanged(db, { ...doer, partnerId, action: 'invoice.issue', subject: id, detail }),
  ])
  if (issued?.meta.changes === 0) throw new Refusal('partner_not_active')
  return findInvoice(db, id)
}

/** A partner's invoices or everybody's, the newest first. */
export async function listInvoices(
  db: Database,
  filter: { partnerId: string | null; state: InvoiceState | null; q: string },
  start: PageStart,
): Promise<Page<Invoice>> {
  const { results } = await db
    .prepare(
      `${SELECT} WHERE number < ?1 AND (?2 IS NULL OR partner_id = ?2)
         AND (?3 IS NULL OR invoices.state = ?3)
         AND (instr(words, ?4) > 0 OR invoices.id = ?5 OR number = ?6
           OR bank_reference = ?5)
       ORDER BY number DESC LIMIT ?7`,
    )
    .bind(
      start.after?.[0] ?? Number.MAX_SAFE_INTEGER,
      filter.partnerId,
      filter.state,
      foldWords(filter.q),
      filter.q,
      numberIn(filter.q),
      start.limit + 1,
    )
    .all<InvoiceRow>()
  return pageOfRows(results, start.limit, (row) => [row.number], invoiceOf)
}

/** `К-000123`, `K-123`, `123` → 123; −1 when the text is no number of an invoice. */
function numberIn(q: string): number {
  const match = /^(?:[КкKk]-?)?0*(\d{1,9})$/.exec(q.trim())
  return match ? Number(match[1]) : -1
}

/** What the bank statement says about an incoming payment. */
type IncomingPayment = { bankReference: string; amountMinor: number }

/**
 * Confirms that an invoice was paid. The decision is written first and the partner's book is told
 * after it, by the invoice's id: a repeat finds the same decision and tells the book again, which
 * changes nothing. Refuses with `not_found`, `amount_differs`, `not_now` (cancelled, or paid by
 * another payment) and `taken` (the payment has paid another invoice).
 */
export async function confirmInvoice(
  ports: { db: Database; money: PartnerMoney },
  invoiceId: string,
  payment: IncomingPayment,
  doer: Doer,
): Promise<Invoice> {
  const { db, money } = ports
  const { bankReference, amountMinor } = payment
  const before = await findInvoice(db, invoiceId)
  if (before.amountMinor !== amountMinor) {
    throw new Refusal('amount_differs', { neededMinor: before.amountMinor, seenMinor: amountMinor })
  }
  const work = db.batch([
    db
      .prepare(
        `UPDATE invoices SET state = 'paid', paid_at = ?2, bank_reference = ?3
         WHERE id = ?1 AND state = 'issued'`,
      )
      .bind(invoiceId, doer.at, bankReference),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'invoice.confirm',
      subject: invoiceId,
      detail: `${before.number}: ${bankReference}`,
    }),
  ])
  await refusingTaken(work)
  const invoice = await findInvoice(db, invoiceId)
  if (invoice.state !== 'paid' || invoice.bankReference !== bankReference) {
    throw new Refusal('not_now')
  }
  await deposit(db, money, invoice, doer.at)
  return invoice
}

async function deposit(
  db: Database,
  money: PartnerMoney,
  invoice: Invoice,
  at: string,
): Promise<void> {
  await money.deposit(invoice.partnerId, invoice.id, invoice.amountMinor, invoice.number)
  await db
    .prepare('UPDATE invoices SET deposited_at = ? WHERE id = ? AND deposited_at IS NULL')
    .bind(at, invoice.id)
    .run()
}

/** How many payments one run tells the books about again. */
const DEPOSITS_PER_RUN = 50

/**
 * Tells the books about confirmed payments whose deposit was interrupted; run by the clock. Answers
 * how many.
 */
export async function finishDeposits(
  ports: { db: Database; money: PartnerMoney },
  at: string,
): Promise<number> {
  const { results } = await ports.db
    .prepare(
      `${SELECT} WHERE invoices.state = 'paid' AND deposited_at IS NULL ORDER BY paid_at LIMIT ?`,
    )
    .bind(DEPOSITS_PER_RUN)
    .all<InvoiceRow>()
  for (const row of results) await deposit(ports.db, ports.money, invoiceOf(row), at)
  return results.length
}

/**
 * Cancels an invoice that nobody has paid; repeating it changes nothing. Refuses with `not_found`,
 * `not_now`.
 */
export async function cancelInvoice(db: Database, invoiceId: string, doer: Doer): Promise<Invoice> {
  await db.batch([
    db
      .prepare(`UPDATE invoices SET state = 'cancelled' WHERE id = ? AND state = 'issued'`)
      .bind(invoiceId),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'invoice.cancel',
      subject: invoiceId,
      detail: '',
    }),
  ])
  const invoice = await findInvoice(db, invoiceId)
  if (invoice.state !== 'cancelled') throw new Refusal('not_now')
  return invoice
}
