import type { SettleOutcome, Settler } from '../cells/directory.ts'

/** A shard of the directory, as whoever settles a receipt reaches it. Each call may be repeated. */
export type IdentityShard = {
  noteIdentities(receiptId: string, others: readonly string[]): Promise<SettleOutcome>
  settle(identity: string, settler: Settler): Promise<SettleOutcome>
}

/**
 * Makes every known identity of a vouched-for receipt its own, before it is judged: of two receipts
 * that share one of them at most one is ever credited, whichever was scanned, vouched for or
 * crashed first. All ask in the same order, so that whoever gets the first one that they share is
 * met by nobody at the next. `identities`: the claimed one first. `elsewhere`: what else the
 * receipt will be noted under, for its release.
 */
export async function settleIdentities(
  settler: Settler,
  identities: readonly string[],
  shardFor: (identity: string) => IdentityShard,
  elsewhere: readonly string[] = [],
): Promise<SettleOutcome> {
  const [own, ...rest] = identities
  if (own === undefined) throw new Error(`${settler.receiptId} has no identity`)
  const others = [...rest, ...elsewhere]
  if (others.length > 0) {
    const noted = await shardFor(own).noteIdentities(settler.receiptId, others)
    if (noted.kind !== 'yours') return noted
  }
  for (const identity of [...new Set(identities)].sort()) {
    const outcome = await shardFor(identity).settle(identity, settler)
    if (outcome.kind !== 'yours') return outcome
  }
  return { kind: 'yours' }
}
