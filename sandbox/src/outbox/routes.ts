import { Hono } from 'hono'
import type { SandboxEnv } from '../env.ts'
import { gateways } from './gateways.ts'
import { outboxScreen } from './screen.ts'

/** Messages that "left": the gateways that take them, and the page that shows them. */
export const outboxRoutes = new Hono<{ Bindings: SandboxEnv }>()
outboxRoutes.route('/', gateways)
outboxRoutes.route('/', outboxScreen)
