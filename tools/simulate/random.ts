/**
 * All chance of a simulation comes out of one seed (splitmix32 over a counter), so that a failing
 * seed fails again, step by step.
 */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 32 random bits. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }

  /** An integer in [from, to]. */
  int(from: number, to: number): number {
    return from + (this.bits() % (to - from + 1))
  }

  /** True once in a while: `share` of the calls. */
  chance(share: number): boolean {
    return this.bits() < share * 4_294_967_296
  }

  /** One of the items; throws when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.bits() % items.length]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** One of the items, as often as its weight says. */
  weighted<Item>(choices: readonly (readonly [weight: number, item: Item])[]): Item {
    let rest = this.int(
      1,
      choices.reduce((sum, [weight]) => sum + weight, 0),
    )
    for (const [weight, item] of choices) {
      rest -= weight
      if (rest <= 0) return item
    }
    throw new RangeError('nothing to choose from')
  }

  /** A version 4 UUID. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.bits().toString(16).padStart(8, '0')).join('')
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
    return `${parts.join('-')}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}
