import type { MarketCode } from '#schema/market'
import type { Env, Settings } from '../env.ts'
import type { PayoutProvider } from '../payouts/provider.ts'
import type { WayToAsk } from '../payouts/schedule.ts'
import { openDestination } from '../payouts/seal.ts'
import { createPhotoHashes } from '../photos/photo-hashes.d1.ts'
import { createPhotoStore } from '../photos/photo-store.r2.ts'
import { paperOf } from '../reviews/paper.ts'
import { findSale } from '../sales/vouch.d1.ts'
import { isEnd, type PayoutRow } from './cell-payouts.ts'
import type { Network } from './network.ts'
import { NETWORK_BOOK } from './partner-book.object.ts'
import { queueBatches } from './queue-batches.ts'
import { bookOf, budgetOf, cellNames, cellOf, directoryOf, shardOf } from './route-of.ts'

/** The network as a cell reaches it: objects by name, queues, and the payout provider. */
export function objectNetwork(
  env: Env,
  settings: Settings,
  market: MarketCode,
  provider: PayoutProvider,
): Network {
  return {
    async claimMany(claims) {
      const shards = Map.groupBy(claims, (claim) => shardFor(claim.fingerprint))
      const answers = await Promise.all(
        [...shards].map(async ([shard, group]) => {
          const outcomes = await directoryOf(env, shard).claimMany(group)
          return group.map((claim, index) => [claim.receiptId, outcomes[index]] as const)
        }),
      )
      const byReceipt = new Map(answers.flat())
      return claims.map((claim) => {
        const outcome = byReceipt.get(claim.receiptId)
        if (!outcome) throw new Error(`the directory did not answer for ${claim.receiptId}`)
        return outcome
      })
    },
    async releaseClaim(claim, forged, reviewed) {
      const paper = reviewed ?? paperOf(claim.fingerprint)
      if (paper) await unmarkEverywhere({ ...paper, receiptId: claim.receiptId })
      const others = await directoryOf(env, shardFor(claim.fingerprint)).release(claim, forged)
      // Each remembers that the receipt is closed: a settling that is late finds every door shut.
      for (const fingerprint of others) {
        await directoryOf(env, shardFor(fingerprint)).release({ ...claim, fingerprint }, false)
      }
    },
    async verify(jobs) {
      for (const batch of queueBatches(jobs)) await env.VERIFICATIONS.sendBatch(batch)
    },
    findSale: (...asked) => findSale(env.DB, ...asked),
    async readPhotos(jobs) {
      for (const batch of queueBatches(jobs)) await env.PHOTO_READS.sendBatch(batch)
    },
    async forgetPhotos(photos) {
      const store = createPhotoStore(env.PHOTOS)
      for (const photo of photos) await store.forget(photo)
      await createPhotoHashes(env.DB, Date.now).forget(photos.map(({ key }) => key))
    },
    lease: (offerId, question) => budgetOf(env, market, offerId).lease(question),
    async returnLease(offerId, report) {
      await budgetOf(env, market, offerId).returned(report)
    },
    async publish(events) {
      for (const batch of queueBatches(events)) await env.EVENTS.sendBatch(batch)
    },
    askProvider: (way, payout) => askProvider(provider, settings, way, payout),
    async bookPayout(payoutId, amountMinor) {
      await bookOf(env, market, NETWORK_BOOK).payoutPaid(payoutId, amountMinor)
    },
    async bookRefund(payoutId, amountMinor) {
      await bookOf(env, market, NETWORK_BOOK).payoutRefunded(payoutId, amountMinor)
    },
  }

  async function unmarkEverywhere(paper: { time: string; totalMinor: number; receiptId: string }) {
    await Promise.all(cellNames(settings).map((name) => cellOf(env, name).unmarkPaper(paper)))
  }

  function shardFor(fingerprint: string): string {
    return shardOf(fingerprint, settings.DIRECTORY_SHARDS)
  }
}

async function askProvider(
  provider: PayoutProvider,
  settings: Settings,
  way: WayToAsk,
  payout: PayoutRow,
) {
  const { id, amountMinor, walletId, providerId } = payout
  const asked = { id, amountMinor, walletId, firstSentAt: payout.firstSentAt ?? Date.now() }
  if (way === 'find') return provider.find(asked)
  if (way === 'look' && providerId !== null) {
    return isEnd(payout.state)
      ? provider.look(providerId, asked)
      : provider.pursue(providerId, asked)
  }
  if (payout.destinationSealed === null) {
    return { kind: 'unknown' as const, detail: 'the sealed destination is gone' }
  }
  const destination = await openDestination(payout.destinationSealed, {
    key: settings.SEAL_KEY,
    payoutId: payout.id,
  })
  return provider.send({
    ...asked,
    destination,
    description: 'Копилка: выплата накопленного кешбэка',
  })
}
