/** Something that keeps an offer from being saved or published: where, and which rule says so. */
export interface DraftProblem {
  path: string
  code: string
}

/** The clauses of the sentence, in its order, with the fields that each speaks of. */
const CLAUSES = {
  reward: ['rule.reward'],
  target: ['rule.target'],
  where: ['rule.retailers', 'rule.withoutLines'],
  minimum: ['rule.minimum'],
  when: ['rule.startsAt', 'rule.endsAt', 'rule.submissionDays', 'rule.timeZone'],
  caps: ['rule.caps'],
  payout: ['rule.activation', 'rule.holdDays'],
  budget: ['budgetMinor'],
  names: ['title'],
  legal: ['legal'],
} as const

export type Clause = keyof typeof CLAUSES

const ALL = Object.keys(CLAUSES) as Clause[]

/** The clause that a path belongs to; a path nobody knows belongs to the law, the last one. */
export function clauseOf(path: string): Clause {
  const inside = (prefix: string) => path === prefix || path.startsWith(`${prefix}.`)
  return ALL.find((clause) => CLAUSES[clause].some(inside)) ?? 'legal'
}

/** One problem a path: what the form says goes before what the server says. */
export function mergeProblems(
  ...lists: readonly (readonly DraftProblem[])[]
): readonly DraftProblem[] {
  const byPath = new Map<string, DraftProblem>()
  for (const problem of lists.flat()) {
    if (!byPath.has(problem.path)) byPath.set(problem.path, problem)
  }
  return [...byPath.values()]
}
