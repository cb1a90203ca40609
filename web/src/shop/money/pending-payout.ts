import type { PayoutDestination, PayoutRequest } from '#schema/payout'
import { newClientId } from '../../client-id.ts'

const KEY = 'kopilka.payout'

/** A withdrawal without a definite answer; the destination is null where only its tab knows it. */
export type LostPayout = Omit<PayoutRequest, 'destination'> & {
  destination: PayoutDestination | null
}

type Kept = { walletId: string; request: LostPayout }

/**
 * The withdrawal under way from this wallet: written before it is sent, with the id that makes it
 * the same withdrawal for ever, and kept until the server has given a definite answer. A lost
 * answer is asked for again with the same id, so the money leaves once. Another wallet's is never
 * answered: its repeat would pay a stranger.
 */
export function pendingPayout(walletId: string): LostPayout | null {
  for (const storage of STORAGES) {
    const kept = read(storage)
    if (kept?.walletId === walletId) return kept.request
  }
  return null
}

/** Gives the content an id and keeps both; the same content again keeps its id. */
export function keepPayout(walletId: string, content: Omit<PayoutRequest, 'id'>): PayoutRequest {
  const before = pendingPayout(walletId)
  const same = before !== null && contentOf(before) === contentOf(content)
  const request = { id: same ? before.id : newClientId(), ...content }
  sessionStorage.setItem(KEY, JSON.stringify({ walletId, request } satisfies Kept))
  const destination = isForDevice(content.destination) ? content.destination : null
  const shared: Kept = { walletId, request: { ...request, destination } }
  localStorage.setItem(KEY, JSON.stringify(shared))
  return request
}

export function settlePayout() {
  for (const storage of STORAGES) storage().removeItem(KEY)
}

/** Of this tab first: it knows the whole request. */
const STORAGES = [() => sessionStorage, () => localStorage]

/** Numbers of cards and purses stay in the tab; the device keeps what everybody's contacts hold. */
function isForDevice({ code }: PayoutDestination): boolean {
  return code === 'sbp'
}

function read(storage: () => Storage): Kept | null {
  try {
    const text = storage().getItem(KEY)
    return text ? (JSON.parse(text) as Kept) : null
  } catch {
    return null
  }
}

function contentOf({ amountMinor, destination }: Omit<LostPayout, 'id'>): string {
  return JSON.stringify([amountMinor, Object.entries(destination ?? {}).sort()])
}
