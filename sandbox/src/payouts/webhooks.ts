/** Notifications that wait to be delivered (yookassa.ru/developers/using-api/webhooks). */

/** Waits between tries; the real service goes on for 24 hours. */
const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000]

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY,
    payout_id TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Null when it was delivered or given up.
    due_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    -- What came back last: an HTTP status, or why there was none.
    answer TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_by_due ON webhook (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS webhook_by_payout ON webhook (payout_id)`

type WebhookRow = {
  id: number
  payout_id: string
  body: string
  due_at: number | null
  tries: number
  answer: string | null
}

export type WebhookState = { tries: number; answer: string | null; waiting: boolean }

export type Webhooks = ReturnType<typeof createWebhooks>

/** A queue of notifications in SQLite: at least once, in no promised order. */
export function createWebhooks(sql: SqlStorage) {
  sql.exec(SCHEMA)
  return {
    enqueue(payoutId: string, body: string, dueAt: number): void {
      const query = 'INSERT INTO webhook (payout_id, body, due_at) VALUES (?, ?, ?)'
      sql.exec(query, payoutId, body, dueAt)
    },

    due(now: number): { id: number; body: string }[] {
      const query = 'SELECT * FROM webhook WHERE due_at <= ? ORDER BY due_at, id LIMIT 50'
      return sql.exec<WebhookRow>(query, now).toArray()
    },

    /** Keeps what came back; anything but a 200 is tried again. */
    answered(id: number, answer: string, now: number): void {
      const row = sql.exec<WebhookRow>('SELECT * FROM webhook WHERE id = ?', id).one()
      const delay = RETRY_DELAYS_MS[row.tries]
      const again = answer !== '200' && delay !== undefined ? now + delay : null
      const query = 'UPDATE webhook SET tries = tries + 1, answer = ?, due_at = ? WHERE id = ?'
      sql.exec(query, answer, again, id)
    },

    nextDueAt(): number | null {
      const query = 'SELECT min(due_at) AS due_at FROM webhook WHERE due_at IS NOT NULL'
      return sql.exec<{ due_at: number | null }>(query).one().due_at
    },

    of(payoutId: string): WebhookState[] {
      const query = 'SELECT * FROM webhook WHERE payout_id = ? ORDER BY id'
      return sql
        .exec<WebhookRow>(query, payoutId)
        .toArray()
        .map(({ tries, answer, due_at }) => ({ tries, answer, waiting: due_at !== null }))
    },
  }
}
