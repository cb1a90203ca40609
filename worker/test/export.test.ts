import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { good } from './actors.ts'
import { cellFor } from './journey-steps.ts'
import { newShopper, offerVersion, publish } from './market-world.ts'

/** What the owner of a wallet takes away: everything, or a word about what was left out. */

type Exported = {
  wallet: { ru: { activations: { offerId: string; state: string }[]; cut: string[] } }
}

test('the export has the activations, and says which kinds were cut', async () => {
  const offer = offerVersion('off_export00001')
  await publish([{ offer, budgetMinor: 10_000 }])
  const shopper = await newShopper()
  const { walletId } = shopper
  const cell = cellFor(walletId)
  const expiresAt = Date.now() + 86_400_000
  await cell.activate({ walletId, offer, costMinor: 1_000, expiresAt })
  const exported = async () => good<Exported>(await shopper.call('GET', '/v1/me/export'))
  const wallet = (await exported()).wallet.ru
  expect(wallet.activations).toMatchObject([{ offerId: offer.offerId, state: 'active' }])
  expect(wallet.cut).toEqual([])
  await runInDurableObject(cell, (_, { storage: { sql } }) => {
    sql.exec(
      `INSERT INTO activations (wallet_id, offer_id, sequence, state, offer_version, partner_id,
         reserved_minor, activated_at, expires_at)
       WITH RECURSIVE old (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM old WHERE n <= 1000)
       SELECT ?, ?, n, 'lapsed', 1, ?, 1, n, n FROM old`,
      walletId,
      offer.offerId,
      offer.partnerId,
    )
  })
  const full = await exported()
  expect(full.wallet.ru.activations).toHaveLength(1_000)
  expect(full.wallet.ru.activations[0]?.state).toBe('active')
  // Kills "the latest thousand, silently": whoever takes their data away is told what is missing.
  expect(full.wallet.ru.cut).toEqual(['activations'])
})
