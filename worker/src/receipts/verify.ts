import {
  type FiscalDocument,
  isPaperScan,
  isRuScan,
  type RuScan,
  type VouchedScan,
} from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { AuthorityResult } from '../cells/cell-receipts.ts'
import type { ReturnOf } from '../cells/cell-returns.ts'
import type { SaleQuestion } from '../cells/cell-told-returns.ts'
import type {
  Moment,
  MomentOutcome,
  Purchase,
  PurchaseOutcome,
  SettleOutcome,
  Settler,
} from '../cells/directory.ts'
import type { VerifyJob } from '../cells/network.ts'
import type { AnyAuthority, AuthorityAnswer } from '../verification/authority.ts'
import type { Market } from './market-reader.ts'
import { momentOf } from './moment.ts'
import { paperIdentity } from './paper-identity.ts'
import { isReturn } from './returned.ts'
import type { Names } from './settle-identities.ts'

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

/** What of the market a job needs. */
export type JudgedMarket = Pick<Market, 'version' | 'storeOf' | 'tillWithNewDrive' | 'match'>

/** A job about a scan: nobody but the authority can answer it. */
export type ScanJob = VerifyJob & { readonly scan: VouchedScan }

/** Step 4 and the matching half of step 5, outside the cell: ask the authority, match the lines. */
export type VerifyPorts = {
  readonly authority: AnyAuthority
  /** The sale that vouches for a receipt, while it is still what was matched. */
  readonly askSale: (key: SaleKey, scan: VouchedScan) => Promise<AuthorityAnswer>
  /** Makes sure that nobody is credited for the same purchase by its paper alone. */
  readonly notePurchase: (purchase: Purchase) => Promise<PurchaseOutcome>
  /** Makes every identity of the receipt its own (`settleIdentities`). */
  readonly settle: (settler: Settler, names: Names) => Promise<SettleOutcome>
  /** Looks for the same receipt under its country's other number. */
  readonly noteMoment: (moment: Moment) => Promise<MomentOutcome>
  readonly market: { current(): Promise<JudgedMarket> }
  readonly answer: (job: VerifyJob, result: AuthorityResult) => Promise<void>
  /** What a shop has told of goods of this receipt that came back. */
  readonly returnsOf: (job: ScanJob, document: FiscalDocument) => Promise<SaleQuestion[]>
  /** Takes a return off the sale of somebody else that it speaks of, if it does. */
  readonly settleReturn: (job: ScanJob, document: FiscalDocument) => Promise<ReturnOf | null>
  /** A shop that the network does not know yet, for the operator. */
  readonly rememberStore: (document: FiscalDocument, scan: RuScan) => Promise<void>
  /** A registered till prints under a fiscal drive that is not recorded for it. */
  readonly learnDrive: (seen: SeenDrive) => Promise<DriveOutcome>
  /** Looks at it among all others, before anybody is asked; never fails. */
  readonly noteReceipt: (job: ScanJob) => Promise<void>
  /** Somebody has vouched for it, and may have told where its till stands; never fails. */
  readonly noteVouched: (job: ScanJob, document: FiscalDocument) => Promise<void>
  /** Several sales were fed for it, each of the retailer named; never fails. */
  readonly noteClaimants: (job: ScanJob, retailers: readonly string[]) => Promise<void>
}

/** Performs one job; applying the same answer twice changes nothing, so repeats are harmless. */
export async function verifyReceipt(job: ScanJob, ports: VerifyPorts): Promise<void> {
  const { receiptId, scan, sale } = job
  await ports.noteReceipt(job)
  const answer = await (sale ? ports.askSale(sale, scan) : ports.authority.ask(scan))
  if (answer.kind !== 'authentic') {
    if (answer.kind === 'unconfirmed' && answer.claimedBy) {
      await ports.noteClaimants(job, answer.claimedBy)
    }
    await ports.answer(job, answer)
    return
  }
  const { document, identities, printed = [], by } = answer
  const isPurchase = !isReturn({ document })
  const moment = isPurchase ? momentOf(identities?.[0], scan) : null
  const elsewhere = moment ? [moment.moment] : []
  const settled = identities
    ? await ports.settle(job, { proved: identities, printed, elsewhere })
    : YOURS
  // Closed meanwhile: nobody waits for an answer.
  if (settled.kind === 'released') return
  if (settled.kind === 'taken') return ports.answer(job, settled)
  const taxNumber = document.sellerTaxNumber?.trim() ?? ''
  const noted = moment && (await ports.noteMoment({ ...moment, receiptId, taxNumber }))
  if (noted?.kind === 'released') return
  await ports.noteVouched(job, document)
  const purchase = isPurchase ? await purchased(job, document, by === 'sale', ports) : YOURS
  if (purchase.kind === 'taken') return ports.answer(job, purchase)
  const market = await ports.market.current()
  const ru = isRuScan(scan) ? scan : null
  const store = market.storeOf(document, ru?.fn ?? null)
  const returnOf = isPurchase ? null : await ports.settleReturn(job, document)
  const returns = isPurchase ? await ports.returnsOf(job, document) : []
  const matches = await market.match(document.lines, store?.retailerId ?? null)
  await ports.answer(job, {
    kind: 'authentic',
    ...(by ? { by } : {}),
    ...(noted && noted.others.length > 0 ? { beside: noted.others } : {}),
    ...(returnOf ? { returnOf } : {}),
    ...(returns.length > 0 ? { returns } : {}),
    till: document.tillRegistration ?? ru?.fn ?? null,
    evidence: {
      document,
      store,
      matches,
      snapshotVersion: market.version,
    },
  })
  // A sale comes from a registered till.
  if (ru && sale === null && (await isForOperator(document, ru, market, ports))) {
    await ports.rememberStore(document, ru)
  }
}

const YOURS = { kind: 'yours' } as const

/** A claim by paper is the purchase's own; one by fiscal numbers has to meet those by paper. */
async function purchased(
  { receiptId, ownerMasked, scan }: ScanJob,
  { sellerTaxNumber, tillRegistration, time, totalMinor }: FiscalDocument,
  bySale: boolean,
  ports: VerifyPorts,
): Promise<PurchaseOutcome> {
  const taxNumber = sellerTaxNumber?.trim() ?? ''
  if (isPaperScan(scan) || !/^\d+$/.test(taxNumber)) return YOURS
  const paper = paperIdentity({ taxNumber, minute: time, totalMinor })
  const till = tillRegistration?.trim() ?? ''
  return ports.notePurchase({ paper, receiptId, ownerMasked, till, bySale })
}

/**
 * Whether somebody has to look at where the receipt comes from: nobody registered the shop, or its
 * till prints under a fiscal drive that is recorded elsewhere. A drive that is news is learned on
 * the way.
 */
async function isForOperator(
  document: FiscalDocument,
  scan: RuScan,
  market: JudgedMarket,
  ports: VerifyPorts,
): Promise<boolean> {
  const till = market.tillWithNewDrive(document, scan.fn)
  if (till !== null) return (await ports.learnDrive({ ...till, seenAt: scan.time })) === 'elsewhere'
  const store = market.storeOf(document, scan.fn)
  return store === null || store.storeId === null
}
