import { ruFingerprint } from '#fiscal/ru'
import { HOME_MARKET, type MarketCode } from '#schema/market'
import type { FiscalDocument } from '#schema/receipt'
import { isRuScan } from '#schema/receipt'
import { marketOf } from '../cells/market-name.ts'
import { cellNames, cellOf } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import { paperOf } from '../forgeries/signals.ts'
import { type ReturnCells, reportReturns, settleScannedReturn } from '../receipts/report-returns.ts'
import type { ScanJob, VerifyPorts } from '../receipts/verify.ts'
import { fedReturn, receiptsOfTill, returnsOf, returnsToTell } from '../sales/fed-returns.d1.ts'

/** Returns across the network: every cell of a market may hold the sale. */

function returnCells(env: Env, settings: Settings, market: MarketCode): ReturnCells {
  return {
    names: cellNames(settings).filter((name) => marketOf(name).market === market),
    salesFor: (cell, told) => cellOf(env, cell).salesFor(told),
    returnsReported: (cell, reports) => cellOf(env, cell).returnsReported(reports),
    returnsNamed: (cell, fingerprints) => cellOf(env, cell).returnsNamed(fingerprints),
  }
}

const ROUNDS_MAX = 1_000

/** Feeds are of the home market: tells its cells what is fed and not told yet, of all or one. */
export async function tellReturns(
  env: Env,
  settings: Settings,
  partnerId: string | null = null,
): Promise<void> {
  const cells = returnCells(env, settings, HOME_MARKET)
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { told, done } = await returnsToTell(env.DB, partnerId)
    if (told.length === 0) return
    await reportReturns(told, cells)
    await done(new Date().toISOString()).run()
  }
}

/** What verifying needs of returns. */
export function returnPorts(
  env: Env,
  settings: Settings,
): Pick<VerifyPorts, 'returnsOf' | 'settleReturn'> {
  return {
    returnsOf: async (job, document) =>
      isFed(job) ? returnsOf(env.DB, vouchedBy(job, document)) : [],
    async settleReturn(job, document) {
      const { cell, receiptId, scan } = job
      const { market } = marketOf(cell)
      const bringer = await cellOf(env, cell).ownSaleOf(receiptId, document)
      if (bringer === null) return null
      const { till } = paperOf(market, scan)
      const scanned = {
        fingerprint: bringer.fingerprint,
        document,
        bringer,
        fed: isFed(job) ? await fedReturn(env.DB, vouchedBy(job, document)) : null,
        ofTill: async () => (till === '' ? [] : receiptsOfTill(env.DB, market, till)),
      }
      return settleScannedReturn(scanned, returnCells(env, settings, market))
    },
  }
}

const isFed = ({ cell }: ScanJob) => marketOf(cell).market === HOME_MARKET

function vouchedBy({ scan, sale }: ScanJob, document: FiscalDocument) {
  return { document, fingerprint: isRuScan(scan) ? ruFingerprint(scan) : null, sale }
}
