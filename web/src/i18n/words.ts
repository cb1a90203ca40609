/** The shape of a message tree with any words in it: a translation that misses a key does not type. */
export type Words<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Words<Tree[Key]>
}
