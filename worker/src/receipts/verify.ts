import { type FiscalDocument, isRuScan, type RuScan } from '#schema/receipt'
import type { AuthorityResult } from '../cells/cell-receipts.ts'
import type { VerifyJob } from '../cells/network.ts'
import type { AnyAuthority } from '../verification/authority.ts'
import type { Market } from './market-reader.ts'

/** Which fiscal drive stands in a till, as a receipt that the authority vouched for says. */
export type SeenDrive = {
  registration: string
  fiscalDrive: string
  /** Wall-clock minute of the purchase. */
  seenAt: string
}

/**
 * `learned`: recorded now. `kept`: recorded already, or a later receipt has said otherwise.
 * `elsewhere`: nothing is written, because the drive is recorded in another till or shop, or the
 * till has been removed; somebody has to look.
 */
export type DriveOutcome = 'learned' | 'kept' | 'elsewhere'

/** Step 4 and the matching half of step 5, outside the cell: ask the authority, match the lines. */
export type VerifyPorts = {
  readonly authority: AnyAuthority
  readonly market: { current(): Promise<Market> }
  readonly answer: (job: VerifyJob, result: AuthorityResult) => Promise<void>
  /** A shop that the network does not know yet, for the operator. */
  readonly rememberStore: (document: FiscalDocument, scan: RuScan) => Promise<void>
  /** A registered till prints under a fiscal drive that is not recorded for it. */
  readonly learnDrive: (seen: SeenDrive) => Promise<DriveOutcome>
}

/** Performs one job; applying the same answer twice changes nothing, so repeats are harmless. */
export async function verifyReceipt(job: VerifyJob, ports: VerifyPorts): Promise<void> {
  const answer = await ports.authority.ask(job.scan)
  if (answer.kind !== 'authentic') {
    await ports.answer(job, answer)
    return
  }
  const { document } = answer
  const market = await ports.market.current()
  const ru = isRuScan(job.scan) ? job.scan : null
  const store = market.storeOf(document, ru?.fn ?? null)
  await ports.answer(job, {
    kind: 'authentic',
    till: document.tillRegistration ?? ru?.fn ?? null,
    evidence: {
      document,
      store,
      matches: document.lines.map((line) => market.match(line, store?.retailerId ?? null)),
      snapshotVersion: market.version,
    },
  })
  if (ru && (await isForOperator(document, ru, market, ports))) {
    await ports.rememberStore(document, ru)
  }
}

/**
 * Whether somebody has to look at where the receipt comes from: nobody registered the shop, or its
 * till prints under a fiscal drive that is recorded elsewhere. A drive that is news is learned on
 * the way.
 */
async function isForOperator(
  document: FiscalDocument,
  scan: RuScan,
  market: Market,
  ports: VerifyPorts,
): Promise<boolean> {
  const till = market.tillWithNewDrive(document, scan.fn)
  if (till !== null) return (await ports.learnDrive({ ...till, seenAt: scan.time })) === 'elsewhere'
  const store = market.storeOf(document, scan.fn)
  return store === null || store.storeId === null
}
