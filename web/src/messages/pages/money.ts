import type { PageWords } from '../../i18n/provider.tsx'
import { wallet, withdraw } from '../ru/shop-money.ts'

/** Words of the wallet and of withdrawals. */
export const moneyWords: PageWords = { shop: { wallet, withdraw } }
