import type { FiscalCode } from './code.ts'

/**
 * The till of a receipt as its country names it, unique over all countries, or null when the code
 * names none: Austria the certificate and the till's name, Germany the device, Kazakhstan the
 * registration of the machine, elsewhere the part of the identity that belongs to the machine.
 */
export function tillOf({ country, identity, seal }: FiscalCode): string | null {
  const [, first, second, third] = identity.split(':')
  switch (country) {
    case 'at':
      return `at:${third}:${first}`
    case 'de':
      return seal?.kind === 'de' ? `de:${seal.device}` : null
    case 'kz':
      return `kz:${first}`
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
