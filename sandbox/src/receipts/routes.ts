import { Hono } from 'hono'
import type { SandboxEnv } from '../env.ts'
import { receiptApi } from './api.ts'
import { receiptScreen } from './screen.ts'

/** The simulated tills: receipts for programs and for people. */
export const receiptRoutes = new Hono<{ Bindings: SandboxEnv }>()
receiptRoutes.route('/', receiptApi)
receiptRoutes.route('/', receiptScreen)
