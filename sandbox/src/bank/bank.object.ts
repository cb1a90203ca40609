import { DurableObject } from 'cloudflare:workers'
import type { SandboxEnv } from '../env.ts'
import { readOrder } from './order.ts'
import { statusReport, type ToldTransfer } from './status-report.ts'
import type { BankMood } from './switches.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bank_order (
    message_id TEXT PRIMARY KEY, payment_id TEXT NOT NULL, currency TEXT NOT NULL,
    total_minor INTEGER NOT NULL, execution_date TEXT NOT NULL, received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS bank_transfer (
    message_id TEXT NOT NULL REFERENCES bank_order, position INTEGER NOT NULL,
    end_to_end_id TEXT NOT NULL, amount_minor INTEGER NOT NULL, currency TEXT NOT NULL,
    holder TEXT NOT NULL, iban TEXT NOT NULL, remittance TEXT NOT NULL,
    status TEXT NOT NULL, reason TEXT,
    PRIMARY KEY (message_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS bank_report (
    id INTEGER PRIMARY KEY, message_id TEXT NOT NULL REFERENCES bank_order,
    content TEXT NOT NULL, made_at INTEGER NOT NULL
  ) STRICT`

export type KeptTransfer = {
  position: number
  endToEndId: string
  amountMinor: number
  currency: string
  holder: string
  iban: string
  remittance: string
  /** As the bank has it: RCVD, ACSC, RJCT. */
  status: string
  reason: string | null
}

export type KeptOrder = {
  messageId: string
  paymentId: string
  currency: string
  totalMinor: number
  executionDate: string
  receivedAt: number
  transfers: KeptTransfer[]
  reports: { id: number; madeAt: number }[]
}

const SHOWN_MAX = 50
/** Two reports of one second would have no order. */
const REPORT_MS_APART = 1_000

/** The operator's bank: takes a file once, executes it, and says what became of it. */
export class Bank extends DurableObject<SandboxEnv> {
  private readonly sql: SqlStorage

  constructor(state: DurableObjectState, env: SandboxEnv) {
    super(state, env)
    this.sql = state.storage.sql
    this.sql.exec(SCHEMA)
  }

  /**
   * Takes a file; a MsgId that was taken before is refused as a whole, whatever the file holds, and
   * the report that says so stands beside those about the file that was taken.
   */
  take(text: string): { messageId: string } | { wrong: string; report?: number } {
    const order = readOrder(text)
    if ('wrong' in order) return order
    const { messageId, paymentId, currency, totalMinor, executionDate, transfers } = order
    const known = this.order(messageId)
    if (known) {
      const { id } = this.write(messageId, (madeAt) => duplicateOf(known, madeAt))
      return { wrong: `DU01: ${messageId} was received before`, report: id }
    }
    this.ctx.storage.transactionSync(() => {
      this.sql.exec(
        'INSERT INTO bank_order VALUES (?, ?, ?, ?, ?, ?)',
        ...[messageId, paymentId, currency, totalMinor, executionDate, Date.now()],
      )
      for (const [position, one] of transfers.entries()) {
        const { endToEndId, amountMinor, holder, iban, remittance, refusal } = one
        this.sql.exec(
          'INSERT INTO bank_transfer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...[messageId, position, endToEndId, amountMinor, one.currency, holder, iban],
          ...[remittance, refusal === null ? 'RCVD' : 'RJCT', refusal],
        )
      }
    })
    return { messageId }
  }

  /** Executes what has not ended, in the mood of the day, and writes the report about it. */
  answer(messageId: string, mood: BankMood | null): { id: number } | null {
    const order = this.order(messageId)
    if (!order) return null
    if (mood !== 'accepted' && mood !== 'strange') this.execute(order, mood)
    const after = this.order(messageId) ?? order
    return this.write(messageId, (madeAt) => reportAbout(after, mood, madeAt))
  }

  private write(messageId: string, contentAt: (madeAt: number) => string): { id: number } {
    const last = this.sql
      .exec<{ at: number | null }>('SELECT max(made_at) AS at FROM bank_report')
      .one().at
    const madeAt = Math.max(Date.now(), (last ?? 0) + REPORT_MS_APART)
    return this.sql
      .exec<{ id: number }>(
        'INSERT INTO bank_report (message_id, content, made_at) VALUES (?, ?, ?) RETURNING id',
        ...[messageId, contentAt(madeAt), madeAt],
      )
      .one()
  }

  report(id: number): string | null {
    const query = 'SELECT content FROM bank_report WHERE id = ?'
    return this.sql.exec<{ content: string }>(query, id).toArray()[0]?.content ?? null
  }

  /** Newest first. */
  orders(): KeptOrder[] {
    const query = 'SELECT message_id AS id FROM bank_order ORDER BY received_at DESC LIMIT ?'
    return this.sql
      .exec<{ id: string }>(query, SHOWN_MAX)
      .toArray()
      .flatMap(({ id }) => this.order(id) ?? [])
  }

  private execute(order: KeptOrder, mood: BankMood | null): void {
    for (const { position, status } of order.transfers) {
      const isFirst = position === 0
      const isRefused = mood === 'reject_all' || (mood === 'reject_one' && isFirst)
      if (mood === 'return_one' && isFirst && status === 'ACSC') {
        this.end(order.messageId, position, 'RJCT', 'AC04')
      } else if (status === 'RCVD') {
        const reason = mood === 'reject_all' ? 'AM04' : 'AC04'
        this.end(order.messageId, position, isRefused ? 'RJCT' : 'ACSC', isRefused ? reason : null)
      }
    }
  }

  private end(messageId: string, position: number, status: string, reason: string | null): void {
    this.sql.exec(
      'UPDATE bank_transfer SET status = ?, reason = ? WHERE message_id = ? AND position = ?',
      ...[status, reason, messageId, position],
    )
  }

  private order(messageId: string): KeptOrder | null {
    const row = this.sql
      .exec<Omit<KeptOrder, 'transfers' | 'reports'>>(
        `SELECT message_id AS messageId, payment_id AS paymentId, currency,
           total_minor AS totalMinor, execution_date AS executionDate, received_at AS receivedAt
         FROM bank_order WHERE message_id = ?`,
        messageId,
      )
      .toArray()[0]
    if (!row) return null
    const transfers = this.sql
      .exec<KeptTransfer>(
        `SELECT position, end_to_end_id AS endToEndId, amount_minor AS amountMinor, currency,
           holder, iban, remittance, status, reason
         FROM bank_transfer WHERE message_id = ? ORDER BY position`,
        messageId,
      )
      .toArray()
    const reports = this.sql
      .exec<{ id: number; madeAt: number }>(
        'SELECT id, made_at AS madeAt FROM bank_report WHERE message_id = ? ORDER BY id',
        messageId,
      )
      .toArray()
    return { ...row, transfers, reports }
  }
}

function duplicateOf({ messageId, paymentId }: KeptOrder, madeAt: number): string {
  return statusReport({
    messageId: `STS-${madeAt}`,
    saidAt: new Date(madeAt).toISOString(),
    fileMessageId: messageId,
    paymentId,
    groupStatus: 'RJCT',
    groupReason: 'DU01',
    transfers: [],
  })
}

function reportAbout(order: KeptOrder, mood: BankMood | null, madeAt: number): string {
  const { messageId, paymentId, transfers } = order
  const other = [...messageId].reverse().join('')
  const about = mood === 'other_file' ? other : messageId
  const head = {
    messageId: `STS-${madeAt}`,
    saidAt: new Date(madeAt).toISOString(),
    fileMessageId: about,
    paymentId: paymentId.replace(messageId, about),
  }
  if (mood === 'accepted') {
    return statusReport({ ...head, groupStatus: 'ACCP', groupReason: null, transfers: [] })
  }
  if (mood === 'reject_all') {
    return statusReport({ ...head, groupStatus: 'RJCT', groupReason: 'AM04', transfers: [] })
  }
  const told = transfers.map((transfer) => twisted(transfer, mood))
  const all = mood === 'twice' ? [...told, ...told] : told
  return statusReport({ ...head, groupStatus: null, groupReason: null, transfers: all })
}

function twisted(transfer: KeptTransfer, mood: BankMood | null): ToldTransfer {
  if (transfer.position !== 0) return transfer
  if (mood === 'wrong_amount') return { ...transfer, amountMinor: transfer.amountMinor + 100 }
  if (mood === 'wrong_currency') return { ...transfer, currency: 'USD' }
  return mood === 'strange' ? { ...transfer, status: 'BLCK' } : transfer
}
