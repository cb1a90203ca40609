import { DurableObject } from 'cloudflare:workers'
import type { ClaimOutcome } from '../receipts/journey.ts'
import {
  type Claim,
  Directory,
  type Moment,
  type MomentOutcome,
  type Purchase,
  type PurchaseOutcome,
  type SettleOutcome,
  type Settler,
} from './directory.ts'
import { DIRECTORY_MIGRATIONS } from './migrations.object.ts'
import { objectSqlStore } from './sql-store.object.ts'
import { migrate } from './sql-store.ts'

/** One shard of the directory; which fingerprints it holds is `shardOf`. */
export class DirectoryObject extends DurableObject {
  readonly #directory: Directory

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    const sql = objectSqlStore(ctx.storage)
    migrate(sql, DIRECTORY_MIGRATIONS)
    this.#directory = new Directory(sql)
  }

  async claimMany(claims: readonly Claim[]): Promise<ClaimOutcome[]> {
    return this.#directory.claimMany(claims, Date.now())
  }

  async notePurchase(purchase: Purchase): Promise<PurchaseOutcome> {
    return this.#directory.notePurchase(purchase, Date.now())
  }

  async noteIdentities(receiptId: string, others: readonly string[]): Promise<SettleOutcome> {
    return this.#directory.noteIdentities(receiptId, others)
  }

  async settle(identity: string, settler: Settler): Promise<SettleOutcome> {
    return this.#directory.settle(identity, settler, Date.now())
  }

  async claimPrinted(identity: string, settler: Settler): Promise<SettleOutcome> {
    return this.#directory.claimPrinted(identity, settler, Date.now())
  }

  async noteMoment(moment: Moment): Promise<MomentOutcome> {
    return this.#directory.noteMoment(moment)
  }

  async holderOf(fingerprint: string): Promise<string | null> {
    return this.#directory.holderOf(fingerprint)
  }

  async withoutClaim(credited: readonly { id: string; fingerprint: string }[]): Promise<string[]> {
    return this.#directory.withoutClaim(credited)
  }

  async release(claim: Omit<Claim, 'ownerMasked'>, forged: boolean): Promise<string[]> {
    return this.#directory.release(claim, forged, Date.now())
  }
}
