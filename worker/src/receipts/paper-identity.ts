/**
 * The identity of a purchase by what its paper says, for receipts without fiscal numbers. Two shops
 * of one chain may share it, so whoever vouches for one has to make sure that it is the only one.
 */
export type PaperPurchase = {
  readonly taxNumber: string
  /** Wall-clock minute at the place of sale: `2026-11-21T18:42`. */
  readonly minute: string
  readonly totalMinor: number
}

export function paperIdentity({ taxNumber, minute, totalMinor }: PaperPurchase): string {
  return `paper:${taxNumber}:${minute}:${totalMinor}`
}

const PAPER = /^paper:(\d+):(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}):(\d+)$/

/** What a paper identity says; null for every other identity. */
export function paperPurchase(identity: string): PaperPurchase | null {
  const [, taxNumber, minute, total] = PAPER.exec(identity) ?? []
  if (taxNumber === undefined || minute === undefined) return null
  return { taxNumber, minute, totalMinor: Number(total) }
}

/**
 * What shards of the directory are chosen by: a purchase lies beside its neighbours in time,
 * because the clock of a shop's own system may differ from its till's.
 */
export function shardKeyOf(identity: string): string {
  const purchase = paperPurchase(identity)
  return purchase ? `${purchase.taxNumber}:${purchase.totalMinor}` : identity
}
