import { limiterOf } from '../cells/limiter.object.ts'
import { cellNameOf, cellOf, openMarkets } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import { createSnapshotStore } from '../offers/snapshot.r2.ts'
import type { ControlPorts } from '../partners/ports.ts'
import { offerBudget, partnerMoney } from './money.ts'
import { tellReturns } from './returns.ts'

/** What partners, offers and reports are built from on this platform. */
export function controlPorts(env: Env, settings: Settings): ControlPorts {
  return {
    db: env.DB,
    markets: openMarkets(settings.CELL_MAP),
    money: partnerMoney(env),
    budget: offerBudget(env),
    snapshots: (market) => createSnapshotStore(env.SNAPSHOTS, env.DB, market),
    limiter: limiterOf(env.LIMITER),
    tellReturns: (partnerId) => tellReturns(env, settings, partnerId),
    async activations({ walletId, market }) {
      const cell = cellOf(env, cellNameOf(settings.CELL_MAP, market, walletId))
      const rows = await cell.activations(walletId)
      return new Map(
        rows.map(({ offerId, reservedMinor, expiresAt }) => [
          offerId,
          { reservedMinor, until: new Date(expiresAt).toISOString() },
        ]),
      )
    },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  }
}
