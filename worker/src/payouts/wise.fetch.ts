import { MARKETS, type MarketCode } from '#schema/market'
import { type Bounds, type Exchanged, exchange, type Send } from '../outside/exchange.ts'
import type { AskedPayout, PayoutProvider, PayoutToSend, ProviderOutcome } from './provider.ts'
import { transactionId } from './transaction-id.ts'
import {
  type AskedTransfer,
  FUNDING_BODY,
  foundOf,
  fundingTrouble,
  pageOf,
  quoteBody,
  quoteOf,
  recipientBody,
  recipientOf,
  refusalOf,
  TransferId,
  type TransferOutcome,
  transferBody,
  transferOf,
  unknown,
} from './wise-wire.ts'

const BOUNDS: Bounds = { answerMsMax: 20_000, answerBytesMax: 256 * 1024 }
const PAGE_SIZE = 100
const PAGES_MAX = 50
const HOUR_MS = 3_600_000
/** From before the first question to after the last one that may have made it (schedule.ts). */
const SEARCHED_MS = { before: HOUR_MS, after: 24 * HOUR_MS }

interface WiseConfig {
  /** `https://api.wise.com`, without the version. */
  base: string
  token: string
  /** The business profile whose balance pays. */
  profileId: string
  /** Balance, transfer and account are all in its currency. */
  market: MarketCode
  answerMsMax?: number
  send: Send
}

/**
 * Transfers to IBAN accounts by Wise behind our port (docs/decisions/0018). `send` makes the
 * transfer, which moves nothing; `pursue` funds it, once its number is kept. Facts and their
 * pages: wise-wire.ts.
 */
export function createWise(config: WiseConfig): PayoutProvider {
  const { profileId, market } = config
  const { currency } = MARKETS[market]
  const ask = asker(config)
  const transferAsked = async (asked: AskedPayout): Promise<AskedTransfer> => ({
    amountMinor: asked.amountMinor,
    currency,
    key: await transactionId(market, asked),
  })

  async function read(providerId: string, asked: AskedPayout): Promise<TransferOutcome> {
    if (!TransferId.safeParse(providerId).success) throw new Error('not an id of the provider')
    const got = await ask(`/v1/transfers/${providerId}`)
    if (got.kind === 'silent') return { outcome: unknown(got.detail), unfunded: false }
    if (got.status !== 200) return { outcome: unknown(`HTTP ${got.status}`), unfunded: false }
    const seen = transferOf(got.text, await transferAsked(asked))
    const answered = 'providerId' in seen.outcome ? seen.outcome.providerId : providerId
    if (answered === providerId) return seen
    const detail = `MISMATCH: asked for ${providerId}, answered ${answered}`
    return { outcome: unknown(detail), unfunded: false }
  }

  return {
    send: async (payout) => makeTransfer(ask, config, payout, await transferAsked(payout)),

    look: async (providerId, asked) => (await read(providerId, asked)).outcome,

    async pursue(providerId, asked) {
      const before = await read(providerId, asked)
      if (!before.unfunded) return before.outcome
      const path = `/v3/profiles/${profileId}/transfers/${providerId}/payments`
      const got = await ask(path, FUNDING_BODY)
      const trouble =
        got.kind === 'silent' ? got.detail : fundingTrouble(got.status, got.headers, got.text)
      // The transfer itself says whether its money has come, whatever became of the answer.
      const after = await read(providerId, asked)
      return after.unfunded && trouble !== null ? unknown(trouble) : after.outcome
    },

    async find(asked) {
      if (asked.firstSentAt === undefined) return unknown('when it was first sent is not known')
      const wanted = await transferAsked(asked)
      const found: TransferOutcome[] = []
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const got = await ask(`/v1/transfers?${listQuery(profileId, asked.firstSentAt, page)}`)
        if (got.kind === 'silent') return unknown(got.detail)
        const read = got.status === 200 ? pageOf(got.text, wanted, PAGE_SIZE) : null
        if (read === null) return unknown(`HTTP ${got.status} to a list of transfers`)
        found.push(...read.found)
        if (read.isLast) return foundOf(found, wanted.key)
      }
      return unknown(`more than ${PAGES_MAX * PAGE_SIZE} transfers in a day: not searched through`)
    },

    // Transfers go to account numbers: no bank is chosen by name.
    banks: async () => [],
  }
}

function listQuery(profileId: string, firstSentAt: number, page: number): URLSearchParams {
  return new URLSearchParams({
    profile: profileId,
    createdDateStart: new Date(firstSentAt - SEARCHED_MS.before).toISOString(),
    createdDateEnd: new Date(firstSentAt + SEARCHED_MS.after).toISOString(),
    limit: String(PAGE_SIZE),
    offset: String(page * PAGE_SIZE),
  })
}

/**
 * Quote, recipient, transfer. Each repeat makes the first two anew, and the key makes the third
 * one the same for ever. No money moves here, so that a refusal is definitive even of a repeat.
 */
async function makeTransfer(
  ask: Ask,
  { profileId }: WiseConfig,
  { destination }: PayoutToSend,
  asked: AskedTransfer,
): Promise<ProviderOutcome> {
  if (destination.code !== 'iban') throw new Error('this provider pays to account numbers only')
  const quoted = await ask(`/v3/profiles/${profileId}/quotes`, quoteBody(asked))
  const quote = made(quoted, (text) => quoteOf(text, asked))
  if ('kind' in quote) return quote
  const kept = await ask('/v1/accounts', recipientBody(destination, asked.currency, profileId))
  const recipient = made(kept, (text) => recipientOf(text, asked))
  if ('kind' in recipient) return recipient
  const sent = await ask('/v1/transfers', transferBody(recipient.id, quote.id, asked.key))
  const transfer = made(sent, (text) => ({ outcome: transferOf(text, asked).outcome }))
  return 'kind' in transfer ? transfer : transfer.outcome
}

/** What a POST made, or what its failure means for the payout. */
function made<Made extends object>(
  got: Exchanged,
  read: (text: string) => Made | { wrong: string },
): Made | ProviderOutcome {
  if (got.kind === 'silent') return unknown(got.detail)
  if (got.status === 200 || got.status === 201) {
    const answer = read(got.text)
    return 'wrong' in answer ? unknown(answer.wrong) : answer
  }
  const reason = refusalOf(got.status, got.text)
  if (reason === null) return unknown(`HTTP ${got.status}`)
  return { kind: 'canceled', providerId: null, reason }
}

type Ask = (path: string, body?: string) => Promise<Exchanged>

function asker({ base, token, send, answerMsMax = BOUNDS.answerMsMax }: WiseConfig): Ask {
  const authorization = `Bearer ${token}`
  return function askWise(path, body) {
    const headers = { accept: 'application/json', authorization }
    const init = body === undefined ? { method: 'GET', headers } : postOf(headers, body)
    return exchange(send, new URL(path, base).href, init, { ...BOUNDS, answerMsMax })
  }
}

function postOf(headers: Record<string, string>, body: string): RequestInit {
  return { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body }
}
