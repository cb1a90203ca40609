import type { Actor, Identify, KeyActor } from './actor.ts'

/** What middleware leaves in the context for handlers. */
interface AppVariables {
  requestId: string
  /** The clock's reading when the request came in, ms since the epoch. */
  nowMs: number
  /** Resolves who is asking; reads the session at most once a request. */
  identify: Identify
  /** Whose key the request carries; asked by routes that a key opens. */
  keyHolder: () => Promise<KeyActor | null>
  /** Who is asking, as far as the route's access rule needed to know. */
  actor: Actor
  /** The cause of an `internal` answer, for the log. */
  failure?: string
}

export interface AppEnv {
  Variables: AppVariables
}
