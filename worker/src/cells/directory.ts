import type { ClaimOutcome } from '../receipts/journey.ts'
import { first, type SqlStore } from './sql-store.ts'

/**
 * The directory as a state machine: a fiscal identity belongs to one claim, network-wide. A claim
 * is never freed by time, only by the cell that holds it, after that cell has made sure that the
 * receipt can never be credited.
 */
export type Claim = {
  readonly fingerprint: string
  readonly receiptId: string
  /** Shown to a second claimant: masked. */
  readonly ownerMasked: string
  /** Exact contents of the scan: known forgeries are never asked about again. */
  readonly contentKey: string
}

export class Directory {
  readonly #sql: SqlStore

  constructor(sql: SqlStore) {
    this.#sql = sql
  }

  /** Insert or ignore; the same receipt gets the same answer however often it asks. */
  claimMany(claims: readonly Claim[], now: number): ClaimOutcome[] {
    return this.#sql.transaction(() => claims.map((claim) => this.#claim(claim, now)))
  }

  #claim(claim: Claim, now: number): ClaimOutcome {
    if (this.#has('SELECT 1 AS one FROM released WHERE receipt_id = ?', claim.receiptId)) {
      return { kind: 'released' }
    }
    const forgery = first<{ at: number }>(
      this.#sql,
      'SELECT at FROM forgeries WHERE content_key = ?',
      claim.contentKey,
    )
    if (forgery) return { kind: 'forged', at: forgery.at }
    const holder = first<{ receiptId: string; by: string; at: number }>(
      this.#sql,
      `SELECT receipt_id AS receiptId, owner_masked AS by, claimed_at AS at
       FROM claims WHERE fingerprint = ?`,
      claim.fingerprint,
    )
    if (holder) {
      if (holder.receiptId === claim.receiptId) return { kind: 'yours' }
      return { kind: 'taken', at: holder.at, by: holder.by }
    }
    this.#sql.all(
      `INSERT INTO claims (fingerprint, receipt_id, owner_masked, claimed_at)
       VALUES (?, ?, ?, ?)`,
      claim.fingerprint,
      claim.receiptId,
      claim.ownerMasked,
      now,
    )
    return { kind: 'yours' }
  }

  /** The receipt that holds a fiscal identity, or null. */
  holderOf(fingerprint: string): string | null {
    const row = first<{ receiptId: string }>(
      this.#sql,
      'SELECT receipt_id AS receiptId FROM claims WHERE fingerprint = ?',
      fingerprint,
    )
    return row?.receiptId ?? null
  }

  /**
   * Gives a claim back, once. The receipt is remembered, so that a late claim of its own finds the
   * door shut; `forged` contents are remembered for everybody.
   */
  release(
    claim: Pick<Claim, 'fingerprint' | 'receiptId' | 'contentKey'>,
    forged: boolean,
    now: number,
  ): void {
    this.#sql.transaction(() => {
      this.#sql.all(
        'DELETE FROM claims WHERE fingerprint = ? AND receipt_id = ?',
        claim.fingerprint,
        claim.receiptId,
      )
      this.#sql.all(
        'INSERT OR IGNORE INTO released (receipt_id, at) VALUES (?, ?)',
        claim.receiptId,
        now,
      )
      if (forged) {
        this.#sql.all(
          'INSERT OR IGNORE INTO forgeries (content_key, at) VALUES (?, ?)',
          claim.contentKey,
          now,
        )
      }
    })
  }

  #has(query: string, value: string): boolean {
    return first(this.#sql, query, value) !== null
  }
}
