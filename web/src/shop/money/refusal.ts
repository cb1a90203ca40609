import type { ApiProblem } from '../../problem.ts'

/**
 * What a refused withdrawal means: a gate to pass first, an answer that does not say whether the
 * money was taken (the same id is asked again), or a definite no (the id is forgotten).
 */
export type RefusalKind = 'adult' | 'code' | 'unknown' | 'final'

/** Codes of the server that say for certain that nothing was taken, although the status is 5xx. */
const CERTAIN = ['payouts_frozen']

export function refusalKind(problem: Pick<ApiProblem, 'code' | 'status'>): RefusalKind {
  if (problem.code === 'adult_confirmation_needed') return 'adult'
  if (problem.code === 'reauthentication_needed') return 'code'
  if (CERTAIN.includes(problem.code)) return 'final'
  const unclear = problem.status === 0 || problem.status >= 500 || problem.code === 'unreadable'
  return unclear ? 'unknown' : 'final'
}
