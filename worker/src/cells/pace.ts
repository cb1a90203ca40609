/** A lease should last about this long at the present pace. */
const WINDOW_MS = 15_000

type Window = { startedAt: number; spentMinor: number; formerMinor: number; lastAt: number }

/** How fast a cell spends each offer. In memory: after a restart it simply asks for less. */
export class Pace {
  readonly #windows = new Map<string, Window>()

  spent(offerId: string, amountMinor: number, now: number): void {
    const window = this.#roll(offerId, now)
    window.spentMinor += amountMinor
    window.lastAt = now
  }

  /** Kopecks that the last window took: what a lease should hold. */
  want(offerId: string, now: number): number {
    const window = this.#roll(offerId, now)
    return Math.max(window.spentMinor, window.formerMinor)
  }

  /** Whether nothing was spent for a whole window. */
  idle(offerId: string, now: number): boolean {
    const window = this.#windows.get(offerId)
    return window === undefined || now - window.lastAt >= WINDOW_MS
  }

  #roll(offerId: string, now: number): Window {
    let window = this.#windows.get(offerId)
    if (!window) {
      window = { startedAt: now, spentMinor: 0, formerMinor: 0, lastAt: now - WINDOW_MS }
      this.#windows.set(offerId, window)
    }
    const age = now - window.startedAt
    if (age >= WINDOW_MS) {
      window.formerMinor = age >= 2 * WINDOW_MS ? 0 : window.spentMinor
      window.spentMinor = 0
      window.startedAt = now
    }
    return window
  }
}
