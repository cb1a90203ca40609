import type { Database } from '../members/database.ts'
import { maskPhone } from '../members/phone.ts'

/**
 * How the owner of a wallet is named to somebody else: the masked phone, or a few neutral words.
 */
export async function ownerMasked(db: Database, walletId: string): Promise<string> {
  const row = await db
    .prepare(
      `SELECT users.phone FROM wallet_members JOIN users ON users.id = wallet_members.user_id
       WHERE wallet_members.wallet_id = ? ORDER BY wallet_members.joined_at LIMIT 1`,
    )
    .bind(walletId)
    .first<{ phone: string | null }>()
  return row?.phone ? maskPhone(row.phone) : 'another shopper'
}

/** Names kept in memory by one cell; the oldest give way. */
const OWNERS_MAX = 10_000

/** `ownerMasked` with a memory: a claim should not cost a query, and a mask hardly ever changes. */
export function rememberOwners(db: Database): (walletId: string) => Promise<string> {
  const known = new Map<string, string>()
  return async function ownerOf(walletId) {
    const remembered = known.get(walletId)
    if (remembered !== undefined) return remembered
    const masked = await ownerMasked(db, walletId)
    const oldest = known.keys().next().value
    if (known.size >= OWNERS_MAX && oldest !== undefined) known.delete(oldest)
    known.set(walletId, masked)
    return masked
  }
}
