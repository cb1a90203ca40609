import { createRouter } from '../http/route.ts'
import { operatorBookRoutes } from './book-routes.ts'
import type { DeskPorts } from './desk.ts'
import { operatorPayoutRoutes } from './payout-routes.ts'
import { operatorReceiptRoutes } from './receipt-routes.ts'
import { operatorSearchRoutes } from './search-routes.ts'

/** The operator's desk over the money side; partners and payments are the control plane's. */
export function operatorRoutes(ports: DeskPorts) {
  return createRouter()
    .route('/', operatorReceiptRoutes(ports))
    .route('/', operatorPayoutRoutes(ports))
    .route('/', operatorBookRoutes(ports))
    .route('/', operatorSearchRoutes(ports))
}
