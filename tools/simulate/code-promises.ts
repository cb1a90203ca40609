import type { ReceiptRow } from '#worker/cells/receipt-row'
import type { Paper } from './code-papers.ts'

/** What the stories of codes promise, and how a story has ended. */

export type Told = {
  readonly papers: readonly Paper[]
  readonly paper: (row: ReceiptRow) => Paper
  readonly receiptsOf: (paper: Paper) => readonly ReceiptRow[]
  /** The receipt that somebody has vouched for under a number; null for nobody's. */
  readonly vouchedHolder: (identity: string) => ReceiptRow | null
  /** Id of the receipt that has claimed a number. */
  readonly holder: (identity: string) => string | null
  /** Whether the operator lets a bare code pay. */
  readonly isBareCodePaid: boolean
}

export const isPaid = ({ state }: ReceiptRow) => state === 'credited'

/** What must hold at every moment; what was paid stays, so that one look at the end sees it. */
export function brokenPromise(told: Told): string | null {
  for (const paper of told.papers) {
    const paid = told.receiptsOf(paper).filter(isPaid)
    const name = `the paper of ${paper.owner}`
    if (paid.length > 1) return `I4 at directory: ${name} is paid ${paid.length} times`
    for (const identity of paper.identities) {
      const holder = told.vouchedHolder(identity)
      if (holder !== null && told.paper(holder) !== paper) {
        return `a number of ${name} is ${holder.id} for good`
      }
    }
    for (const row of paid) {
      const why = wronglyPaid(row, paper, told.isBareCodePaid)
      if (why !== null) return `${name} is paid ${why}`
    }
  }
  return null
}

function wronglyPaid(
  { judged, timeline, walletId }: ReceiptRow,
  { totalMinor, feeds, owner }: Paper,
  isBareCodePaid: boolean,
): string | null {
  const isReviewed = timeline.some(({ step }) => step === 'reviewed')
  if (judged?.document.totalMinor !== totalMinor) return 'by a document that contradicts its code'
  if (isBareCodePaid || feeds === 1) return null
  if (!isReviewed) return `by ${feeds} feeds and nobody else`
  return walletId === owner ? null : `to ${walletId} by a picture`
}

/** What must hold once everybody was heard. */
export function unfinished({ papers, receiptsOf, holder }: Told): string | null {
  for (const paper of papers) {
    const [paid, ...more] = receiptsOf(paper).filter(isPaid)
    if (!paid || more.length > 0) return `the paper of ${paper.owner} is paid to nobody`
    const lost = receiptsOf(paper).find(
      ({ state, fingerprint }) => state === 'awaiting_authority' && holder(fingerprint) === paid.id,
    )
    if (lost) return `${lost.id} waits for a code that is another's`
  }
  return null
}
