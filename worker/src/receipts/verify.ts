import { ruFingerprint } from '#fiscal/ru'
import type { FiscalDocument, RuScan } from '#schema/receipt'
import type { AuthorityResult } from '../cells/cell-receipts.ts'
import type { VerifyJob } from '../cells/network.ts'
import type { Authority, AuthorityAnswer } from '../verification/authority.ts'
import type { MarketReader } from './market-reader.ts'

/** Step 4 and the matching half of step 5, outside the cell: ask the authority, match the lines. */
export type VerifyPorts = {
  readonly authority: Authority
  readonly market: MarketReader
  readonly answer: (job: VerifyJob, result: AuthorityResult) => Promise<void>
  /** A shop that the network does not know yet, for the operator. */
  readonly rememberStore: (document: FiscalDocument, scan: RuScan) => Promise<void>
  /** Every answer says something about the authority's health. */
  readonly noteHealth: (answer: AuthorityAnswer) => Promise<void>
}

/** Performs one job; applying the same answer twice changes nothing, so repeats are harmless. */
export async function verifyReceipt(job: VerifyJob, ports: VerifyPorts): Promise<void> {
  const answer = await ports.authority.ask(job.scan)
  await ports.noteHealth(answer)
  if (answer.kind !== 'authentic') {
    await ports.answer(job, answer)
    return
  }
  const { document } = answer
  const market = await ports.market.current()
  const store = market.storeOf(document, job.scan)
  await ports.answer(job, {
    kind: 'authentic',
    till: document.tillRegistration ?? job.scan.fn,
    evidence: {
      document,
      store,
      matches: document.lines.map((line) => market.match(line, store?.retailerId ?? null)),
      snapshotVersion: market.version,
    },
  })
  if (store === null || store.storeId === null) await ports.rememberStore(document, job.scan)
}

/** The name of a job in logs: the identity, which is not personal data. */
export const jobName = (job: VerifyJob) => ruFingerprint(job.scan)
