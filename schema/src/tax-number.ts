import type { MarketCode } from './market.ts'

const ORGANISATION = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const TRADER_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const TRADER_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/** A tax number of any market as it is kept and sent: up to India's and Saudi Arabia's fifteen. */
export const TAX_NUMBER = /^[A-Z0-9]{8,15}$/

/**
 * True when a tax number has its country's form and its check digits hold, where we know the rule;
 * of other countries the form alone is looked at.
 */
export function taxNumberHolds(market: MarketCode, text: string): boolean {
  switch (market) {
    case 'ru':
      return russianHolds(text)
    case 'at':
      return austrianHolds(text)
    case 'kz':
      return kazakhHolds(text)
    default:
      return hasTaxForm(market, text) && !/^0+$/.test(text)
  }
}

/** What a tax number looks like in its country; whether its digits check is another question. */
export function hasTaxForm(market: MarketCode, text: string): boolean {
  switch (market) {
    case 'ru':
      return /^(\d{10}|\d{12})$/.test(text)
    case 'at':
      return /^ATU\d{8}$/.test(text)
    case 'kz':
      return /^\d{12}$/.test(text)
    default:
      return TAX_NUMBER.test(text)
  }
}

/** Without the blanks and in the case that the form has: `atu 1234 5675` → `ATU12345675`. */
export const taxNumberOf = (typed: string) => typed.replace(/\s/g, '').toUpperCase()

/**
 * What was read or typed as its market's form has it: an Austrian print often leaves letters out.
 * `12345675` → `ATU12345675`.
 */
export function printedTaxNumber(market: MarketCode, text: string): string {
  const bare = taxNumberOf(text.replace(/[.-]/g, ''))
  return market === 'at' ? bare.replace(/^U?(?=\d{8}$)/, 'ATU') : bare
}

/**
 * Whether two numbers of a country name one company, whichever of its spellings and branches they
 * are: a chain feeds the sales of all its shops, and each may print a number of its own.
 */
export function isSameCompany(market: MarketCode, one: string, other: string): boolean {
  return companyOf(market, one) === companyOf(market, other)
}

/**
 * Brazil numbers the branches behind the company's eight digits, India its states around the PAN,
 * Saudi Arabia the registrations for VAT behind the ten digits of the taxpayer.
 */
function companyOf(market: MarketCode, text: string): string {
  const bare = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const own = bare.startsWith(market.toUpperCase()) ? bare.slice(2) : bare
  return companyPart(market, own).replace(/^0+(?=.)/, '')
}

function companyPart(market: MarketCode, number: string): string {
  if (market === 'br' && number.length === 14) return number.slice(0, 8)
  if (market === 'in' && number.length === 15) return number.slice(2, 12)
  return market === 'sa' && number.length === 15 ? number.slice(0, 10) : number
}

/**
 * One check digit of an organisation (10 digits), two of a sole trader (12 digits). Weights: order
 * ММВ-7-6/435@ of the tax service, 2012.
 */
function russianHolds(text: string): boolean {
  if (!hasTaxForm('ru', text) || /^0+$/.test(text)) return false
  const digits = Array.from(text, Number)
  if (digits.length === 10) return checkDigit(digits, ORGANISATION) === digits[9]
  return (
    checkDigit(digits, TRADER_FIRST) === digits[10] &&
    checkDigit(digits, TRADER_SECOND) === digits[11]
  )
}

function checkDigit(digits: readonly number[], weights: readonly number[]): number {
  return (weighed(digits, weights) % 11) % 10
}

const weighed = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0)

/** `ATU` and eight digits, of which the last checks the others (BMF, UID-Konstruktionsregeln). */
function austrianHolds(text: string): boolean {
  if (!hasTaxForm('at', text)) return false
  const digits = Array.from(text.slice(3), Number)
  const sum = digits.slice(0, 7).reduce((total, digit, at) => {
    const product = digit * (at % 2 === 0 ? 1 : 2)
    return total + Math.trunc(product / 10) + (product % 10)
  }, 0)
  return (10 - ((sum + 4) % 10)) % 10 === digits[7]
}

/**
 * Whether a number of a person's own in the state's register holds. Kazakhstan: IIN of the date of
 * birth, the century and sex (1–6), four digits of order and the check digit; a company's BIN has
 * 4–6 for its kind in the fifth place, which is no day of a month.
 */
export function personalNumberHolds(market: MarketCode, text: string): boolean {
  if (!taxNumberHolds(market, text)) return false
  if (market !== 'kz') return true
  const century = [18, 18, 19, 19, 20, 20][Number(text[6]) - 1]
  if (century === undefined) return false
  const day = `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

const KAZAKH_FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const KAZAKH_SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/** BIN or IIN of twelve digits: the last is the sum modulo 11, with other weights when it is 10. */
function kazakhHolds(text: string): boolean {
  if (!hasTaxForm('kz', text) || /^0+$/.test(text)) return false
  const digits = Array.from(text, Number)
  const first = weighed(digits, KAZAKH_FIRST) % 11
  const check = first === 10 ? weighed(digits, KAZAKH_SECOND) % 11 : first
  return check === digits[11]
}
