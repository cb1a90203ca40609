import { Hono } from 'hono'
import type { SandboxEnv } from '../env.ts'
import { payoutApi } from './api.ts'
import { payoutScreen } from './screen.ts'

/** The payout provider: its API, and the page that shows what it did. */
export const payoutRoutes = new Hono<{ Bindings: SandboxEnv }>()
payoutRoutes.route('/', payoutApi)
payoutRoutes.route('/', payoutScreen)
