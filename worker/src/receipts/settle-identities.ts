import type { SettleOutcome, Settler } from '../cells/directory.ts'

/** A shard of the directory, as whoever settles a receipt reaches it. Each call may be repeated. */
export type IdentityShard = {
  noteIdentities(receiptId: string, others: readonly string[]): Promise<SettleOutcome>
  settle(identity: string, settler: Settler): Promise<SettleOutcome>
  claimPrinted(identity: string, settler: Settler): Promise<SettleOutcome>
}

/** What a vouched-for receipt is called. */
export type Names = {
  /** What whoever vouches for it vouches for, the claimed one first. */
  readonly proved: readonly string[]
  /** What its print says besides, which anybody may have drawn: it takes nothing from anybody. */
  readonly printed?: readonly string[]
  /** What else the receipt will be noted under, for its release. */
  readonly elsewhere?: readonly string[]
}

/**
 * Makes every known identity of a vouched-for receipt its own, before it is judged: of two receipts
 * that share one of them at most one is ever credited, whichever was scanned, vouched for or
 * crashed first. All ask in the same order, so that whoever gets the first one that they share is
 * met by nobody at the next.
 */
export async function settleIdentities(
  settler: Settler,
  { proved, printed = [], elsewhere = [] }: Names,
  shardFor: (identity: string) => IdentityShard,
): Promise<SettleOutcome> {
  const [own, ...rest] = proved
  if (own === undefined) throw new Error(`${settler.receiptId} has no identity`)
  const others = [...rest, ...printed, ...elsewhere]
  if (others.length > 0) {
    const noted = await shardFor(own).noteIdentities(settler.receiptId, others)
    if (noted.kind !== 'yours') return noted
  }
  for (const identity of [...new Set(proved)].sort()) {
    const outcome = await shardFor(identity).settle(identity, settler)
    if (outcome.kind !== 'yours') return outcome
  }
  for (const identity of printed) {
    const outcome = await shardFor(identity).claimPrinted(identity, settler)
    if (outcome.kind !== 'yours') return outcome
  }
  return { kind: 'yours' }
}
