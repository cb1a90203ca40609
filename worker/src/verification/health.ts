/** How the tax service is doing, for the operator. */
export type AuthorityHealth = {
  state: 'ok' | 'quota' | 'down'
  /** Milliseconds; null before the first answer. */
  since: number | null
  nextTryAt: number | null
  lastError: string | null
}
