import type { PayoutState } from '#schema/payout'
import type { Instruction } from './instruction.ts'
import { standingOf } from './standing.ts'

/** What a cell says of a payout that the register has. */
export type HeldPayout = {
  readonly id: string
  readonly walletId: string
  readonly amountMinor: number
  readonly state: PayoutState
}

/** The bank has ended a payout, and its cell has not heard of it. */
export function lagsBehind(instruction: Instruction, payout: HeldPayout | undefined): boolean {
  const { state } = standingOf(instruction, instruction.said)
  if (!payout || state === 'on_its_way' || payout.state === 'came_back') return false
  return state !== 'settled' || payout.state !== 'arrived'
}

/**
 * How the book and the bank's register contradict one another about a payout, or null. The cell may
 * lag behind the bank and never runs ahead of it: it ends a payout on the bank's word alone.
 */
export function contradictionOf(
  instruction: Instruction,
  payout: HeldPayout | undefined,
): string | null {
  const subject = `payout ${instruction.payoutId}`
  if (!payout || payout.walletId !== instruction.walletId) {
    return `${subject} is the bank's to pay, and the cell has no such payout`
  }
  if (payout.amountMinor !== instruction.amountMinor) {
    return `${subject} of ${payout.amountMinor} stands with the bank as ${instruction.amountMinor}`
  }
  const { state } = standingOf(instruction, instruction.said)
  if (payout.state === 'arrived' && state === 'on_its_way') {
    return `${subject} arrived, and the bank has not said so`
  }
  if (payout.state === 'came_back' && (state === 'on_its_way' || state === 'settled')) {
    return `${subject} came back, and the bank may pay or has paid it`
  }
  return null
}
