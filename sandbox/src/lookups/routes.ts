import { Hono } from 'hono'
import type { SandboxEnv } from '../env.ts'
import { resellerRoutes } from './resellers.ts'
import { stateRoutes } from './states.ts'

/** Who answers about receipts besides the tax service, on the paths of their own protocols. */
export const lookupRoutes = new Hono<{ Bindings: SandboxEnv }>()
lookupRoutes.route('/', resellerRoutes)
lookupRoutes.route('/', stateRoutes)
