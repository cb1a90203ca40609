import type { PayoutRequest } from '#schema/payout'
import { newClientId } from '../../client-id.ts'

const KEY = 'kopilka.payout'

/**
 * The withdrawal under way on this device: written before it is sent, with the id that makes it the
 * same withdrawal for ever, and kept until the server has given a definite answer. A lost answer is
 * asked for again with the same id, so the money leaves once.
 */
export function pendingPayout(): PayoutRequest | null {
  try {
    const text = localStorage.getItem(KEY)
    return text ? (JSON.parse(text) as PayoutRequest) : null
  } catch {
    return null
  }
}

/** Gives the content an id and keeps both; the same content again keeps its id. */
export function keepPayout(content: Omit<PayoutRequest, 'id'>): PayoutRequest {
  const before = pendingPayout()
  if (before && contentOf(before) === contentOf(content)) return before
  const request = { id: newClientId(), ...content }
  localStorage.setItem(KEY, JSON.stringify(request))
  return request
}

export function settlePayout() {
  localStorage.removeItem(KEY)
}

function contentOf({ amountMinor, destination }: Omit<PayoutRequest, 'id'>): string {
  return JSON.stringify([amountMinor, Object.entries(destination).sort()])
}
