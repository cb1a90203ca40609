/**
 * Keeps the best `most` of a stream of products in a binary heap with the worst on top. Of two
 * that rank alike the one with the smaller place is the better: which of them comes first in the
 * stream says nothing.
 */
export class BestKept {
  readonly products: number[] = []
  private readonly ranks: number[] = []
  private readonly most: number
  private readonly placeOf: (product: number) => number

  constructor(most: number, placeOf: (product: number) => number) {
    this.most = most
    this.placeOf = placeOf
  }

  offer(product: number, rank: number): void {
    if (this.products.length < this.most) {
      this.products.push(product)
      this.ranks.push(rank)
      this.rise(this.products.length - 1)
    } else if (this.isWorseThan(0, product, rank)) {
      this.products[0] = product
      this.ranks[0] = rank
      this.sink()
    }
  }

  /** The rank to reach: zero until the list is full. */
  worst(): number {
    return this.products.length < this.most ? 0 : (this.ranks[0] ?? 0)
  }

  /** The products kept, by their places. */
  inOrder(): readonly number[] {
    const places = new Map(this.products.map((product) => [product, this.placeOf(product)]))
    return this.products.toSorted((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0))
  }

  private isWorseThan(at: number, product: number, rank: number): boolean {
    const own = this.ranks[at] ?? 0
    if (own !== rank) return own < rank
    return this.placeOf(this.products[at] ?? 0) > this.placeOf(product)
  }

  private rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isWorseAt(at, parent)) return
      this.swap(at, parent)
      at = parent
    }
  }

  private sink(): void {
    let at = 0
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.products.length && this.isWorseAt(child, least)) least = child
      }
      if (least === at) return
      this.swap(at, least)
      at = least
    }
  }

  private isWorseAt(one: number, other: number): boolean {
    return this.isWorseThan(one, this.products[other] ?? 0, this.ranks[other] ?? 0)
  }

  private swap(one: number, other: number): void {
    const { products, ranks } = this
    const [product = 0, rank = 0] = [products[one], ranks[one]]
    products[one] = products[other] ?? 0
    ranks[one] = ranks[other] ?? 0
    products[other] = product
    ranks[other] = rank
  }
}
