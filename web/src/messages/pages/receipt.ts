import type { PageWords } from '../../i18n/provider.tsx'
import { receipt, receipts } from '../ru/shop-receipt.ts'
import { verdict } from '../ru/verdict.ts'

/** Words of the receipts and their verdicts. */
export const receiptWords: PageWords = { verdict, shop: { receipt, receipts } }
