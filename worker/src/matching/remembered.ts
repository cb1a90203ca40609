/**
 * Answers remembered for a while, in two generations: when the young one is full it becomes the
 * old one, and what nobody has asked for since is gone. Holds at most twice `most` answers.
 */
export class Remembered<Key, Value> {
  private readonly most: number
  private young = new Map<Key, Value>()
  private old = new Map<Key, Value>()

  constructor(most: number) {
    this.most = most
  }

  get(key: Key): Value | undefined {
    const known = this.young.get(key)
    if (known !== undefined) return known
    const older = this.old.get(key)
    if (older !== undefined) this.set(key, older)
    return older
  }

  set(key: Key, value: Value): void {
    if (this.young.size >= this.most) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(key, value)
  }
}
