import { ApiProblem } from './problem.ts'

/** What SWR repeats by itself: failures of the network or the server, a few times; no refusals. */
export const RETRIES = {
  errorRetryCount: 3,
  shouldRetryOnError: (error: unknown) =>
    !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500,
}
