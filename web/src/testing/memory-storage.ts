/** A browser's storage for tests outside a browser. */
export class MemoryStorage implements Storage {
  [name: string]: unknown
  readonly #values = new Map<string, string>()

  get length(): number {
    return this.#values.size
  }
  clear() {
    this.#values.clear()
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null
  }
  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null
  }
  removeItem(key: string) {
    this.#values.delete(key)
  }
  setItem(key: string, value: string) {
    this.#values.set(key, String(value))
  }
  toJSON() {
    return Object.fromEntries(this.#values)
  }
}
