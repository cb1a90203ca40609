import type { Identity } from './actor.ts'

/** Sessions remembered by one isolate; the oldest give way. */
const SESSIONS_MAX = 20_000

/** How long a hot shopper's route may believe what it read before; nothing about money out does. */
export const SESSION_AGE_MS_MAX = 10_000

type Remembered = { readonly identity: Identity; readonly atMs: number }

/**
 * Sessions that were read lately, by what the browser sent. A submission should not cost four
 * queries when the same phone asked a second ago. A session that ends elsewhere is believed for at
 * most the age that the route allows; one that ends here is forgotten at once.
 */
export class SessionMemory {
  readonly #known = new Map<string, Remembered>()

  recall(key: string, ageMsMax: number, nowMs: number): Identity | null {
    const found = this.#known.get(key)
    return found && nowMs - found.atMs <= ageMsMax ? found.identity : null
  }

  keep(key: string, identity: Identity, nowMs: number): void {
    const oldest = this.#known.keys().next().value
    if (this.#known.size >= SESSIONS_MAX && oldest !== undefined) this.#known.delete(oldest)
    this.#known.delete(key)
    this.#known.set(key, { identity, atMs: nowMs })
  }

  /** Forgets every session of the person: something about their account may have changed. */
  forget(key: string): void {
    const userId = this.#known.get(key)?.identity.userId
    this.#known.delete(key)
    if (userId === undefined) return
    for (const [other, { identity }] of this.#known) {
      if (identity.userId === userId) this.#known.delete(other)
    }
  }
}
