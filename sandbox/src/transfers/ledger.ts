/** How a transfer that was funded goes on; chosen by the switches when the money comes. */
export type Course = {
  pendingMs: number
  /** How long after it was sent the bank sends it back; null: never. */
  bounceMs: number | null
}

export type Quote = { currency: string; amountMinor: number }
export type Recipient = { currency: string; holder: string; iban: string }

export type Order = { key: string; quoteId: string; recipientId: number; reference: string }

/** A transfer as the simulated provider keeps it. Instants are ms since the epoch. */
export type KeptTransfer = {
  id: number
  key: string
  quoteId: string
  recipientId: number
  currency: string
  amountMinor: number
  reference: string
  createdAt: number
  fundedAt: number | null
  sentAt: number | null
  bouncedAt: number | null
  isCancelled: number
  /** How often it was asked for, funding was asked for, and it was looked at. */
  asked: number
  fundings: number
  looked: number
  holder: string
  iban: string
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS transfer_quote (
    id TEXT PRIMARY KEY, currency TEXT NOT NULL, amount_minor INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS transfer_recipient (
    id INTEGER PRIMARY KEY, currency TEXT NOT NULL, holder TEXT NOT NULL, iban TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS transfer (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    quote_id TEXT NOT NULL UNIQUE REFERENCES transfer_quote,
    recipient_id INTEGER NOT NULL REFERENCES transfer_recipient,
    reference TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    funded_at INTEGER,
    sent_at INTEGER,
    bounced_at INTEGER,
    is_cancelled INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 1,
    fundings INTEGER NOT NULL DEFAULT 0,
    looked INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS transfer_by_time ON transfer (created_at, id)`

const SELECT = `SELECT transfer.id, key, quote_id AS quoteId, recipient_id AS recipientId,
    transfer_quote.currency, amount_minor AS amountMinor, reference, created_at AS createdAt,
    funded_at AS fundedAt, sent_at AS sentAt, bounced_at AS bouncedAt,
    is_cancelled AS isCancelled, asked, fundings, looked, holder, iban
  FROM transfer JOIN transfer_quote ON transfer_quote.id = quote_id
    JOIN transfer_recipient ON transfer_recipient.id = recipient_id`

/** How long a bounce takes to become a refund. */
const REFUND_MS = 300

/** The state of a transfer at a moment, in the provider's words. */
export function stateAt(transfer: KeptTransfer, now: number): string {
  const { fundedAt, sentAt, bouncedAt, isCancelled } = transfer
  if (isCancelled) return 'cancelled'
  if (fundedAt === null) return 'incoming_payment_waiting'
  if (sentAt !== null && now < sentAt) return 'processing'
  if (bouncedAt === null || now < bouncedAt) return 'outgoing_payment_sent'
  return now < bouncedAt + REFUND_MS ? 'bounced_back' : 'funds_refunded'
}

export type TransferLedger = ReturnType<typeof createTransferLedger>

/** Transfers to accounts in the SQLite storage of the provider's object. */
export function createTransferLedger(sql: SqlStorage) {
  sql.exec(SCHEMA)
  const one = (where: string, value: string | number): KeptTransfer | null =>
    sql.exec<KeptTransfer>(`${SELECT} WHERE ${where} = ?`, value).toArray()[0] ?? null

  return {
    quote({ currency, amountMinor }: Quote): string {
      const id = crypto.randomUUID()
      sql.exec('INSERT INTO transfer_quote VALUES (?, ?, ?)', id, currency, amountMinor)
      return id
    },

    recipient({ currency, holder, iban }: Recipient): number {
      const query = `INSERT INTO transfer_recipient (currency, holder, iban) VALUES (?, ?, ?)
        RETURNING id`
      return sql.exec<{ id: number }>(query, currency, holder, iban).one().id
    },

    /** Makes a transfer, or answers the one that the key made; null for a quote that is none. */
    create(order: Order, now: number): KeptTransfer | null {
      if (one('key', order.key) === null) insert(sql, order, now)
      else sql.exec('UPDATE transfer SET asked = asked + 1 WHERE key = ?', order.key)
      return one('key', order.key)
    },

    /** Takes the money for a transfer once; false when it has been funded or cancelled. */
    fund(id: number, { pendingMs, bounceMs }: Course, now: number): boolean {
      const sentAt = now + pendingMs
      const { rowsWritten } = sql.exec(
        `UPDATE transfer SET funded_at = ?, sent_at = ?, bounced_at = ?
         WHERE id = ? AND funded_at IS NULL AND NOT is_cancelled`,
        ...[now, sentAt, bounceMs === null ? null : sentAt + bounceMs, id],
      )
      return rowsWritten > 0
    },

    cancel(id: number): void {
      sql.exec('UPDATE transfer SET is_cancelled = 1 WHERE id = ? AND funded_at IS NULL', id)
    },

    countFunding(id: number): void {
      sql.exec('UPDATE transfer SET fundings = fundings + 1 WHERE id = ?', id)
    },

    look(id: number): KeptTransfer | null {
      sql.exec('UPDATE transfer SET looked = looked + 1 WHERE id = ?', id)
      return one('transfer.id', id)
    },

    /** Newest first, made between two moments. */
    list(from: number, to: number, limit: number, offset: number): KeptTransfer[] {
      const query = `${SELECT} WHERE created_at BETWEEN ? AND ?
        ORDER BY created_at DESC, transfer.id DESC LIMIT ? OFFSET ?`
      return sql.exec<KeptTransfer>(query, from, to, limit, offset).toArray()
    },
  }
}

/** Writes a new transfer if its quote is unused and in the recipient's currency. */
function insert(sql: SqlStorage, order: Order, now: number): void {
  const { key, quoteId, recipientId, reference } = order
  sql.exec(
    `INSERT INTO transfer (key, quote_id, recipient_id, reference, created_at)
     SELECT ?, transfer_quote.id, transfer_recipient.id, ?, ?
     FROM transfer_quote JOIN transfer_recipient USING (currency)
     WHERE transfer_quote.id = ? AND transfer_recipient.id = ?
       AND NOT EXISTS (SELECT 1 FROM transfer WHERE quote_id = transfer_quote.id)`,
    ...[key, reference, now, quoteId, recipientId],
  )
}
