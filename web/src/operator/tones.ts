import type { BankStanding } from '#schema/bank-file'
import type { PayoutState } from '#schema/payout'
import type { ReceiptState } from '#schema/receipt'
import type { Tone } from '../ui/chip.tsx'

export const RECEIPT_TONES: Record<ReceiptState, Tone> = {
  received: 'coming',
  verifying: 'coming',
  awaiting_authority: 'coming',
  awaiting_budget: 'coming',
  credited: 'mine',
  no_reward: 'neutral',
  duplicate: 'refusal',
  rejected: 'refusal',
  released: 'neutral',
}

export const PAYOUT_TONES: Record<PayoutState, Tone> = {
  asked: 'coming',
  on_its_way: 'coming',
  arrived: 'mine',
  came_back: 'refusal',
}

export const STANDING_TONES: Record<BankStanding, Tone> = {
  on_its_way: 'coming',
  settled: 'mine',
  refused: 'refusal',
  returned: 'refusal',
}
