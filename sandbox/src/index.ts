import { Hono } from 'hono'
import { authenticatorRoutes } from './authenticator/routes.ts'
import { bankRoutes } from './bank/routes.ts'
import type { SandboxEnv } from './env.ts'
import { homeRoutes } from './home.ts'
import { lookupRoutes } from './lookups/routes.ts'
import { outboxRoutes } from './outbox/routes.ts'
import { payoutRoutes } from './payouts/routes.ts'
import { receiptRoutes } from './receipts/routes.ts'
import { switchboardRoutes } from './switchboard.ts'
import { taxRoutes } from './tax/routes.ts'

export { Authenticator } from './authenticator/authenticator.object.ts'
export { Bank } from './bank/bank.object.ts'
export { Outbox } from './outbox/outbox.object.ts'
export { PaymentProvider } from './payouts/provider.object.ts'
export { SandboxState } from './state.object.ts'

/** Composition root: every simulated service brings its own routes. */
const app = new Hono<{ Bindings: SandboxEnv }>()
app.route('/', homeRoutes)
app.route('/', taxRoutes)
app.route('/', lookupRoutes)
app.route('/', receiptRoutes)
app.route('/', switchboardRoutes)
app.route('/', payoutRoutes)
app.route('/', bankRoutes)
app.route('/', outboxRoutes)
app.route('/', authenticatorRoutes)

export default app
