import { MARKETS } from '#schema/market'
import { type ClaimOutcome, wallMinuteAt, wallMs } from '../receipts/journey.ts'
import { type PaperPurchase, paperIdentity, paperPurchase } from '../receipts/paper-identity.ts'
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

/** A receipt that was vouched for with fiscal numbers, and what its paper says. */
export type Purchase = Pick<Claim, 'receiptId' | 'ownerMasked'> & {
  readonly paper: string
  readonly till: string
  /** Whether a partner's sale vouched for it, instead of the tax service. */
  readonly bySale: boolean
}

/** `taken`: the same purchase has been credited under another identity. */
export type PurchaseOutcome = Extract<ClaimOutcome, { kind: 'yours' | 'taken' }>

/** Who settles what: a receipt that has been vouched for. */
export type Settler = Pick<Claim, 'receiptId' | 'ownerMasked'>

/** `released`: its claim was given back meanwhile, so that it may take nothing any more. */
export type SettleOutcome = Extract<ClaimOutcome, { kind: 'yours' | 'taken' | 'released' }>

type Holder = { by: string; at: number }

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
    const answered = this.#answered(claim)
    if (answered) return answered
    const holder = first<Holder & { receiptId: string }>(
      this.#sql,
      `SELECT receipt_id AS receiptId, owner_masked AS by, claimed_at AS at
       FROM claims WHERE fingerprint = ?`,
      claim.fingerprint,
    )
    if (holder?.receiptId === claim.receiptId) return { kind: 'yours' }
    const known = holder ?? this.#purchased(claim.fingerprint)
    if (known) return this.#refuse(claim, known)
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

  /** Who brought the fiscal receipt of a purchase that is now claimed by its paper alone. */
  #purchased(fingerprint: string): Holder | null {
    const purchase = paperPurchase(fingerprint)
    if (purchase === null) return null
    const rows = this.#sql.all<Holder & { paper: string }>(
      'SELECT paper, owner_masked AS by, at FROM purchases WHERE paper BETWEEN ? AND ?',
      ...aroundOf(purchase),
    )
    return rows.find(({ paper }) => isSameTotal(paper, purchase)) ?? null
  }

  /**
   * A fiscal receipt has been vouched for: whoever claims the same purchase by its paper comes too
   * late from now on, and whoever has claimed it so keeps it. The same receipt may ask again.
   */
  notePurchase(noted: Purchase, now: number): PurchaseOutcome {
    const { paper, receiptId, ownerMasked, till, bySale } = noted
    const purchase = paperPurchase(paper)
    if (purchase === null) throw new Error(`${paper} says of no paper`)
    return this.#sql.transaction(() => {
      const rows = this.#sql.all<Holder & { fingerprint: string }>(
        `SELECT fingerprint, owner_masked AS by, claimed_at AS at FROM claims
         WHERE fingerprint BETWEEN ? AND ?`,
        ...aroundOf(purchase),
      )
      const holder =
        rows.find(({ fingerprint }) => isSameTotal(fingerprint, purchase)) ??
        this.#misprinted(noted)
      if (holder) return { kind: 'taken', by: holder.by, at: holder.at }
      this.#sql.all(
        `INSERT OR IGNORE INTO purchases (paper, receipt_id, owner_masked, till, by_sale, at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        paper,
        receiptId,
        ownerMasked,
        till,
        bySale ? 1 : 0,
        now,
      )
      return { kind: 'yours' }
    })
  }

  /**
   * The same till, minute and total under other fiscal numbers, when a partner's word is all there
   * is for the one or the other: a wrong number in a feed must not make a purchase two.
   */
  #misprinted({ paper, receiptId, till, bySale }: Purchase): Holder | null {
    return first<Holder>(
      this.#sql,
      `SELECT owner_masked AS by, at FROM purchases
       WHERE paper = ? AND receipt_id <> ? AND till = ? AND (by_sale = 1 OR ?)`,
      paper,
      receiptId,
      till,
      bySale ? 1 : 0,
    )
  }

  /**
   * Notes what else a receipt is called, in the shard of its own claim and before any of it is
   * asked for: a release that comes at any later moment finds it.
   */
  noteIdentities(receiptId: string, others: readonly string[]): SettleOutcome {
    return this.#sql.transaction(() => {
      if (this.#isReleased(receiptId)) return { kind: 'released' }
      this.#sql.all(
        'INSERT OR REPLACE INTO identities (receipt_id, others) VALUES (?, ?)',
        receiptId,
        JSON.stringify(others),
      )
      return { kind: 'yours' }
    })
  }

  /**
   * A receipt has been vouched for under this identity: it is the receipt's for good. Whoever has
   * claimed it without being vouched for loses it, and is told so when somebody vouches for it.
   */
  settle(identity: string, { receiptId, ownerMasked }: Settler, now: number): SettleOutcome {
    return this.#sql.transaction(() => {
      if (this.#isReleased(receiptId)) return { kind: 'released' }
      const holder = first<Holder & { receiptId: string; vouched: number }>(
        this.#sql,
        `SELECT receipt_id AS receiptId, owner_masked AS by, claimed_at AS at, vouched
         FROM claims WHERE fingerprint = ?`,
        identity,
      )
      if (holder?.vouched === 1 && holder.receiptId !== receiptId) {
        return { kind: 'taken', by: holder.by, at: holder.at }
      }
      if (holder?.vouched === 1) return { kind: 'yours' }
      this.#sql.all(
        `INSERT INTO claims (fingerprint, receipt_id, owner_masked, claimed_at, vouched)
         VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (fingerprint) DO UPDATE SET receipt_id = ?2, owner_masked = ?3, vouched = 1`,
        identity,
        receiptId,
        ownerMasked,
        now,
      )
      return { kind: 'yours' }
    })
  }

  #isReleased(receiptId: string): boolean {
    return first(this.#sql, 'SELECT 1 FROM released WHERE receipt_id = ?', receiptId) !== null
  }

  /** What this receipt was told before, or what is known of its contents; null when it is new. */
  #answered({ receiptId, contentKey }: Claim): ClaimOutcome | null {
    if (this.#isReleased(receiptId)) return { kind: 'released' }
    const refusal = first<Holder>(
      this.#sql,
      'SELECT owner_masked AS by, claimed_at AS at FROM refusals WHERE receipt_id = ?',
      receiptId,
    )
    if (refusal) return { kind: 'taken', ...refusal }
    const forgery = first<{ at: number }>(
      this.#sql,
      'SELECT at FROM forgeries WHERE content_key = ?',
      contentKey,
    )
    return forgery && { kind: 'forged', at: forgery.at }
  }

  #refuse(claim: Claim, { by, at }: Holder): ClaimOutcome {
    this.#sql.all(
      'INSERT INTO refusals (receipt_id, owner_masked, claimed_at) VALUES (?, ?, ?)',
      claim.receiptId,
      by,
      at,
    )
    return { kind: 'taken', by, at }
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

  /** Of these receipts, the ones that do not hold their identity: none, in a coherent network. */
  withoutClaim(credited: readonly { id: string; fingerprint: string }[]): string[] {
    return credited
      .filter(({ id, fingerprint }) => this.holderOf(fingerprint) !== id)
      .map(({ id }) => id)
  }

  /**
   * Gives a claim back, once. The receipt is remembered, so that a late claim of its own finds the
   * door shut; `forged` contents are remembered for everybody. Answers what else the receipt was
   * called: that has to be given back in its own shards, with the same call.
   */
  release(
    claim: Pick<Claim, 'fingerprint' | 'receiptId' | 'contentKey'>,
    forged: boolean,
    now: number,
  ): string[] {
    return this.#sql.transaction(() => {
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
      const known = 'SELECT others FROM identities WHERE receipt_id = ?'
      const noted = first<{ others: string }>(this.#sql, known, claim.receiptId)
      // Written by `noteIdentities`; not outside input.
      return noted ? (JSON.parse(noted.others) as string[]) : []
    })
  }
}

/** First and last identity of a shop's purchases about that minute, whatever their total. */
function aroundOf({ taxNumber, minute }: PaperPurchase): [string, string] {
  const at = (minutes: number) => wallMinuteAt(wallMs(minute), minutes * 60_000)
  const first = paperIdentity({
    taxNumber,
    minute: at(-MARKETS.ru.saleMinutesApartMax),
    totalMinor: 0,
  })
  const last = at(MARKETS.ru.saleMinutesApartMax)
  const totalMinor = Number.MAX_SAFE_INTEGER
  return [first, `${paperIdentity({ taxNumber, minute: last, totalMinor })}:`]
}

function isSameTotal(identity: string, { totalMinor }: PaperPurchase): boolean {
  return paperPurchase(identity)?.totalMinor === totalMinor
}
