import { isBrazilianTaxNumber } from '#fiscal/br'
import { taxNumberHolds } from '#schema/tax-number'
import {
  isBin,
  isInn,
  isMod11of10,
  isPortugueseNif,
  isSlovenian,
  isSpanishCif,
  isTillNumber,
  isUnp,
} from './checks.ts'
import { gather, type NumberFound, type Seen, voted } from './vote.ts'
import type { Pass } from './word.ts'

export type Numbers = {
  readonly taxNumber: NumberFound | null
  /** Russian РН ККТ and ЗН ККТ. */
  readonly registration: NumberFound | null
  readonly serial: NumberFound | null
  readonly fn: NumberFound | null
  readonly fd: NumberFound | null
  readonly fp: NumberFound | null
}

const TAX_LABELLED =
  /(?:[ИN][НHN]{2}|INN|УНП|УНН|ПН|ІД|ЄДРПОУ|ІПН|БИН|БСН|ЖСН|ИИН|NIF|CIF|NIPC|PIB|ПИБ|ПІБ|OIB|UID|NUIS|NIPT|ID ZA DDV|DAVČNA[. A-ZŠŽČ]*|UST[-. ]?ID[-. A-Z]*|GST (?:REG|ID)[. A-Z]*|VAT[ A-Z.]*)\D{0,8}?([A-Z]\d{8}[A-Z](?![A-Z])|(?:ATU|SI(?=\d)|[A-Z])?\d{8,14})(?!\d)/gi

/** Brazil groups its digits: `12.345.678/0001-95`. */
const CNPJ = /CNPJ\D{0,4}?(\d{2}\.?\s?\d{3}\.?\s?\d{3}\s?\/?\s?\d{4}\s?-?\s?\d{2})(?!\d)/gi

/** Which check holds for a tax number, in words of a reason. */
function taxCheck(value: string): string | null {
  if (isInn(value)) return 'inn_check_digits'
  if (isUnp(value)) return 'unp_check_digit'
  if (isBin(value)) return 'bin_check_digit'
  if (isPortugueseNif(value) || isSpanishCif(value)) return 'nif_check_digit'
  if (isMod11of10(value)) return 'mod_11_10'
  if (taxNumberHolds('at', value)) return 'uid_check_digit'
  if (isSlovenian(value)) return 'ddv_check_digit'
  if (isBrazilianTaxNumber(value)) return 'cnpj_check_digits'
  return null
}

/** Twelve digits carry two check digits, which tell a digit that was read twice. */
const PERSON_DIGITS = 12

/** The one number that is left when a digit too many goes; null when several could be meant. */
function withoutOne(value: string): string | null {
  const shorter = [...value].map((_, at) => value.slice(0, at) + value.slice(at + 1))
  const [only = null, ...others] = new Set(shorter.filter(isInn))
  return others.length === 0 ? only : null
}

/** Tills print ИНН padded with zeros to 12 or more places. */
function unpadded(value: string): string {
  const bare = bareOf(value)
  for (const length of [10, 12]) {
    if (bare.length <= length && isInn(bare.padStart(length, '0')))
      return bare.padStart(length, '0')
  }
  return (value.length === PERSON_DIGITS + 1 && withoutOne(value)) || value
}

const bareOf = (value: string) => value.replace(/^0+/, '')

const asPrinted = (value: string) =>
  bareOf(
    value
      .toUpperCase()
      .replace(/^SI/, '')
      .replace(/[\s./-]/g, ''),
  )

const RUN = /(?<!\d)(\d{8,20})(?!\d)/g

/** Every reading of a long run of digits and its near variants: an edge sign read as a digit. */
function variants(passes: readonly Pass[]): Map<string, Seen> {
  const found = new Map<string, Seen>()
  for (const seen of gather(passes, RUN, (value) => value)) {
    for (const value of [seen.value, seen.value.slice(0, -1), seen.value.slice(1)]) {
      if (!found.has(value)) found.set(value, { ...seen, value })
    }
  }
  return found
}

type Till = { registration: Seen; serial: Seen; inn: Seen }

const TRIPLES_MAX = 40_000

/** The till's registration number carries a check over the ИНН and the till's serial number. */
function provedTill(passes: readonly Pass[]): Till | null {
  const all = [...variants(passes).values()]
  const registrations = all.flatMap((seen) =>
    /^0{2,}\d+$/.test(seen.value) || seen.value.length >= 15
      ? [seen.value.padStart(16, '0')]
          .filter((v) => v.length === 16)
          .map((value) => ({ ...seen, value }))
      : [],
  )
  const inns = all.flatMap((seen) => {
    const value = unpadded(seen.value)
    return isInn(value) ? [{ ...seen, value }] : []
  })
  if (registrations.length * inns.length * all.length > TRIPLES_MAX) return null
  for (const registration of registrations) {
    for (const inn of inns) {
      const serial = all.find(({ value }) => isTillNumber(registration.value, inn.value, value))
      if (serial !== undefined) return { registration, serial, inn }
    }
  }
  return null
}

const FN = /(?<!\d)((?:7[23]|87|92|99)\d{14})(?!\d)/g
const FN_FOREIGN = /(?:ФН|OН|ОН|ОH|ЯН|#Н)\s?(?:ПРРО|РРО|№|N)?\s?[:.]?\s?(\d{10})(?!\d)/g
/** Letters of the label are misread as figures, yet `94.90` is a price and names no document. */
const FD =
  /(?:^|[\s.:;|])(?!94\.)[Ф9ЮО#@&$][ДАЛ4D]\s?(?:[:№.#]|N[°o])+\s?№?\s?(\d{1,10})(?!\d|[.,]\d)/g
const FP = /(?:^|[\s.:;|\d])[Ф9ЮО#@&$][ПЛN][ДАЛ4D]?\s?[:№.#]*\s?(\d{6,10})(?!\d)/g

const UINT32_MAX = 4_294_967_295

const uint32 = (value: string) => {
  const number = Number(value)
  return number >= 1 && number <= UINT32_MAX ? String(number) : null
}

/** Numbers of the seller and of the till. */
export function numbersOf(passes: readonly Pass[]): Numbers {
  const till = provedTill(passes)
  const byTill = (seen: Seen): NumberFound => ({
    value: seen.value,
    passes: 1,
    isProved: true,
    reason: 'till_number_check',
    isAgreed: false,
    box: seen.box,
  })
  const printed = new Set(
    [...gather(passes, TAX_LABELLED, asPrinted), ...gather(passes, CNPJ, asPrinted)].map(
      ({ value }) => value,
    ),
  )
  // A number put right proves nothing: its check digits were used to mend it.
  const proof = (value: string) => (printed.has(bareOf(value)) ? taxCheck(value) : null)
  const labelled = [
    ...gather(passes, TAX_LABELLED, (value) => unpadded(value.toUpperCase().replace(/^SI/, ''))),
    ...gather(passes, CNPJ, (value) => value.replace(/\D/g, '')),
  ]
  const tax = voted(labelled, proof)
  const fn =
    voted(gather(passes, FN, (value) => value)) ?? voted(gather(passes, FN_FOREIGN, (v) => v))
  return {
    taxNumber: till !== null ? byTill(till.inn) : tax,
    registration:
      till !== null
        ? byTill(till.registration)
        : voted(gather(passes, /(?<!\d)(0{3}\d{13})(?!\d)/g, (v) => v)),
    serial: till !== null ? byTill(till.serial) : null,
    fn,
    fd: voted(gather(passes, FD, uint32)),
    fp: voted(gather(passes, FP, uint32)),
  }
}
