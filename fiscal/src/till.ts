import type { FiscalCode } from './code.ts'

/**
 * The till of a receipt as its country names it, unique over all countries, or null when the code
 * names none: Austria the certificate and the till's name, Germany the device, Kazakhstan the
 * registration of the machine, Slovakia the code of the cash register, elsewhere the part of the
 * identity that belongs to the machine.
 */
export function tillOf({ country, identity, seal, lookup }: FiscalCode): string | null {
  const [, first, second, third] = identity.split(':')
  switch (country) {
    case 'at':
      return `at:${third}:${first}`
    case 'de':
      return seal?.kind === 'de' ? `de:${seal.device}` : null
    case 'gr':
    case 'kz':
    case 'ua':
      return `${country}:${first}`
    // The opaque number of either country names no till.
    case 'md':
      return third === undefined ? null : `md:${first}`
    case 'sk':
      return lookup?.cashRegisterCode ? `sk:${lookup.cashRegisterCode}` : null
    case 'kg':
      return `kg:${second}`
    case 'uz':
      return `uz:${first}`
    case 'ba':
    case 'fj':
    case 'rs':
    case 'ws':
      return `${country}:${second}`
    default:
      return null
  }
}

/**
 * The till's own count of its documents, which only grows as time goes by; null when the code tells
 * none. Austria's rule wants the numbers of a till in sequence, Germany's device counts signatures,
 * Kyrgyzstan, Uzbekistan and TaxCore number documents of the module.
 */
export function documentNumberOf({ country, identity }: FiscalCode): number | null {
  const [, , second = '', third = ''] = identity.split(':')
  switch (country) {
    case 'at':
    case 'de':
    case 'uz':
      return counted(second)
    case 'kg':
    case 'ba':
    case 'fj':
    case 'rs':
    case 'ws':
      return counted(third)
    default:
      return null
  }
}

/** Only what is nothing but digits counts: some tills number by letters and days. */
function counted(number: string): number | null {
  const value = Number(number)
  return /^\d+$/.test(number) && Number.isSafeInteger(value) && value > 0 ? value : null
}
