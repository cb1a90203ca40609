import { Hono } from 'hono'
import type { SandboxEnv } from './env.ts'
import { homeRoutes } from './home.ts'

export { SandboxState } from './state.object.ts'

/** Composition root: every simulated service brings its own routes. */
const app = new Hono<{ Bindings: SandboxEnv }>()
app.route('/', homeRoutes)

export default app
