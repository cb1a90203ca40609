import { DurableObject } from 'cloudflare:workers'
import {
  CODE_MS,
  type CodePurpose,
  FACTS_MS_MAX,
  type GuessVerdict,
  type IssuedCode,
  judgeGuess,
  judgeLimit,
  type LimiterOf,
  type LimiterPort,
  type LimitName,
  type SendVerdict,
  type Verdict,
  windowMsOf,
} from '../members/limits.ts'

const TABLES = `
  CREATE TABLE IF NOT EXISTS events (name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_name ON events (name, at);
  CREATE TABLE IF NOT EXISTS codes (
    purpose TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS spent (digest TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT;
`

/**
 * Counts exactly what the members' limits need, for one phone, address, device or staff account.
 * One object per key and one synchronous transaction per call: parallel requests cannot slip by.
 */
export class Limiter extends DurableObject implements LimiterPort {
  readonly #sql: SqlStorage

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec(TABLES)
  }

  async issueCode(purpose: CodePurpose, digest: string, now: number): Promise<SendVerdict> {
    await this.#sweepLater(now)
    return this.ctx.storage.transactionSync(() => {
      const verdict = this.#count('code_send', now)
      if (!verdict.allowed) return verdict
      this.#sql.exec(
        `INSERT INTO codes (purpose, digest, expires_at, attempts) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (purpose) DO UPDATE SET digest = ?2, expires_at = ?3, attempts = 0`,
        purpose,
        digest,
        now + CODE_MS,
      )
      const next = judgeLimit('code_send', this.#times('code_send'), now)
      return { allowed: true, resendAt: next.allowed ? now : next.retryAt }
    })
  }

  async tryCode(purpose: CodePurpose, digest: string, now: number): Promise<GuessVerdict> {
    return this.ctx.storage.transactionSync(() => {
      const facts = {
        code: this.#code(purpose),
        failures: this.#times('code_failure'),
        sends: this.#times('code_send'),
      }
      const verdict = judgeGuess(facts, digest, now)
      if (verdict.outcome === 'right') {
        this.#sql.exec('DELETE FROM codes WHERE purpose = ?', purpose)
        this.#sql.exec("DELETE FROM events WHERE name = 'code_failure'")
      }
      if (verdict.outcome === 'wrong') {
        this.#sql.exec('UPDATE codes SET attempts = attempts + 1 WHERE purpose = ?', purpose)
        this.#sql.exec("INSERT INTO events (name, at) VALUES ('code_failure', ?)", now)
      }
      return verdict
    })
  }

  async admit(name: LimitName, now: number): Promise<Verdict> {
    await this.#sweepLater(now)
    return this.ctx.storage.transactionSync(() => this.#count(name, now))
  }

  async forgive(name: LimitName): Promise<void> {
    this.#sql.exec('DELETE FROM events WHERE name = ?', name)
  }

  async spend(digest: string, expiresAt: number, now: number): Promise<boolean> {
    return this.ctx.storage.transactionSync(() => {
      this.#sql.exec('DELETE FROM spent WHERE expires_at <= ?', now)
      const cursor = this.#sql.exec(
        'INSERT OR IGNORE INTO spent (digest, expires_at) VALUES (?, ?)',
        digest,
        expiresAt,
      )
      return cursor.rowsWritten > 0
    })
  }

  /** Nothing about a phone is kept longer than a limit needs it. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll()
    this.#sql.exec(TABLES)
  }

  /** Moves the clean-up to a full window after the latest event. */
  async #sweepLater(now: number): Promise<void> {
    await this.ctx.storage.setAlarm(now + FACTS_MS_MAX)
  }

  #count(name: LimitName, now: number): Verdict {
    const passed = 'DELETE FROM events WHERE name = ? AND at <= ?'
    this.#sql.exec(passed, name, now - windowMsOf(name))
    const verdict = judgeLimit(name, this.#times(name), now)
    if (verdict.allowed) this.#sql.exec('INSERT INTO events (name, at) VALUES (?, ?)', name, now)
    return verdict
  }

  #times(name: LimitName): number[] {
    const rows = this.#sql.exec<{ at: number }>('SELECT at FROM events WHERE name = ?', name)
    return rows.toArray().map((row) => row.at)
  }

  #code(purpose: CodePurpose): IssuedCode | null {
    const rows = this.#sql
      .exec<{ digest: string; expires_at: number; attempts: number }>(
        'SELECT digest, expires_at, attempts FROM codes WHERE purpose = ?',
        purpose,
      )
      .toArray()
    const row = rows[0]
    return row ? { digest: row.digest, expiresAt: row.expires_at, attempts: row.attempts } : null
  }
}

/** The port over the objects of a namespace. */
export function limiterOf(namespace: DurableObjectNamespace<Limiter>): LimiterOf {
  return (key) => namespace.get(namespace.idFromName(key))
}
