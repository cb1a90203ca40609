import { weightOfSteps } from './product-mass.ts'
import type { VarintReader } from './varint.ts'

/** 2^32 divided by the golden ratio: neighbours among products are spread over the table. */
const SPREAD = 0x9e3779b1

/**
 * Weights of the products that one line reads, in the order in which they came, found by an open
 * hash table. All of it is some hundred kilobytes, which stay in the processor's cache where an
 * array over a million products would not.
 */
export class MassTable {
  /** How many products there are. */
  count = 0
  /** Place of a product in the arrays below + 1; zero for nobody. */
  private readonly slots: Uint16Array
  /** Product + 1. */
  private readonly keys: Uint32Array
  private readonly masses: Float32Array
  /** The least that a product weighs itself, in steps. */
  private readonly floors: Uint8Array
  private readonly shift: number

  /** `most` products, fewer than 2^16, may be added before `clear`. */
  constructor(most: number) {
    const bits = Math.ceil(Math.log2(most)) + 1
    this.shift = 32 - bits
    this.slots = new Uint16Array(1 << bits)
    this.keys = new Uint32Array(most)
    this.masses = new Float32Array(most)
    this.floors = new Uint8Array(most)
  }

  /** Adds a weight to the next `count` products of a reader. */
  addEach(reader: VarintReader, count: number, mass: number): void {
    let key = 0
    for (let left = count; left > 0; left -= 1) {
      key += reader.next()
      this.put(key, reader.byte(), mass)
    }
  }

  /** Adds a weight to a product of which nothing is known. */
  add(product: number, mass: number): void {
    this.put(product + 1, 0, mass)
  }

  massAt(at: number): number {
    return this.masses[at] ?? 0
  }

  /** The least that the product weighs itself. */
  floorAt(at: number): number {
    return weightOfSteps(this.floors[at] ?? 0)
  }

  productAt(at: number): number {
    return (this.keys[at] ?? 0) - 1
  }

  clear(): void {
    if (this.count > 0) this.slots.fill(0)
    this.count = 0
  }

  private put(key: number, floor: number, mass: number): void {
    const { slots, keys, masses, floors, shift } = this
    const mask = slots.length - 1
    let slot = Math.imul(key, SPREAD) >>> shift
    let place = slots[slot] ?? 0
    while (place !== 0 && keys[place - 1] !== key) {
      slot = (slot + 1) & mask
      place = slots[slot] ?? 0
    }
    if (place !== 0) {
      masses[place - 1] = (masses[place - 1] ?? 0) + mass
      return
    }
    keys[this.count] = key
    masses[this.count] = mass
    floors[this.count] = floor
    this.count += 1
    slots[slot] = this.count
  }
}
