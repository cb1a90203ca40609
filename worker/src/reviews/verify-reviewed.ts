import type { ReviewCollision } from '#schema/review'
import type { PaperMark } from '../cells/cell-papers.ts'
import type { AuthorityResult } from '../cells/cell-receipts.ts'
import type { ReviewedJob } from '../cells/cell-reviewed-receipts.ts'
import type { Vouched } from '../cells/cell-rivals.ts'
import type { SettleOutcome } from '../cells/directory.ts'
import type { Names } from '../receipts/settle-identities.ts'

/** What one decided case asks for: its cell, and every cell of the network. */
export type ReviewedPorts = {
  /** Null when the receipt waits for it no more. */
  readonly job: () => Promise<ReviewedJob | null>
  /** Makes what a code is called the receipt's own, as whoever else vouches for one does. */
  readonly settle: (names: Names) => Promise<SettleOutcome>
  /** Closes what has claimed it before in any cell without being vouched for. */
  readonly closeRivals: (vouched: Omit<Vouched, 'receiptId'>) => Promise<void>
  /** Marks the paper in every cell; answers what they have judged that looks like it. */
  readonly markEverywhere: (mark: PaperMark) => Promise<ReviewCollision[]>
  readonly answer: (result: AuthorityResult) => Promise<void>
}

/**
 * The reviewer's word in the place of the authority's. The paper is marked in every cell before it
 * is judged: a scan of the same purchase is judged either before the mark, and is met here, or
 * after it, and meets the mark. Repeats are harmless.
 */
export async function verifyReviewed(ports: ReviewedPorts): Promise<void> {
  const job = await ports.job()
  if (job === null) return
  const { mark, evidence, till, names } = job
  const settled = names && (await ports.settle(names))
  // Closed meanwhile: nobody waits for an answer.
  if (settled?.kind === 'released') return
  if (settled?.kind === 'taken') return ports.answer(settled)
  if (names) {
    await ports.closeRivals({ identities: names.proved, document: evidence.document })
  }
  const like = mark === null ? [] : await ports.markEverywhere(mark)
  const met =
    like.find(({ isSameWallet }) => isSameWallet) ??
    like.find(({ receiptId }) => !mark?.distinctFrom.includes(receiptId))
  if (met === undefined) await ports.answer({ kind: 'authentic', evidence, till, by: 'person' })
  else {
    const { receiptId, isSameWallet } = met
    await ports.answer({ kind: 'collides', receiptId, isSameWallet })
  }
}
