import { MASS_STEPS } from './product-index.ts'
import type { VarintReader } from './varint.ts'

/** 2^32 divided by the golden ratio: neighbours among products are spread over the table. */
const SPREAD = 0x9e3779b1

/**
 * Weights of the products that one line reads: an open hash table of a few hundred kilobytes, which
 * stays in the processor's cache where an array over a million products would not.
 */
export class MassTable {
  /** How many products there are. */
  count = 0
  /** Product + 1; zero for nobody. */
  private readonly keys: Uint32Array
  private readonly masses: Float32Array
  /** The least that a product weighs itself, in steps. */
  private readonly floors: Uint8Array
  /** Slots in the order in which their products came. */
  private readonly touched: Uint32Array
  private readonly shift: number

  /** `most` products may be added before `clear`. */
  constructor(most: number) {
    const bits = Math.ceil(Math.log2(most)) + 1
    this.shift = 32 - bits
    this.keys = new Uint32Array(1 << bits)
    this.masses = new Float32Array(1 << bits)
    this.floors = new Uint8Array(1 << bits)
    this.touched = new Uint32Array(1 << bits)
  }

  /** Adds a weight to the next `count` products of a reader. */
  addEach(reader: VarintReader, count: number, mass: number): void {
    const { keys, masses, floors, shift } = this
    const mask = keys.length - 1
    let key = 0
    for (let left = count; left > 0; left -= 1) {
      key += reader.next()
      const floor = reader.byte()
      let slot = Math.imul(key, SPREAD) >>> shift
      while (keys[slot] !== key && keys[slot] !== 0) slot = (slot + 1) & mask
      if (keys[slot] === 0) {
        keys[slot] = key
        masses[slot] = 0
        floors[slot] = floor
        this.touched[this.count] = slot
        this.count += 1
      }
      masses[slot] = (masses[slot] ?? 0) + mass
    }
  }

  massAt(at: number): number {
    return this.masses[this.touched[at] ?? 0] ?? 0
  }

  /** The least that the product weighs itself. */
  floorAt(at: number): number {
    return (this.floors[this.touched[at] ?? 0] ?? 0) / MASS_STEPS
  }

  productAt(at: number): number {
    return (this.keys[this.touched[at] ?? 0] ?? 0) - 1
  }

  clear(): void {
    for (let at = 0; at < this.count; at += 1) this.keys[this.touched[at] ?? 0] = 0
    this.count = 0
  }
}
