import type { FiscalDocument, RuScan } from '#schema/receipt'
import type { VerifyJob } from '../cells/network.ts'
import { authorityOf, cellNames, cellOf } from '../cells/route-of.ts'
import { type Env, parseSettings, type Settings } from '../env.ts'
import { createSnapshotStore } from '../offers/snapshot.r2.ts'
import { learnDrive } from '../partners/till-drives.d1.ts'
import { rememberUnknownStore } from '../partners/unknown-stores.d1.ts'
import { MarketReader } from '../receipts/market-reader.ts'
import { type VerifyPorts, verifyReceipt } from '../receipts/verify.ts'
import { type ReviewedPorts, verifyReviewed } from '../reviews/verify-reviewed.ts'
import type { Authority, AuthorityAnswer } from '../verification/authority.ts'
import { type AuthorityHealth, noteFrom } from '../verification/health.ts'
import { taxService } from './outside.ts'

/** One per isolate: the product index is expensive, and one authority shares one token refresh. */
let shared: { market: MarketReader; authority: Authority } | null = null

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
  const ports = verifyPorts(env, sharedOf(env, settings), await authorityOf(env).health())
  for (const { body } of batch.messages) {
    while (!hasRoom(Date.now())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    askingSince.set(body, Date.now())
    const { scan } = body
    const asked =
      scan === null
        ? verifyReviewed(reviewedPorts(env, settings, body))
        : verifyReceipt({ ...body, scan }, ports)
    const question = asked
      .catch((cause) => logFailure(batch.queue, cause))
      .finally(() => askingSince.delete(body))
    context.waitUntil(question)
  }
}

/** The market as this isolate reads it: the product index is built once for jobs and for people. */
export function marketOf(env: Env, settings: Settings): MarketReader {
  return sharedOf(env, settings).market
}

function sharedOf(env: Env, settings: Settings) {
  shared ??= {
    market: new MarketReader(createSnapshotStore(env.SNAPSHOTS, env.DB, 'ru'), Date.now),
    authority: taxService(env, settings),
  }
  return shared
}

function reviewedPorts(env: Env, settings: Settings, job: VerifyJob): ReviewedPorts {
  const cell = cellOf(env, job.cell)
  return {
    job: () => cell.reviewedJob(job.receiptId),
    async markEverywhere(mark) {
      const names = cellNames(settings)
      return (await Promise.all(names.map((name) => cellOf(env, name).markPaper(mark)))).flat()
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

function verifyPorts(
  env: Env,
  { market, authority }: { market: MarketReader; authority: Authority },
  health: AuthorityHealth,
): VerifyPorts {
  return {
    market,
    authority: { ask: (scan) => heldBack(health) ?? authority.ask(scan) },
    async answer(job, result) {
      await cellOf(env, job.cell).authorityAnswered(job.receiptId, result)
    },
    rememberStore: (document, scan) =>
      rememberUnknownStore(env.DB, seenStore(document, scan), new Date().toISOString()),
    learnDrive: (seen) => learnDrive(env.DB, seen),
    noteHealth: (answer) => noteHealth(env, health, answer),
  }
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

/** While a quota is used up nobody asks: each question would only count against the next one. */
function heldBack(health: AuthorityHealth): Promise<AuthorityAnswer> | null {
  const wait = (health.nextTryAt ?? 0) - Date.now()
  if (health.state !== 'quota' || wait <= 0) return null
  const detail = health.lastError ?? ''
  return Promise.resolve({ kind: 'quota', detail, retryAfterMs: wait })
}

async function noteHealth(env: Env, known: AuthorityHealth, answer: AuthorityAnswer) {
  const note = noteFrom(answer, known, Date.now())
  if (note) await authorityOf(env).note(note.state, note.lastError, note.nextTryAt)
}
