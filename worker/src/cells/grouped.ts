/**
 * Gathers the calls of a few milliseconds and runs them in one synchronous turn, which the storage
 * commits once. Each caller gets its own result or error.
 */
export class Grouped {
  readonly #windowMs: number
  readonly #most: number
  #waiting: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(windowMs: number, most: number) {
    this.#windowMs = windowMs
    this.#most = most
  }

  run<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(work())
        } catch (cause) {
          reject(cause)
        }
      })
      if (this.#waiting.length >= this.#most) this.#flush()
      else this.#timer ??= setTimeout(() => this.#flush(), this.#windowMs)
    })
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const waiting = this.#waiting
    this.#waiting = []
    for (const work of waiting) work()
  }
}
