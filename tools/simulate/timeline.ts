/** The events of a simulation by virtual time; the clock moves only when the next one is taken. */
export class Timeline {
  now: number
  readonly #heap: Entry[] = []
  #count = 0

  constructor(startAt: number) {
    this.now = startAt
  }

  /** Runs `run` at the given moment, or at once when that has passed. */
  at(moment: number, label: string, run: () => void): void {
    this.#count += 1
    const entry = { at: Math.max(moment, this.now), order: this.#count, label, run }
    this.#heap.push(entry)
    this.#rise(this.#heap.length - 1)
  }

  after(delayMs: number, label: string, run: () => void): void {
    this.at(this.now + delayMs, label, run)
  }

  /** Takes the next event and sets the clock; null when nothing will ever happen again. */
  next(): { label: string; run: () => void } | null {
    const [top] = this.#heap
    const last = this.#heap.pop()
    if (!top || !last) return null
    if (this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink(0)
    }
    this.now = top.at
    return top
  }

  #rise(from: number): void {
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfEarlier(index, parent)) return
      index = parent
    }
  }

  #sink(from: number): void {
    let index = from
    for (;;) {
      const left = 2 * index + 1
      const right = left + 1
      const child = this.#isEarlier(right, left) ? right : left
      if (!this.#swapIfEarlier(child, index)) return
      index = child
    }
  }

  #isEarlier(one: number, other: number): boolean {
    const a = this.#heap[one]
    const b = this.#heap[other]
    if (!a || !b) return false
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  #swapIfEarlier(one: number, other: number): boolean {
    if (!this.#isEarlier(one, other)) return false
    const a = this.#heap[one]
    const b = this.#heap[other]
    if (!a || !b) return false
    this.#heap[one] = b
    this.#heap[other] = a
    return true
  }
}

type Entry = { at: number; order: number; label: string; run: () => void }
