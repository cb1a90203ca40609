/** Keeps the best `most` of a stream of products in a binary heap with the worst on top. */
export class BestKept {
  readonly products: number[] = []
  private readonly ranks: number[] = []
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  offer(product: number, rank: number): void {
    if (this.products.length < this.most) {
      this.products.push(product)
      this.ranks.push(rank)
      this.rise(this.products.length - 1)
    } else if (rank > (this.ranks[0] ?? 0)) {
      this.products[0] = product
      this.ranks[0] = rank
      this.sink()
    }
  }

  /** The rank to beat: zero until the list is full. */
  worst(): number {
    return this.products.length < this.most ? 0 : (this.ranks[0] ?? 0)
  }

  private rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((this.ranks[parent] ?? 0) <= (this.ranks[at] ?? 0)) return
      this.swap(at, parent)
      at = parent
    }
  }

  private sink(): void {
    let at = 0
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const rank = this.ranks[child]
        if (rank !== undefined && rank < (this.ranks[least] ?? 0)) least = child
      }
      if (least === at) return
      this.swap(at, least)
      at = least
    }
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
