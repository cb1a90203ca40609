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

/** A receipt of a country that numbers one twice, by the moment that both of its codes print. */
export type Moment = Pick<Claim, 'receiptId'> & {
  readonly moment: string
  readonly numbering: string
  /** The seller's; empty where nobody has told it. */
  readonly taxNumber: string
}

/** `others`: vouched for before it, under the other number, and perhaps the same receipt. */
export type MomentOutcome =
  | { readonly kind: 'noted'; readonly others: readonly string[] }
  | { readonly kind: 'released' }

/** Others of one moment that are told at once. */
const OTHERS_MAX = 20

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
    const holder = this.#holder(claim.fingerprint)
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

  #holder(fingerprint: string): (Holder & { receiptId: string; vouched: number }) | null {
    return first(
      this.#sql,
      `SELECT receipt_id AS receiptId, owner_masked AS by, claimed_at AS at, vouched
       FROM claims WHERE fingerprint = ?`,
      fingerprint,
    )
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
      const noted = [...new Set([...this.#others(receiptId), ...others])]
      this.#sql.all(
        'INSERT OR REPLACE INTO identities (receipt_id, others) VALUES (?, ?)',
        receiptId,
        JSON.stringify(noted),
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
      const holder = this.#holder(identity)
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

  /**
   * The print of a vouched-for receipt calls it so too. It is claimed like a code that is scanned:
   * only while nobody holds it, and as long as nobody proves that it is another receipt's.
   */
  claimPrinted(identity: string, { receiptId, ownerMasked }: Settler, now: number): SettleOutcome {
    return this.#sql.transaction(() => {
      if (this.#isReleased(receiptId)) return { kind: 'released' }
      this.#sql.all(
        `INSERT OR IGNORE INTO claims (fingerprint, receipt_id, owner_masked, claimed_at)
         VALUES (?, ?, ?, ?)`,
        identity,
        receiptId,
        ownerMasked,
        now,
      )
      return { kind: 'yours' }
    })
  }

  /**
   * A receipt has been vouched for under one of its country's two numbers. Answers which were
   * before it under the other, of the same minute, total and, perhaps, seller: of any two of them
   * the later one is told of the earlier, however often and in whatever order both ask.
   */
  noteMoment({ moment, receiptId, numbering, taxNumber }: Moment): MomentOutcome {
    return this.#sql.transaction(() => {
      if (this.#isReleased(receiptId)) return { kind: 'released' }
      this.#sql.all(
        `INSERT OR IGNORE INTO moments (moment, receipt_id, numbering, tax_number, ordinal)
         SELECT ?1, ?2, ?3, ?4, coalesce(max(ordinal), 0) + 1 FROM moments WHERE moment = ?1`,
        moment,
        receiptId,
        numbering,
        taxNumber,
      )
      const others = this.#sql.all<{ id: string }>(
        `SELECT other.receipt_id AS id FROM moments AS own
         JOIN moments AS other ON other.moment = own.moment AND other.ordinal < own.ordinal
         WHERE own.moment = ? AND own.receipt_id = ? AND other.numbering <> own.numbering
           AND (own.tax_number = other.tax_number OR own.tax_number = '' OR other.tax_number = '')
         ORDER BY other.ordinal LIMIT ?`,
        moment,
        receiptId,
        OTHERS_MAX,
      )
      return { kind: 'noted', others: others.map(({ id }) => id) }
    })
  }

  #isReleased(receiptId: string): boolean {
    return first(this.#sql, 'SELECT 1 FROM released WHERE receipt_id = ?', receiptId) !== null
  }

  /** What this receipt was told before, or what is known of its contents; null when it is new. */
  #answered({ receiptId, contentKey, fingerprint }: Claim): ClaimOutcome | null {
    if (this.#isReleased(receiptId)) return { kind: 'released' }
    const refusal = first<Holder>(
      this.#sql,
      'SELECT owner_masked AS by, claimed_at AS at FROM refusals WHERE receipt_id = ?',
      receiptId,
    )
    if (refusal) return { kind: 'taken', ...refusal, unproved: this.#isUnproved(fingerprint) }
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
    return { kind: 'taken', by, at, unproved: this.#isUnproved(claim.fingerprint) }
  }

  /** Nobody has vouched for whoever holds it: a person who sees the paper may decide otherwise. */
  #isUnproved(fingerprint: string): boolean {
    return this.#holder(fingerprint)?.vouched === 0
  }

  /** The receipt that holds a fiscal identity, or null. */
  holderOf(fingerprint: string): string | null {
    return this.#holder(fingerprint)?.receiptId ?? null
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
        'DELETE FROM moments WHERE moment = ? AND receipt_id = ?',
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
      return this.#others(claim.receiptId)
    })
  }

  /** What else a receipt is called, and the moment that it is noted under. */
  #others(receiptId: string): string[] {
    const known = 'SELECT others FROM identities WHERE receipt_id = ?'
    const noted = first<{ others: string }>(this.#sql, known, receiptId)
    // Written by `noteIdentities`; not outside input.
    return noted ? (JSON.parse(noted.others) as string[]) : []
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
