import type { AmountMinor } from '#schema/money'
import { documentOf, ZARYA } from '#worker/offers/sample.test-data'

/** What pictures, papers and answers say in the stories of codes. */

/** What a reviewer reads on a paper, and what it is judged by. */
export function readAs(time: string, totalMinor: AmountMinor, distinctFrom: string[]) {
  const said = { retailer: 'Konzum', taxNumber: null, time, totalMinor }
  const line = { name: 'Mlijeko', quantityMicro: 1_000_000, sumMinor: totalMinor, productId: null }
  const sold = { ...documentOf([{ sumMinor: totalMinor }]), time, totalMinor }
  return {
    document: { ...said, storeId: null, retailerId: null, lines: [line] },
    evidence: {
      document: { ...sold, sellerTaxNumber: null, tillRegistration: null },
      ...{ store: null, matches: [{ ...ZARYA, name: '', by: '' }], snapshotVersion: 0 },
      ...{ till: null, distinctFrom },
    },
  }
}

/** Nothing is read on a picture here: its code says all that is used. */
export const READING = {
  ...{ shots: [{ width: 1, height: 1 }], risk: [], scan: null, items: [], retailer: null },
  ...{ taxNumber: null, date: null, time: null, totalMinor: null, fn: null, fd: null, fp: null },
}

/** Of a verification, what these stories do not tell of. */
export const QUIET = {
  market: {
    current: async () => ({
      version: 0,
      storeOf: () => null,
      tillWithNewDrive: () => null,
      match: async (lines: readonly unknown[]) => lines.map(() => ({ ...ZARYA, name: '', by: '' })),
    }),
  },
  askSale: async () => ({ kind: 'unconfirmed' }) as const,
  notePurchase: async () => ({ kind: 'yours' }) as const,
  returnsOf: async () => [],
  settleReturn: async () => null,
  rememberStore: async () => {},
  learnDrive: async () => 'kept' as const,
  noteReceipt: async () => {},
  noteVouched: async () => {},
  noteClaimants: async () => {},
}
