import { home, nav, offer } from './shop-home.ts'
import { wallet, withdraw } from './shop-money.ts'
import { consent, offline, profile, signIn } from './shop-people.ts'
import { receipt, receipts } from './shop-receipt.ts'
import { scan } from './shop-scan.ts'

/** Words of the shopper's pages. */
export const shop = {
  nav,
  home,
  offer,
  receipts,
  receipt,
  scan,
  wallet,
  withdraw,
  signIn,
  consent,
  profile,
  offline,
}
