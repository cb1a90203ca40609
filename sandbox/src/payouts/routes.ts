import { Hono } from 'hono'
import type { SandboxEnv } from '../env.ts'
import { transferApi } from '../transfers/api.ts'
import { payoutApi } from './api.ts'
import { payoutScreen } from './screen.ts'

/** The payout providers: their APIs, and the page that shows what they did. */
export const payoutRoutes = new Hono<{ Bindings: SandboxEnv }>()
payoutRoutes.route('/', payoutApi)
payoutRoutes.route('/', transferApi)
payoutRoutes.route('/', payoutScreen)
