import type { CreateRequest, ShownDestination } from './create-request.ts'
import type { KeptPayout } from './payout-object.ts'

/** How a new payout is to end; chosen by the switches before it is made. */
export type Plan = {
  pendingMs: number
  end: 'succeeded' | 'canceled'
  reason: string | null
  keyTtlMs: number
}

export type Created =
  | { kind: 'made' | 'repeated'; payout: KeptPayout }
  /** The key is known with another body. */
  | { kind: 'key_reused' }

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS payout (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    destination TEXT NOT NULL CHECK (json_valid(destination)),
    description TEXT,
    metadata TEXT NOT NULL CHECK (json_valid(metadata)),
    created_at INTEGER NOT NULL,
    settle_at INTEGER NOT NULL,
    end TEXT NOT NULL CHECK (end IN ('succeeded', 'canceled')),
    reason TEXT,
    sent INTEGER NOT NULL DEFAULT 1,
    looked INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS payout_by_key ON payout (key, created_at);
  CREATE INDEX IF NOT EXISTS payout_by_time ON payout (created_at, id)`

type PayoutRow = {
  id: string
  key: string
  body_hash: string
  amount_minor: number
  destination: string
  description: string | null
  metadata: string
  created_at: number
  settle_at: number
  end: 'succeeded' | 'canceled'
  reason: string | null
  sent: number
  looked: number
}

export type PayoutLedger = ReturnType<typeof createLedger>

/** The provider's payouts in the SQLite storage of its object: idempotency and its expiry. */
export function createLedger(sql: SqlStorage) {
  sql.exec(SCHEMA)

  function byKey(key: string, since: number): KeptPayout | null {
    const query = `SELECT * FROM payout WHERE key = ? AND created_at > ?
                   ORDER BY created_at DESC LIMIT 1`
    return kept(sql.exec<PayoutRow>(query, key, since).toArray()[0])
  }

  function get(id: string): KeptPayout | null {
    return kept(sql.exec<PayoutRow>('SELECT * FROM payout WHERE id = ?', id).toArray()[0])
  }

  return {
    byKey,
    get,

    /** Makes a payout unless the key is alive: then the first one is answered again. */
    create(
      key: string,
      bodyHash: string,
      request: CreateRequest,
      plan: Plan,
      now: number,
    ): Created {
      const known = byKey(key, now - plan.keyTtlMs)
      if (known !== null) {
        if (known.bodyHash !== bodyHash) return { kind: 'key_reused' }
        sql.exec('UPDATE payout SET sent = sent + 1 WHERE id = ?', known.id)
        return { kind: 'repeated', payout: { ...known, sent: known.sent + 1 } }
      }
      const id = insert(sql, key, bodyHash, request, plan, now)
      const made = get(id)
      if (made === null) throw new Error('a payout vanished between two statements')
      return { kind: 'made', payout: made }
    },

    countLook(id: string): void {
      sql.exec('UPDATE payout SET looked = looked + 1 WHERE id = ?', id)
    },

    /** By one exact pair of metadata, or all when the pair is null; newest first. */
    search(pair: { key: string; value: string } | null, limit: number, before: string | null) {
      const where = [
        pair === null ? '1' : `json_extract(metadata, '$."' || ? || '"') = ?`,
        before === null
          ? '1'
          : '(created_at, id) < (SELECT created_at, id FROM payout WHERE id = ?)',
      ]
      const bound = [...(pair === null ? [] : [pair.key, pair.value]), ...(before ? [before] : [])]
      const query = `SELECT * FROM payout WHERE ${where.join(' AND ')}
                     ORDER BY created_at DESC, id DESC LIMIT ?`
      return sql
        .exec<PayoutRow>(query, ...bound, limit)
        .toArray()
        .map(toKept)
    },
  }
}

/** Writes a payout that was just made; answers its id. */
function insert(
  sql: SqlStorage,
  key: string,
  bodyHash: string,
  request: CreateRequest,
  plan: Plan,
  now: number,
): string {
  const id = `po-${crypto.randomUUID()}`
  sql.exec(
    `INSERT INTO payout (id, key, body_hash, amount_minor, destination, description, metadata,
       created_at, settle_at, end, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    key,
    bodyHash,
    request.amountMinor,
    JSON.stringify(request.destination),
    request.description,
    JSON.stringify(request.metadata),
    now,
    now + plan.pendingMs,
    plan.end,
    plan.reason,
  )
  return id
}

function kept(row: PayoutRow | undefined): KeptPayout | null {
  return row === undefined ? null : toKept(row)
}

function toKept(row: PayoutRow): KeptPayout {
  const destination: ShownDestination = JSON.parse(row.destination)
  const metadata: Record<string, string> = JSON.parse(row.metadata)
  return {
    id: row.id,
    key: row.key,
    bodyHash: row.body_hash,
    amountMinor: row.amount_minor,
    destination,
    description: row.description,
    metadata,
    createdAt: row.created_at,
    settleAt: row.settle_at,
    end: row.end,
    reason: row.reason,
    sent: row.sent,
    looked: row.looked,
  }
}
