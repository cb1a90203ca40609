import type { AuthorityAnswer } from './authority.ts'

/** How the tax service is doing, for the operator. */
export type AuthorityHealth = {
  state: 'ok' | 'quota' | 'down'
  /** Milliseconds; null before the first answer. */
  since: number | null
  nextTryAt: number | null
  lastError: string | null
}

type HealthNote = Pick<AuthorityHealth, 'state' | 'lastError' | 'nextTryAt'>

/**
 * What an answer says about the service; null when it says nothing new. An answer that only this
 * question is refused (`sparingly`) is an answer: the service is not down.
 */
export function noteFrom(
  answer: AuthorityAnswer,
  known: AuthorityHealth,
  now: number,
): HealthNote | null {
  if (answer.kind === 'quota') {
    const nextTryAt = now + answer.retryAfterMs
    return { state: 'quota', lastError: answer.detail, nextTryAt }
  }
  if (answer.kind === 'unavailable') {
    return answer.sparingly ? null : { state: 'down', lastError: answer.detail, nextTryAt: null }
  }
  return known.state === 'ok' ? null : { state: 'ok', lastError: null, nextTryAt: null }
}

/**
 * The health after a note. While a quota is used up, a late failure of somebody's question does not
 * open the door again: every question asked meanwhile would count.
 */
export function healthAfter(
  former: AuthorityHealth,
  note: HealthNote,
  now: number,
): AuthorityHealth {
  const pauses = former.state === 'quota' && (former.nextTryAt ?? 0) > now
  if (pauses && note.state === 'down') return former
  if (former.state === note.state && former.nextTryAt === note.nextTryAt) return former
  return { ...note, since: former.state === note.state ? former.since : now }
}
