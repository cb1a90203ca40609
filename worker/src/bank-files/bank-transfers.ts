import { MARKETS, type MarketCode } from '#schema/market'
import { maskDestination } from '../payouts/mask.ts'
import type { AskedPayout, PayoutProvider, ProviderOutcome } from '../payouts/provider.ts'
import { transactionId } from '../payouts/transaction-id.ts'
import type { Instruction, NewInstruction } from './instruction.ts'
import { outcomeOf, standingOf } from './standing.ts'

/** The register of what the bank is to pay, as the provider needs it. */
export type InstructionRegister = {
  /** Keeps a new instruction; one that its key names already stays as it is. */
  add(instruction: NewInstruction): Promise<void>
  /** The cell has kept the key: the instruction may enter a file. Repeating it changes nothing. */
  confirm(key: string): Promise<void>
  find(key: string): Promise<Instruction | null>
}

/** The name of a payout at the bank, made of what it is: nobody hands it out. */
const keyOf = async (market: MarketCode, asked: AskedPayout): Promise<string> =>
  (await transactionId(market, asked)).replaceAll('-', '')

/** The same register, read once for many payouts; it keeps nothing. */
export async function readingOnce(
  market: MarketCode,
  asked: readonly AskedPayout[],
  under: (keys: readonly string[]) => Promise<Instruction[]>,
): Promise<InstructionRegister> {
  const keys = await Promise.all(asked.map((payout) => keyOf(market, payout)))
  const byKey = new Map((await under(keys)).map((found) => [found.key, found]))
  const keepsNothing = () => Promise.reject(new Error('this register is only read'))
  return { add: keepsNothing, confirm: keepsNothing, find: async (key) => byKey.get(key) ?? null }
}

/**
 * Transfers by the operator's own bank behind our port (docs/decisions/0021). `send` keeps the
 * instruction, which moves nothing; `pursue` lets it into a file, once the cell has kept its key.
 * The key lives for ever, so that no repeat of any age makes a second instruction.
 */
export function createBankTransfers(
  register: InstructionRegister,
  market: MarketCode,
): PayoutProvider {
  const { currency } = MARKETS[market]
  async function stateOf(asked: AskedPayout): Promise<Instruction | ProviderOutcome | null> {
    const key = await keyOf(market, asked)
    const found = await register.find(key)
    if (found === null) return null
    const { amountMinor } = found
    if (amountMinor === asked.amountMinor && found.currency === currency) return found
    const detail = `MISMATCH: asked ${asked.amountMinor} ${currency}, kept ${amountMinor}`
    return { kind: 'unknown', detail: `${detail} ${found.currency} under ${key}` }
  }

  async function look(providerId: string, asked: AskedPayout): Promise<ProviderOutcome> {
    const found = await stateOf(asked)
    if (found === null) return { kind: 'unknown', detail: `no instruction ${providerId}` }
    if ('kind' in found) return found
    if (found.key !== providerId) {
      return { kind: 'unknown', detail: `MISMATCH: asked for ${providerId}, it is ${found.key}` }
    }
    return saidOf(found)
  }

  return {
    async send(payout) {
      const { destination, id, amountMinor, walletId } = payout
      if (destination.code !== 'iban' || walletId === undefined) {
        throw new Error('a bank pays to account numbers of known wallets only')
      }
      const instruction = { key: await keyOf(market, payout), market, walletId, payoutId: id }
      const masked = maskDestination(destination)
      await register.add({ ...instruction, amountMinor, currency, destination, masked })
      const kept = await stateOf(payout)
      if (kept === null) return { kind: 'unknown', detail: 'the instruction was not kept' }
      return 'kind' in kept ? kept : saidOf(kept)
    },

    look,

    async pursue(providerId, asked) {
      const before = await look(providerId, asked)
      if (before.kind !== 'pending') return before
      await register.confirm(providerId)
      return look(providerId, asked)
    },

    async find(asked) {
      const found = await stateOf(asked)
      if (found === null) return { kind: 'absent' }
      return 'kind' in found ? found : saidOf(found)
    },

    // Transfers go to account numbers: no bank is chosen by name.
    banks: async () => [],
  }
}

function saidOf(instruction: Instruction): ProviderOutcome {
  return outcomeOf(instruction.key, standingOf(instruction, instruction.said))
}
