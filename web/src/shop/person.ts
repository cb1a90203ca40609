import { askAbout, MARKET_KEY } from '../api.ts'
import { settlePayout } from './money/pending-payout.ts'

const KEY = 'kopilka.person'

/**
 * The shopper whom this device serves: the last who signed in, also after the session has expired.
 * Null before the first sign-in and after a sign-out.
 */
export function personHere(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/**
 * Notes who has signed in. What another person left here is forgotten first; answers true when
 * there was another, whose answers an open page may still hold.
 */
export async function personCame(userId: string): Promise<boolean> {
  const before = personHere()
  if (before === userId) return false
  if (before !== null) await forgetPerson()
  try {
    localStorage.setItem(KEY, userId)
  } catch {
    // Storage is denied: then nothing of anybody is kept either.
  }
  return before !== null
}

/**
 * Forgets the person: answers kept for offline reading, a withdrawal under way. Scans that wait are
 * kept with their owner's name on them: they are money, and nobody else sees or sends them.
 */
export async function forgetPerson() {
  try {
    settlePayout()
    localStorage.removeItem(KEY)
    localStorage.removeItem(MARKET_KEY)
    askAbout(null)
  } catch {
    // Storage is denied: nothing was kept.
  }
  await forgetAnswers()
}

/** Drops the answers kept for offline reading. */
export async function forgetAnswers() {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith('api')).map((name) => caches.delete(name)),
  )
}
