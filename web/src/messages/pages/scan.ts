import type { PageWords } from '../../i18n/provider.tsx'
import { receipts } from '../ru/shop-receipt.ts'
import { scan } from '../ru/shop-scan.ts'

/** Words of the scanner. */
export const scanWords: PageWords = { shop: { scan, receipts } }
