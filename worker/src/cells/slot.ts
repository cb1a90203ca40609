/** Slots map wallets to cells; the map from slots to cells is data and may change, a slot never. */
export const SLOTS = 4096

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** The slot of a wallet: FNV-1a (32 bit) of its id, modulo the number of slots. */
export function slotOf(walletId: string): number {
  let hash = FNV_OFFSET
  for (const byte of new TextEncoder().encode(walletId)) {
    hash = Math.imul(hash ^ byte, FNV_PRIME) >>> 0
  }
  return hash % SLOTS
}
