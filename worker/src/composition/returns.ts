import { readCode } from '#fiscal/registry'
import { ruFingerprint } from '#fiscal/ru'
import type { MarketCode } from '#schema/market'
import type { FiscalDocument } from '#schema/receipt'
import { isRuScan, type VouchedScan } from '#schema/receipt'
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

/** Tells the cells of each market what is fed there and not told yet, of all partners or one. */
export async function tellReturns(
  env: Env,
  settings: Settings,
  partnerId: string | null = null,
): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { told, done } = await returnsToTell(env.DB, partnerId)
    if (told.length === 0) return
    for (const [market, own] of Map.groupBy(told, ({ market }) => market)) {
      const questions = own.map(({ question }) => question)
      await reportReturns(questions, returnCells(env, settings, market))
    }
    await done(new Date().toISOString()).run()
  }
}

/** What verifying needs of returns. */
export function returnPorts(
  env: Env,
  settings: Settings,
): Pick<VerifyPorts, 'returnsOf' | 'settleReturn'> {
  return {
    returnsOf: (job, document) => returnsOf(env.DB, vouchedBy(job, document)),
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
        fed: await fedReturn(env.DB, vouchedBy(job, document)),
        ofTill: async () => (till === '' ? [] : receiptsOfTill(env.DB, market, till, document)),
      }
      return settleScannedReturn(scanned, returnCells(env, settings, market))
    },
  }
}

function vouchedBy({ cell, scan, sale }: ScanJob, document: FiscalDocument) {
  const { market } = marketOf(cell)
  return { market, document, fingerprint: identityOf(scan), sale }
}

/** Null for paper without fiscal numbers. */
function identityOf(scan: VouchedScan): string | null {
  if (isRuScan(scan)) return ruFingerprint(scan)
  const reading = 'text' in scan ? readCode(scan.text) : null
  return reading?.ok ? reading.code.identity : null
}
