/** Who waits for a receipt or payout to change. In memory: a lost waiter simply asks again. */
export class Changes {
  readonly #waiting = new Map<string, Set<() => void>>()

  announce(id: string): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    // After the present turn: what changed is then committed with it.
    queueMicrotask(() => {
      for (const wake of waiting) wake()
    })
  }

  /** Resolves at the next change of `id`, or after `waitMs`. */
  next(id: string, waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set()
      this.#waiting.set(id, waiting)
      const wake = () => {
        clearTimeout(timer)
        waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, waitMs)
      waiting.add(wake)
    })
  }
}
