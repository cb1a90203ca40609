import { DurableObject } from 'cloudflare:workers'
import type { FnsToken } from '../verification/fns-token.ts'
import { type AuthorityHealth, healthAfter } from '../verification/health.ts'

const HEALTHY: AuthorityHealth = { state: 'ok', since: null, nextTryAt: null, lastError: null }

/**
 * What all consumers share about the tax service: the temporary token (each refresh counts against
 * the daily quota) and, while a limit is used up, the moment until which nobody asks.
 */
export class AuthorityObject extends DurableObject {
  async readToken(): Promise<FnsToken | null> {
    return (await this.ctx.storage.get<FnsToken>('token')) ?? null
  }

  async writeToken(token: FnsToken): Promise<void> {
    await this.ctx.storage.put('token', token)
  }

  async health(): Promise<AuthorityHealth> {
    return (await this.ctx.storage.get<AuthorityHealth>('health')) ?? HEALTHY
  }

  /** Notes what an answer says about the service; writes only when the state changes. */
  async note(
    state: AuthorityHealth['state'],
    lastError: string | null,
    nextTryAt: number | null,
  ): Promise<void> {
    const former = await this.health()
    const health = healthAfter(former, { state, lastError, nextTryAt }, Date.now())
    if (health !== former) await this.ctx.storage.put<AuthorityHealth>('health', health)
  }
}
