import type { Visitor } from './stage.ts'

let latest: Promise<unknown> = Promise.resolve()

/**
 * One journey at a time sits at the queue of cases, and leaves it: the page takes the first case by
 * itself, and a case that the same person takes on a second screen is decided on neither as it was.
 */
export function atReviewDesk({ page }: Visitor, work: () => Promise<void>): Promise<void> {
  const turn = latest.then(async () => {
    await page.goto('/operator/review')
    await work()
    await page.goto('/operator')
  })
  latest = turn.catch(() => page.goto('about:blank').catch(() => undefined))
  return turn
}
