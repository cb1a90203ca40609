import type { MarketCode } from '#schema/market'
import { type FiscalDocument, isPaperScan, isRuScan, type RuScan } from '#schema/receipt'
import { marketOf } from '../cells/market-name.ts'
import type { VerifyJob } from '../cells/network.ts'
import { cellNames, cellOf, directoryOf, shardOf } from '../cells/route-of.ts'
import { type Env, parseSettings, type Settings } from '../env.ts'
import { noteClaimants, noteReceipt, noteVouched } from '../forgeries/seen-receipts.d1.ts'
import { paperOf } from '../forgeries/signals.ts'
import { createSnapshotStore } from '../offers/snapshot.r2.ts'
import { keyRing, ownerOfKey } from '../partners/fiscal-keys.d1.ts'
import { learnDrive } from '../partners/till-drives.d1.ts'
import { rememberUnknownStore } from '../partners/unknown-stores.d1.ts'
import { MarketReader } from '../receipts/market-reader.ts'
import { settleIdentities } from '../receipts/settle-identities.ts'
import { type ScanJob, type VerifyPorts, verifyReceipt } from '../receipts/verify.ts'
import { type ReviewedPorts, verifyReviewed } from '../reviews/verify-reviewed.ts'
import { askSale } from '../sales/vouch.d1.ts'
import { askSaleOfCode } from '../sales/vouch-for-code.d1.ts'
import type { AnyAuthority, Authority } from '../verification/authority.ts'
import { askAboutCode, type CodePorts } from '../verification/code-authority.ts'
import { readTrustPolicy } from '../verification/trust-policy.d1.ts'
import { russianAuthority } from './channels.ts'
import { watchedLookUpFor } from './lookups.ts'
import { returnPorts } from './returns.ts'

/** One per isolate: the product index is expensive, and one authority shares one token refresh. */
let shared: { markets: Map<MarketCode, MarketReader>; authority: Authority } | null = null

/**
 * Questions under way in one isolate: the tax service may take a minute over one, and nobody else
 * should wait for it. What exceeds this stays in the queue.
 */
const ASKING_MAX = 400
/** A question whose invocation was ended never settles: after this its place is free again. */
const ASKING_MS_MAX = 150_000
const LOOK_MS = 50
const askingSince = new Map<VerifyJob, number>()

/**
 * The queue of verification jobs. A job is taken at once and asked about after the batch has been
 * acknowledged (`queue_consumer_no_wait_for_wait_until`), so that one slow answer holds up no other
 * batch. Whatever is lost on the way is asked again by the cell, whose task row stays until an
 * answer has been applied.
 */
export async function consumeVerifications(
  batch: MessageBatch<VerifyJob>,
  env: Env,
  context: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const settings = parseSettings(env)
  const { markets, authority } = sharedOf(env, settings)
  const asked = authorities(env, settings, authority)
  for (const { body } of batch.messages) {
    while (!hasRoom(Date.now())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    askingSince.set(body, Date.now())
    const { scan } = body
    const answered =
      scan === null
        ? verifyReviewed(reviewedPorts(env, settings, body))
        : verifyReceipt(
            { ...body, scan },
            verifyPorts(env, settings, readerOf(env, markets, body), asked),
          )
    const question = answered
      .catch((cause) => logFailure(batch.queue, cause))
      .finally(() => askingSince.delete(body))
    context.waitUntil(question)
  }
}

/** The market as this isolate reads it: the product index is built once for jobs and for people. */
export function readMarket(env: Env, settings: Settings, cell: string): MarketReader {
  return readerOf(env, sharedOf(env, settings).markets, { cell })
}

/** The cells among which a purchase may be met: those of one market. */
export function cellsBeside(settings: Settings, cell: string): string[] {
  const { market } = marketOf(cell)
  return cellNames(settings).filter((name) => marketOf(name).market === market)
}

function sharedOf(env: Env, settings: Settings) {
  shared ??= {
    markets: new Map(),
    authority: russianAuthority(env, settings),
  }
  return shared
}

function reviewedPorts(env: Env, settings: Settings, job: VerifyJob): ReviewedPorts {
  const cell = cellOf(env, job.cell)
  return {
    job: () => cell.reviewedJob(job.receiptId),
    async markEverywhere(mark) {
      const names = cellsBeside(settings, job.cell)
      return (await Promise.all(names.map((name) => cellOf(env, name).markPaper(mark)))).flat()
    },
    settle: (names) => settlerOf(env, settings)(job, names),
    async closeRivals(vouched) {
      const names = cellsBeside(settings, job.cell)
      const { receiptId } = job
      await Promise.all(
        names.map((name) => cellOf(env, name).closeRivals({ ...vouched, receiptId })),
      )
    },
    answer: (result) => cell.authorityAnswered(job.receiptId, result),
  }
}

function hasRoom(now: number): boolean {
  if (askingSince.size < ASKING_MAX) return true
  for (const [job, since] of askingSince) {
    if (now - since > ASKING_MS_MAX) askingSince.delete(job)
  }
  return askingSince.size < ASKING_MAX
}

function logFailure(queue: string, cause: unknown): void {
  console.error(JSON.stringify({ level: 'error', queue, failure: String(cause) }))
}

/** The reader of the market that a job's cell belongs to; each keeps its own catalogue. */
function readerOf(
  env: Env,
  markets: Map<MarketCode, MarketReader>,
  { cell }: Pick<VerifyJob, 'cell'>,
) {
  const { market } = marketOf(cell)
  const known = markets.get(market)
  if (known) return known
  const store = createSnapshotStore(env.SNAPSHOTS, env.DB, market)
  const reader = new MarketReader(store, Date.now)
  markets.set(market, reader)
  return reader
}

/** Whoever can vouch: the Russian channels, or what codes of other countries prove. */
function authorities(env: Env, settings: Settings, russian: Authority): AnyAuthority {
  const codes: CodePorts = {
    keys: keyRing(env.DB),
    ownerOf: async ({ key }) => (key === null ? null : ownerOfKey(env.DB, key.id)),
    policy: (market) => readTrustPolicy(env.DB, market),
    lookUp: (code) => watchedLookUpFor(code, env, settings),
    sale: (code) => askSaleOfCode(env.DB, code, new Date().toISOString()),
  }
  return {
    async ask(scan) {
      if (isPaperScan(scan)) throw new Error('a paper without a sale has nobody to be asked')
      return isRuScan(scan) ? russian.ask(scan) : askAboutCode(scan, codes)
    },
  }
}

function verifyPorts(
  env: Env,
  settings: Settings,
  market: MarketReader,
  authority: AnyAuthority,
): VerifyPorts {
  return {
    ...returnPorts(env, settings),
    market,
    authority,
    askSale: (key, scan) => askSale(env.DB, key, scan, new Date().toISOString()),
    notePurchase: (purchase) =>
      directoryOf(env, shardOf(purchase.paper, settings.DIRECTORY_SHARDS)).notePurchase(purchase),
    settle: settlerOf(env, settings),
    noteMoment: (moment) =>
      directoryOf(env, shardOf(moment.moment, settings.DIRECTORY_SHARDS)).noteMoment(moment),
    async answer(job, result) {
      await cellOf(env, job.cell).authorityAnswered(job.receiptId, result)
    },
    rememberStore: (document, scan) =>
      rememberUnknownStore(env.DB, seenStore(document, scan), new Date().toISOString()),
    learnDrive: (seen) => learnDrive(env.DB, seen),
    noteReceipt: (job) =>
      quietly(noteReceipt(env.DB, job.receiptId, paperOfJob(job), new Date().toISOString())),
    noteVouched: (job, document) =>
      quietly(
        noteVouched(env.DB, job.receiptId, paperOfJob(job), document, new Date().toISOString()),
      ),
    noteClaimants: (job, retailers) =>
      quietly(noteClaimants(env.DB, job.receiptId, paperOfJob(job), retailers)),
  }
}

function settlerOf(env: Env, settings: Settings): VerifyPorts['settle'] {
  const shardFor = (identity: string) =>
    directoryOf(env, shardOf(identity, settings.DIRECTORY_SHARDS))
  return ({ receiptId, ownerMasked }, names) =>
    settleIdentities({ receiptId, ownerMasked }, names, shardFor)
}

const paperOfJob = ({ cell, scan }: ScanJob) => paperOf(marketOf(cell).market, scan)

/** A suspicion that could not be written down must not hold up an honest receipt. */
async function quietly(noting: Promise<void>): Promise<void> {
  await noting.catch((cause: unknown) => logFailure('forgeries', cause))
}

function seenStore(document: FiscalDocument, scan: RuScan) {
  return {
    fiscalDrive: scan.fn,
    tillRegistration: document.tillRegistration,
    taxNumber: document.sellerTaxNumber,
    name: document.placeName ?? document.sellerName,
    address: document.address,
  }
}
