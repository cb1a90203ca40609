import { aliasRoutes } from '../catalogue/alias-routes.ts'
import { productRoutes } from '../catalogue/product-routes.ts'
import { createRouter } from '../http/route.ts'
import { cardRoutes } from '../offers/card-routes.ts'
import { offerRoutes } from '../offers/offer-routes.ts'
import { reportRoutes } from '../reports/report-routes.ts'
import { salesRoutes } from '../sales/routes.ts'
import { fundsRoutes } from './funds-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { marketRoutes } from './market-routes.ts'
import { operatorPartnerRoutes } from './operator-partner-routes.ts'
import { operatorRoutes } from './operator-routes.ts'
import { partnerRoutes } from './partner-routes.ts'
import type { ControlPorts } from './ports.ts'
import { storeRoutes } from './store-routes.ts'

/** All routes of the control plane. */
export function controlRoutes(ports: ControlPorts) {
  return createRouter()
    .route('/', partnerRoutes(ports))
    .route('/', storeRoutes(ports))
    .route('/', fundsRoutes(ports))
    .route('/', productRoutes(ports))
    .route('/', offerRoutes(ports))
    .route('/', reportRoutes(ports))
    .route('/', salesRoutes(ports))
    .route('/', cardRoutes(ports))
    .route('/', operatorPartnerRoutes(ports))
    .route('/', operatorRoutes(ports))
    .route('/', aliasRoutes(ports))
    .route('/', marketRoutes(ports))
    .route('/', keyRoutes(ports))
}
