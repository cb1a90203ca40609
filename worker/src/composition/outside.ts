import { MARKETS, type MarketCode } from '#schema/market'
import { createBankTransfers } from '../bank-files/bank-transfers.ts'
import { authorityOf } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import { createUnisender } from '../notify/mail.fetch.ts'
import type { SendMail, SendSms } from '../notify/port.ts'
import { createSmsc } from '../notify/sms.fetch.ts'
import { throughEgress } from '../outside/egress.ts'
import type { Send } from '../outside/exchange.ts'
import type { PayoutProvider } from '../payouts/provider.ts'
import { createWise } from '../payouts/wise.fetch.ts'
import { createYookassa } from '../payouts/yookassa.fetch.ts'
import type { Authority } from '../verification/authority.ts'
import { createFnsAuthority } from '../verification/fns-open-api.fetch.ts'
import { bankRegister } from './bank-files.ts'

/** The services of others, each through its real protocol; only base URLs and keys differ. */
const send = (request: Request) => fetch(request)

type EgressSettings = Pick<Settings, 'EGRESS_PROXY_URL' | 'EGRESS_PROXY_TOKEN' | 'EGRESS_HOSTS'>

/** The way to those who vouch for receipts: directly, or from the fixed address. */
export function sendOf(settings: EgressSettings): Send {
  return throughEgress(send, {
    url: settings.EGRESS_PROXY_URL,
    token: settings.EGRESS_PROXY_TOKEN,
    hosts: settings.EGRESS_HOSTS,
  })
}

/** Who carries a market's money out: what its rules for accounts say, the home market's ways at home. */
export function payoutProvider(env: Env, settings: Settings, market: MarketCode): PayoutProvider {
  const { account } = MARKETS[market]
  if (account?.carrier === 'bank_file') {
    return createBankTransfers(bankRegister(env, settings), market)
  }
  if (account?.carrier === 'wise') {
    return createWise({
      base: settings.WISE_BASE_URL,
      token: settings.WISE_TOKEN,
      profileId: settings.WISE_PROFILE_ID,
      market,
      send,
    })
  }
  return createYookassa({
    base: settings.YOOKASSA_BASE_URL,
    agentId: settings.YOOKASSA_AGENT_ID,
    secret: settings.YOOKASSA_SECRET,
    testGateway: settings.YOOKASSA_TEST_GATEWAY,
    send,
  })
}

export function taxService(env: Env, settings: Settings): Authority {
  return createFnsAuthority({
    baseUrl: settings.FNS_BASE_URL,
    masterToken: settings.FNS_MASTER_TOKEN,
    fetch: sendOf(settings),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: Date.now,
    // A stub belongs to the invocation that made it, and this adapter outlives one: ask for it
    // anew.
    tokens: {
      read: () => authorityOf(env).readToken(),
      write: (token) => authorityOf(env).writeToken(token),
    },
  })
}

export function smsGateway(settings: Settings): SendSms {
  return createSmsc({ base: settings.SMS_BASE_URL, apiKey: settings.SMS_API_KEY, send })
}

export function mailService(settings: Settings): SendMail {
  return createUnisender({
    base: settings.MAIL_BASE_URL,
    apiKey: settings.MAIL_API_KEY,
    fromEmail: settings.MAIL_FROM,
    fromName: 'Копилка',
    send,
  })
}
