/**
 * Lengths of account numbers by country: the IBAN registry of ISO 13616, kept by SWIFT. A country
 * that is not in it has no such numbers.
 */
const REGISTRY =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 ' +
  'EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 ' +
  'IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 ' +
  'NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 ' +
  'TN24 TR26 UA29 VA22 VG24 XK20'

const LENGTHS: ReadonlyMap<string, number> = new Map(
  REGISTRY.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/**
 * Whose account, in one alphabet and never two: a letter that only looks like another would name
 * somebody else. Latin letters of Europe, which is what banks there carry and compare, or Cyrillic
 * ones with those of Kazakh, as accounts in Kazakhstan are kept.
 */
export const ACCOUNT_HOLDERS = {
  latin: /^[A-Za-zÀ-ÖØ-öø-ſȘ-ț .,'’-]+$/,
  cyrillic: /^[А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі .,'’-]+$/,
} as const

/** True for a name that the market's banks carry. */
export function holderFits(name: string, allowed: 'latin' | 'latin_or_cyrillic'): boolean {
  if (ACCOUNT_HOLDERS.latin.test(name)) return true
  return allowed === 'latin_or_cyrillic' && ACCOUNT_HOLDERS.cyrillic.test(name)
}

/** `at61 1904 3002 3457 3201` → `AT611904300234573201`: as it is kept and sent. */
export function bareIban(text: string): string {
  return text.replace(/[\s\u200b-\u200f\ufeff]/g, '').toUpperCase()
}

/** `AT611904300234573201` → `AT61 1904 3002 3457 3201`, also while it is being typed. */
export function ibanInGroups(text: string): string {
  return bareIban(text).replace(/(.{4})(?=.)/g, '$1 ')
}

/** True for a bare number of its country's length whose check digits are right (ISO 7064, 97-10). */
export function ibanChecks(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return false
  if (LENGTHS.get(iban.slice(0, 2)) !== iban.length) return false
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  // Check digits are 98 less a remainder: 00, 01 and 99 are never given.
  return rest === 1 && !/^..(?:00|01|99)/.test(iban)
}
