import type { PayoutDestination } from '#schema/payout'

/** How a destination is shown and kept for ever: `СБП · +7 9•• •••-••-67`, `AT•• … 3201`. */
export function maskDestination(destination: PayoutDestination): string {
  switch (destination.code) {
    case 'sbp': {
      const { phone } = destination
      return `СБП · ${phone.slice(0, 2)} ${phone.slice(2, 3)}•• •••-••-${phone.slice(-2)}`
    }
    case 'bank_card':
      return `•••• ${destination.cardNumber.slice(-4)}`
    case 'yoo_money':
      return `ЮMoney · •••• ${destination.accountNumber.slice(-4)}`
    case 'iban':
      return `${destination.iban.slice(0, 2)}•• … ${destination.iban.slice(-4)}`
  }
}

/** Text of others for the operator's eyes: long runs of digits (cards, phones, wallets) are cut. */
export function withoutNumbers(text: string): string {
  return text.replace(/\d(?:[ -]?\d){6,}/g, '•••').slice(0, 300)
}
