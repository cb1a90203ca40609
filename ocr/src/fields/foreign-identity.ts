import type { FiscalCountry } from '#fiscal/code'
import { printBr } from '#fiscal/print/br'
import { printHr } from '#fiscal/print/hr'
import { printIic } from '#fiscal/print/iic'
import { printKg } from '#fiscal/print/kg'
import { printKz } from '#fiscal/print/kz'
import { printPt } from '#fiscal/print/pt'
import { printSi } from '#fiscal/print/si'
import { printUa } from '#fiscal/print/ua'
import { printUz } from '#fiscal/print/uz'
import { readCode } from '#fiscal/registry'
import type { FiscalNumberName } from '#schema/fiscal-number'
import { MARKETS } from '#schema/market'
import type { Field, Fields } from './fields.ts'

/** What the print says, each part there; none of it is yet known to be right. */
type Facts = {
  readonly numbers: Readonly<Partial<Record<FiscalNumberName, string>>>
  readonly date: string
  /** `HH:MM:SS`, or `HH:MM` where the till prints no more. */
  readonly time: string
  readonly totalMinor: number
  readonly taxNumber: string
}

/** Parts of an identity beside its fiscal numbers. */
type Part = 'date' | 'time' | 'seconds' | 'total' | 'tax_number'

/** How a country's code is rebuilt of what its receipts print. */
type Rebuilt = {
  readonly country: FiscalCountry
  readonly numbers: readonly FiscalNumberName[]
  readonly parts: readonly Part[]
  readonly print: (facts: Facts) => string
}

const ALL: readonly Part[] = ['date', 'time', 'total', 'tax_number']

/**
 * Countries where print says all that the code says. Austria's and Germany's signature is not
 * printed as figures, Serbia's code holds a record that only the tax service can read, Chile's a
 * signature, Mexico's needs the buyer: those have numbers, and no identity of them.
 */
const REBUILT: readonly Rebuilt[] = [
  {
    country: 'kz',
    numbers: ['kz_till', 'kz_sign', 'kz_operator'],
    parts: [...ALL, 'seconds'],
    print: ({ numbers, date, time, totalMinor }) =>
      printKz({
        page: OPERATOR_PAGES[numbers.kz_operator ?? ''] ?? '',
        till: numbers.kz_till ?? '',
        sign: bare(numbers.kz_sign),
        totalMinor,
        time: `${date}T${time}`,
      }),
  },
  {
    country: 'br',
    numbers: ['br_key'],
    parts: ['total'],
    print: ({ numbers, totalMinor }) => printBr({ key: numbers.br_key ?? '', totalMinor }),
  },
  {
    country: 'hr',
    numbers: ['hr_jir'],
    parts: ['date', 'time', 'total'],
    print: ({ numbers, date, time, totalMinor }) =>
      printHr({ jir: numbers.hr_jir ?? '', time: `${date}T${time}`, totalMinor }),
  },
  {
    country: 'si',
    numbers: ['si_zoi'],
    parts: ['date', 'time', 'seconds', 'tax_number'],
    print: ({ numbers, date, time, taxNumber }) =>
      printSi({ mark: numbers.si_zoi ?? '', taxNumber, time: `${date}T${time}` }),
  },
  ...(['me', 'al'] as const).map((country): Rebuilt => {
    const name = `${country}_iic` as const
    return {
      country,
      numbers: [name],
      parts: [...ALL, 'seconds'],
      print: ({ numbers, date, time, totalMinor, taxNumber }) => {
        const wall = `${date}T${time}`
        const offset = offsetAt(wall, MARKETS[country].timeZone)
        return printIic({ country, iic: numbers[name] ?? '', taxNumber, wall, offset, totalMinor })
      },
    }
  }),
  {
    country: 'ua',
    numbers: ['ua_till', 'ua_document'],
    parts: ['date', 'time', 'total'],
    print: ({ numbers, date, time, totalMinor }) =>
      printUa({
        till: numbers.ua_till ?? '',
        number: numbers.ua_document ?? '',
        time: `${date}T${time.slice(0, 'HH:MM'.length)}`,
        totalMinor,
      }),
  },
  {
    country: 'uz',
    numbers: ['uz_terminal', 'uz_document', 'uz_sign'],
    parts: ['date', 'time', 'seconds', 'total'],
    print: ({ numbers, date, time }) =>
      printUz({
        terminal: numbers.uz_terminal ?? '',
        number: numbers.uz_document ?? '',
        sign: numbers.uz_sign ?? '',
        time: `${date}T${time}`,
      }),
  },
  {
    country: 'kg',
    numbers: ['kg_till', 'kg_module', 'kg_document', 'kg_sign'],
    parts: [...ALL, 'seconds'],
    print: ({ numbers, date, time, totalMinor, taxNumber }) =>
      printKg({
        till: numbers.kg_till ?? '',
        module: numbers.kg_module ?? '',
        number: numbers.kg_document ?? '',
        sign: numbers.kg_sign ?? '',
        taxNumber,
        time: `${date}T${time}`,
        totalMinor,
      }),
  },
  {
    country: 'sk',
    numbers: ['sk_uid'],
    parts: ['date', 'time', 'total'],
    print: ({ numbers }) => numbers.sk_uid ?? '',
  },
  {
    country: 'pt',
    numbers: ['pt_document', 'pt_atcud'],
    parts: ['date', 'total', 'tax_number'],
    print: ({ numbers, date, totalMinor, taxNumber }) =>
      printPt({
        taxNumber,
        document: numbers.pt_document ?? '',
        atcud: numbers.pt_atcud ?? '',
        day: date,
        totalMinor,
      }),
  },
]

/** Where operators of Kazakh receipts show them. */
const OPERATOR_PAGES: Readonly<Record<string, string>> = {
  'oofd.kz': 'https://consumer.oofd.kz/',
  'kofd.kz': 'https://consumer.kofd.kz/',
  'wofd.kz': 'https://consumer.wofd.kz/',
  'ofd1.kz': 'https://ofd1.kz/t/',
}

const bare = (digits = '') => digits.replace(/^0+(?=\d)/, '')

/** How far a place's clock is ahead of universal time, minutes, when it shows a wall time. */
function offsetAt(wall: string, timeZone: string): number {
  const instant = Date.parse(`${wall}Z`)
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instant)
  return Math.round((Date.parse(`${shown.replace(' ', 'T')}Z`) - instant) / 60_000)
}

export type ForeignIdentity = {
  readonly country: FiscalCountry
  readonly text: string
  readonly reasons: readonly string[]
}

/** Null when a part is not on the print, or the whole is no receipt of its country. */
export function foreignIdentityOf(fields: Fields): ForeignIdentity | null {
  const facts = factsOf(fields)
  const wanted = REBUILT.find(({ numbers }) => numbers.every((name) => name in facts.numbers))
  if (wanted === undefined || !isThere(fields, wanted.parts)) return null
  const text = wanted.print(facts)
  const reading = readCode(text)
  if (!reading.ok || reading.code.country !== wanted.country) return null
  return { country: wanted.country, text, reasons: reasonsOf(fields, wanted) }
}

function factsOf({ numbers, date, time, seconds, totalMinor, taxNumber }: Fields): Facts {
  return {
    numbers: Object.fromEntries(numbers.map(({ name, value }) => [name, value])),
    date: date?.value ?? '',
    time: [time?.value ?? '', ...(seconds === null ? [] : [seconds.value])].join(':'),
    totalMinor: totalMinor?.value ?? 0,
    taxNumber: taxNumber?.value ?? '',
  }
}

/** The field of a part. */
function fieldOf(fields: Fields, part: Part): Field<string> | Field<number> | null {
  if (part === 'total') return fields.totalMinor
  return part === 'tax_number' ? fields.taxNumber : fields[part]
}

const isThere = (fields: Fields, parts: readonly Part[]) =>
  parts.every((part) => fieldOf(fields, part) !== null)

/** Proofs that tell a number however often it was read. */
const PROVED_ALONE: ReadonlySet<string> = new Set(['key_check_digits', 'operator_named'])

/** What is missing to certainty, as codes: two models agree, or check digits say it was read right. */
function reasonsOf(fields: Fields, { numbers, parts }: Rebuilt): string[] {
  const unagreed = fields.numbers.filter(
    ({ name, isAgreed, reason }) =>
      numbers.includes(name) && !isAgreed && !PROVED_ALONE.has(reason),
  )
  return [
    ...unagreed.map(({ name }) => `number_not_agreed:${name}`),
    ...parts.flatMap((part) => {
      const field = fieldOf(fields, part)
      if (part === 'total') return field?.certainty === 'proved' ? [] : ['total_not_proved']
      if (part === 'tax_number' && field?.certainty === 'proved') return []
      return field?.reason === 'readings_agree' ? [] : [`${part}_not_agreed`]
    }),
  ]
}
