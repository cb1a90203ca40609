import { type SandboxEnv, stateOf } from '../env.ts'
import type { SwitchValue } from '../switches.ts'
import type { Plan } from './ledger.ts'
import { CANCELLATION_REASONS } from './payout-object.ts'
import { WEBHOOK_MODES, type WebhookMode } from './provider.object.ts'

/**
 * The provider's switches. Their values: switches.ts, where each has its words.
 * One that does not apply to a request is not used up by it.
 */
const PENDING_MS = 1_500
const KEY_TTL_MS = 24 * 60 * 60 * 1000
const SILENCE_MS = 60_000

export type Twist = 'garbage' | 'oversized' | 'wrong_amount' | 'foreign' | 'html'
const TWISTS: readonly Twist[] = ['garbage', 'oversized', 'wrong_amount', 'foreign', 'html']

/** Typed reading of the switches that belong to the payout provider. */
export function switchbox(env: SandboxEnv) {
  const state = stateOf(env)
  const take = (name: string): Promise<SwitchValue> => state.takeSwitch(`payouts.${name}`)

  return {
    /** An HTTP status to refuse with before anything is done. */
    refusal: async () => numberOr(await take('refuse'), null),
    /** A technical failure, with or without the payout made. */
    failure: async (): Promise<'paid' | 'unpaid' | null> => oneOf(await take('error'), FAILURES),
    /** How long to keep silent after the payout was made, ms. */
    silenceMs: async (): Promise<number> => {
      const value = await take('timeout')
      return value === true ? SILENCE_MS : numberOr(value, 0)
    },
    twist: async (): Promise<Twist | null> => oneOf(await take('answer'), TWISTS),
    webhookMode: async (): Promise<WebhookMode> =>
      oneOf(await take('webhook'), WEBHOOK_MODES) ?? 'once',
    lookFault: async () => oneOf(await take('look'), LOOK_FAULTS),
    searchFault: async () => oneOf(await take('search'), SEARCH_FAULTS),
    banksDown: async (): Promise<boolean> => (await take('banks')) !== null,

    keyTtlMs: async (): Promise<number> =>
      numberOr(await state.peekSwitch('payouts.key_ttl_ms'), KEY_TTL_MS),

    plan: async (keyTtlMs: number): Promise<Plan> => {
      const pendingMs = numberOr(await take('pending_ms'), PENDING_MS)
      const reason = oneOf(await take('cancel'), CANCELLATION_REASONS)
      return { pendingMs, end: reason === null ? 'succeeded' : 'canceled', reason, keyTtlMs }
    },
  }
}

const FAILURES = ['paid', 'unpaid'] as const
const LOOK_FAULTS = ['error', 'silent', 'not_found', ...TWISTS] as const
const SEARCH_FAULTS = ['error', 'unfiltered', 'empty'] as const

function oneOf<Value extends string>(value: SwitchValue, known: readonly Value[]): Value | null {
  return known.find((candidate) => candidate === value) ?? null
}

function numberOr<Otherwise>(value: SwitchValue, otherwise: Otherwise): number | Otherwise {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : otherwise
}
