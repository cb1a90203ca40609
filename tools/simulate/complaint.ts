import type { INVARIANTS } from '#schema/operator'

type Invariant = (typeof INVARIANTS)[number]

/** Says that a promise is broken: which, where, and what was seen. */
export type Complain = (invariant: Invariant, where: string, what: string) => void
