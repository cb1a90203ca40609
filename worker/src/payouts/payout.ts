import { holderFits, ibanChecks } from '#schema/iban'
import type { MarketRules } from '#schema/market'
import type { PayoutDestination, PayoutRequest } from '#schema/payout'
import type { ProblemCode } from '#schema/problem'
import { personalNumberHolds } from '#schema/tax-number'
import { cardNumberChecks } from './card.ts'

const MINUTE_MS = 60_000

/** How long a proof of identity opens withdrawals. */
const REAUTHENTICATION_MS_MAX = 10 * MINUTE_MS

/** How long withdrawals stay shut after the phone was changed: time for its owner to notice. */
const PHONE_COOLDOWN_MS = 48 * 60 * MINUTE_MS

/** What the decision rests on. Instants are ms since the epoch. */
export interface PayoutFacts {
  availableMinor: number
  adultConfirmedAt: number | null
  reauthenticatedAt: number | null
  phoneChangedAt: number | null
  /** False when the provider's list is at hand and the bank is not in it. */
  bankKnown: boolean
  /** The cell failed its audit, or the operator stopped payouts. */
  frozen: boolean
  /** Tag of this request's content (seal.ts). */
  contentTag: string
  /** Tag of the request that came with the same id before; null when none did. */
  previous: string | null
}

/** The rules of the market whose money it is. */
type PayoutRules = Pick<
  MarketRules,
  'code' | 'payoutMinorMin' | 'payoutMinorMax' | 'payoutMethods' | 'account'
>

type PayoutDecision =
  /** `replay`: the same request again; answer with the payout as it is now, post nothing. */
  { ok: true; replay: boolean } | { ok: false; code: ProblemCode }

/**
 * Whether a withdrawal may be posted. A repeat is recognised first: it gets its answer even when
 * the money has left the wallet, the proof of identity has aged or payouts are frozen since.
 */
export function decidePayout(
  request: PayoutRequest,
  facts: PayoutFacts,
  rules: PayoutRules,
  now: number,
): PayoutDecision {
  if (facts.previous !== null) {
    return facts.previous === facts.contentTag ? { ok: true, replay: true } : no('id_reused')
  }
  const { amountMinor, destination } = request
  if (rules.payoutMethods.length === 0) return no('payouts_not_open')
  if (amountMinor < rules.payoutMinorMin) return no('payout_amount_too_small')
  if (amountMinor > rules.payoutMinorMax) return no('payout_amount_too_large')
  if (!rules.payoutMethods.includes(destination.code)) return no('payout_method_not_here')
  const mistyped = mistypedNumber(destination, rules)
  if (mistyped !== null) return no(mistyped)
  if (!facts.bankKnown) return no('bank_unknown')
  if (facts.adultConfirmedAt === null) return no('adult_confirmation_needed')
  if (coolsDown(facts.phoneChangedAt, now)) return no('phone_change_cooldown')
  if (!provedLately(facts.reauthenticatedAt, now)) return no('reauthentication_needed')
  if (facts.frozen) return no('payouts_frozen')
  if (amountMinor > facts.availableMinor) return no('wallet_short')
  return { ok: true, replay: false }
}

/** The number that cannot be right, as its problem code; null when nothing speaks against it. */
function mistypedNumber(destination: PayoutDestination, rules: PayoutRules): ProblemCode | null {
  switch (destination.code) {
    case 'bank_card':
      return cardNumberChecks(destination.cardNumber) ? null : 'card_number_invalid'
    case 'iban':
      return mistypedAccount(destination, rules)
    case 'sbp':
    case 'yoo_money':
      return null
  }
}

/** What a bank of the market would refuse days later, said before money is set aside. */
function mistypedAccount(
  { iban, holder, personalNumber }: Extract<PayoutDestination, { code: 'iban' }>,
  { code, account }: PayoutRules,
): ProblemCode | null {
  if (!ibanChecks(iban)) return 'iban_invalid'
  if (account === null) return null
  if (account.country !== null && !iban.startsWith(account.country)) return 'iban_foreign'
  if (!holderFits(holder, account.holder)) return 'holder_invalid'
  const isNamed = personalNumber !== undefined
  // A number that nobody needs is not kept.
  if (isNamed !== account.namesPerson) return 'personal_number_invalid'
  return !isNamed || personalNumberHolds(code, personalNumber) ? null : 'personal_number_invalid'
}

function coolsDown(phoneChangedAt: number | null, now: number): boolean {
  return phoneChangedAt !== null && now - phoneChangedAt < PHONE_COOLDOWN_MS
}

function provedLately(reauthenticatedAt: number | null, now: number): boolean {
  return reauthenticatedAt !== null && now - reauthenticatedAt <= REAUTHENTICATION_MS_MAX
}

function no(code: ProblemCode): PayoutDecision {
  return { ok: false, code }
}
