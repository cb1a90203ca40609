import type { VarintReader } from './varint.ts'

/** Steps of a unit of weight in which a byte tells how heavy a product is; 255 for more. */
const STEPS = 4
const STEPS_MAX = 0xff

/** The byte for a weight, rounded down. */
export function stepsOfWeight(weight: number): number {
  return Math.min(STEPS_MAX, Math.floor(weight * STEPS))
}

/** The weight that a byte stands for. */
export function weightOfSteps(steps: number): number {
  return steps / STEPS
}

/** How heavy products are: the rarity of their terms, added up. */
export class ProductMass {
  private readonly rarity: Float64Array
  private readonly frequencies: ArrayLike<number>
  private readonly most: number
  /** The product in which a term was last met. */
  private readonly last: Uint32Array
  private product = 0

  /** Terms of more products than `most` lead to none. */
  constructor(frequencies: ArrayLike<number>, products: number, most: number) {
    this.frequencies = frequencies
    this.most = most
    this.last = new Uint32Array(frequencies.length)
    this.rarity = new Float64Array(frequencies.length)
    for (let term = 0; term < frequencies.length; term += 1) {
      this.rarity[term] = Math.log(1 + products / Math.max(1, frequencies[term] ?? 0))
    }
  }

  /** The weight of the product whose terms the reader stands before; reads them. */
  of(reader: VarintReader): number {
    const { rarity, frequencies, last, most } = this
    this.product += 1
    let mass = 0
    for (let left = reader.next(); left > 0; left -= 1) {
      const term = reader.next()
      // A word that the name repeats counts once. One that leads to no product adds to the
      // weight of its product as often as it stands there: the figures were fitted so.
      if (last[term] === this.product && (frequencies[term] ?? 0) <= most) continue
      last[term] = this.product
      mass = Math.fround(mass + (rarity[term] ?? 0))
    }
    return mass
  }
}
