/** A random id made here, so that a repeated request is recognised as the same one (RFC 9562 v4). */
export function newClientId(): string {
  return crypto.randomUUID()
}

/**
 * The id of a piece of work, kept in localStorage before the first send and reused on every retry until
 * the work is settled. `work` names the work, for example `payout`; other content needs `settle` first.
 */
export function keptClientId(work: string): string {
  const key = `kopilka.id.${work}`
  try {
    const kept = localStorage.getItem(key)
    if (kept) return kept
    const made = newClientId()
    localStorage.setItem(key, made)
    return made
  } catch {
    return newClientId()
  }
}

/** Forgets the kept id once the server has given a definite answer. */
export function settleClientId(work: string) {
  try {
    localStorage.removeItem(`kopilka.id.${work}`)
  } catch {
    // Storage is denied: nothing was kept.
  }
}
