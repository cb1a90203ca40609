import type { Authenticator } from './authenticator/authenticator.object.ts'
import type { Bank } from './bank/bank.object.ts'
import type { Outbox } from './outbox/outbox.object.ts'
import type { PaymentProvider } from './payouts/provider.object.ts'
import type { SandboxState } from './state.object.ts'

/** Bindings and variables of the sandbox Worker; each part of it adds its own here. */
export type SandboxEnv = {
  STATE: DurableObjectNamespace<SandboxState>
  MASTER_TOKEN: string
  FISCAL_SIGN_KEY: string
  /** Credentials of those who resell the tax service's receipts. */
  PROVERKACHEKA_TOKEN: string
  OFD_TOKEN_SECRET: string
  PAYMENTS: DurableObjectNamespace<PaymentProvider>
  /** Credentials of the payout gateway. */
  PAYOUT_AGENT_ID: string
  PAYOUT_SECRET: string
  /** Credentials of the profile that sends transfers abroad. */
  WISE_TOKEN: string
  WISE_PROFILE_ID: string
  /** Where the payout provider sends its notifications; empty for nowhere. */
  WEBHOOK_URL: string
  /** The operator's own bank. */
  BANK: DurableObjectNamespace<Bank>
  OUTBOX: DurableObjectNamespace<Outbox>
  SMS_API_KEY: string
  MAIL_API_KEY: string
  AUTHENTICATOR: DurableObjectNamespace<Authenticator>
}

/** The one object that holds the sandbox's switches and its tax service. */
export function stateOf(env: SandboxEnv): DurableObjectStub<SandboxState> {
  return env.STATE.get(env.STATE.idFromName('sandbox'))
}
