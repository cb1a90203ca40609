/**
 * The shape of a message tree with any words in it: a translation that misses a key does not type.
 */
export type Words<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Words<Tree[Key]>
}

/** Any part of a message tree. */
export type SomeWords<Tree> = {
  readonly [Key in keyof Tree]?: Tree[Key] extends string ? Tree[Key] : SomeWords<Tree[Key]>
}
