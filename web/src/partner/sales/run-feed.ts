import type { ReturnOutcome, SaleRefusal, SalesResult } from '#schema/sale'
import type { FileSale } from './sales-csv.ts'

type FileRefusal = Omit<SaleRefusal, 'row'> & { fileRow: number }

export interface FeedTally {
  /** Sales the server has answered for. */
  done: number
  accepted: number
  corrected: number
  repeated: number
  refusals: readonly FileRefusal[]
  /** Of the returns among them, how many have come to what. */
  returns: Readonly<Record<ReturnOutcome['outcome'], number>>
}

export const NOTHING_FED: FeedTally = {
  done: 0,
  accepted: 0,
  corrected: 0,
  repeated: 0,
  refusals: [],
  returns: { tied: 0, waits: 0, unnamed: 0 },
}

/** Fewer than the contract takes: the progress moves, and long receipts fit the body. */
const BATCH_SALES = 100

/**
 * Sends the sales batch by batch from where an interrupted run stopped; the server's rows become
 * those of the file. Throws what `send` throws: what is tallied so far stays.
 */
export async function runFeed(
  sales: readonly FileSale[],
  from: FeedTally,
  send: (sales: FileSale['sale'][]) => Promise<SalesResult>,
  onProgress: (tally: FeedTally) => void,
): Promise<FeedTally> {
  let tally = from
  while (tally.done < sales.length) {
    const batch = sales.slice(tally.done, tally.done + BATCH_SALES)
    const { accepted, corrected, repeated, refused, returns } = await send(
      batch.map(({ sale }) => sale),
    )
    tally = {
      done: tally.done + batch.length,
      accepted: tally.accepted + accepted,
      corrected: tally.corrected + corrected,
      repeated: tally.repeated + repeated,
      refusals: [
        ...tally.refusals,
        ...refused.map(({ row, ...rest }) => ({ ...rest, fileRow: batch[row]?.fileRow ?? 0 })),
      ],
      returns: counted(tally.returns, returns),
    }
    onProgress(tally)
  }
  return tally
}

function counted(
  before: FeedTally['returns'],
  returns: readonly ReturnOutcome[],
): FeedTally['returns'] {
  const count = { ...before }
  for (const { outcome } of returns) count[outcome] += 1
  return count
}
