import type { FiscalDocument, RuScan } from '#schema/receipt'
import type { VerifyJob } from '../cells/network.ts'
import { authorityOf, cellOf } from '../cells/route-of.ts'
import { type Env, parseSettings } from '../env.ts'
import { createSnapshotStore } from '../offers/snapshot.r2.ts'
import { learnDrive } from '../partners/till-drives.d1.ts'
import { rememberUnknownStore } from '../partners/unknown-stores.d1.ts'
import { MarketReader } from '../receipts/market-reader.ts'
import { type VerifyPorts, verifyReceipt } from '../receipts/verify.ts'
import type { Authority, AuthorityAnswer } from '../verification/authority.ts'
import { type AuthorityHealth, noteFrom } from '../verification/health.ts'
import { taxService } from './outside.ts'

/** One per isolate: the product index is expensive, and one authority shares one token refresh. */
let shared: { market: MarketReader; authority: Authority } | null = null

/**
 * The queue of verification jobs. A failed job is delivered again; the cell's task is the backstop.
 */
export async function consumeVerifications(batch: MessageBatch<VerifyJob>, env: Env) {
  const settings = parseSettings(env)
  shared ??= {
    market: new MarketReader(createSnapshotStore(env.SNAPSHOTS, env.DB, 'ru'), Date.now),
    authority: taxService(env, settings),
  }
  const health = await authorityOf(env).health()
  const ports = verifyPorts(env, shared, health)
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await verifyReceipt(message.body, ports)
        message.ack()
      } catch (cause) {
        console.error(
          JSON.stringify({ level: 'error', queue: batch.queue, failure: String(cause) }),
        )
        message.retry({ delaySeconds: 2 ** message.attempts })
      }
    }),
  )
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
