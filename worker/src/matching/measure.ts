/**
 * Numbers with units as receipts write them (`930МЛ`, `0,93л`, `3,4-4,5%`, `25х2г`, `№10`), brought
 * to comparable values: grams, millilitres, percent, pieces.
 */

export type MeasureKind = 'number' | 'mass' | 'volume' | 'percent' | 'count' | 'code'

/**
 * One number of a name. `lo` and `hi` differ only for ranges; grams, millilitres, percent or pieces
 * by kind.
 */
export interface Measure {
  readonly kind: MeasureKind
  readonly lo: number
  readonly hi: number
  /** True when the text shows a decimal part. */
  readonly isDecimal: boolean
}

interface Unit {
  readonly kind: MeasureKind
  readonly scale: number
}

const MASS = (scale: number): Unit => ({ kind: 'mass', scale })
const VOLUME = (scale: number): Unit => ({ kind: 'volume', scale })
const COUNT: Unit = { kind: 'count', scale: 1 }
const TAGGED: Unit = { kind: 'number', scale: 1 }

/** Units in folded spelling: Latin `k`, `m`, `t` are already Cyrillic, `g` and `l` are not. */
const UNITS: Readonly<Record<string, Unit>> = {
  г: MASS(1),
  гр: MASS(1),
  грамм: MASS(1),
  g: MASS(1),
  gr: MASS(1),
  кг: MASS(1000),
  кg: MASS(1000),
  мг: MASS(0.001),
  мл: VOLUME(1),
  мl: VOLUME(1),
  мп: VOLUME(1),
  л: VOLUME(1000),
  l: VOLUME(1000),
  литр: VOLUME(1000),
  литра: VOLUME(1000),
  шт: COUNT,
  щт: COUNT,
  штук: COUNT,
  штуки: COUNT,
  пак: COUNT,
  пакет: COUNT,
  пакетиков: COUNT,
  пакетов: COUNT,
  пх: COUNT,
  пир: COUNT,
  пирамидок: COUNT,
  саше: COUNT,
  сашетов: COUNT,
  таб: COUNT,
  табл: COUNT,
  тбл: COUNT,
  таблеток: COUNT,
  капс: COUNT,
  капсул: COUNT,
  рул: COUNT,
  рулона: COUNT,
  рулонов: COUNT,
  рулон: COUNT,
  яиц: COUNT,
  салф: COUNT,
  стик: COUNT,
  стиков: COUNT,
  п: COUNT,
  м: TAGGED,
  см: TAGGED,
  мм: TAGGED,
  мес: TAGGED,
  сл: TAGGED,
  слоя: TAGGED,
  слойная: TAGGED,
}

/**
 * `25П` is 25 tea bags, but `45 П/П` is a cheese in a polymer wrap: this unit must stand tight and
 * alone.
 */
const TIGHT_UNIT = 'п'
/** Fewer tea bags than this are sold nowhere: then the letter is an л, misread. */
const BAGS_MIN = 10
const UNIT_NAMES = Object.keys(UNITS)
  .filter((name) => name !== TIGHT_UNIT)
  .sort((one, other) => other.length - one.length)
  .join('|')
const DECIMAL = '\\d{1,9}(?:[.,]\\d{1,4})?'
const LETTER = 'a-zа-я'

/** A number, perhaps a range, perhaps a unit that no letter follows. */
const NUMBER = new RegExp(
  [
    `(${DECIMAL})%?(?:-(${DECIMAL}))?`,
    `(?:\\s?%|\\s?(${UNIT_NAMES})(?![${LETTER}])|(${TIGHT_UNIT})(?![${LETTER}/]))?`,
  ].join(''),
  'y',
)
/** What may stand between the two numbers of `25х2г` or `6*0,5л`. */
const TIMES = /\s?[х*]\s?(?=\d)/y
const FRACTION = /\d+(?:\/\d+)+/y
const DIGITS_OF_CODE = 5
const PIECES_MAX = 400

interface Read {
  readonly measures: readonly Measure[]
  readonly end: number
}

function decimalOf(digits: string): number {
  return Number(digits.replace(',', '.'))
}

/** Reads one number at `at`, or null when none stands there. */
function readNumber(text: string, at: number): { measure: Measure; end: number } | null {
  NUMBER.lastIndex = at
  const found = NUMBER.exec(text)
  if (found === null) return null
  const [whole, first = '0', second, looseUnit, tightUnit] = found
  const unitName = looseUnit ?? tightUnit
  const isPercent = whole.endsWith('%')
  const isLitres = unitName === TIGHT_UNIT && (decimalOf(first) < BAGS_MIN || /[.,]/.test(first))
  const unit = isLitres ? UNITS.л : unitName === undefined ? undefined : UNITS[unitName]
  const scale = unit?.scale ?? 1
  const lo = decimalOf(first) * scale
  const upper = second === undefined ? lo : decimalOf(second) * scale
  const isRange = upper > lo && (isPercent || unit !== undefined)
  if (second !== undefined && !isRange) return readPlain(first, at)
  const kind = isPercent ? 'percent' : (unit?.kind ?? kindOfBare(first))
  const measure = { kind, lo, hi: isRange ? upper : lo, isDecimal: /[.,]/.test(first) }
  return { measure, end: at + whole.length }
}

function readPlain(digits: string, at: number): { measure: Measure; end: number } {
  const value = decimalOf(digits)
  const isDecimal = /[.,]/.test(digits)
  return {
    measure: { kind: kindOfBare(digits), lo: value, hi: value, isDecimal },
    end: at + digits.length,
  }
}

function kindOfBare(digits: string): MeasureKind {
  return /^\d+$/.test(digits) && digits.length >= DIGITS_OF_CODE ? 'code' : 'number'
}

/** `25х2г` is 25 pieces of 2 g, `0,5л*6` six pieces of 500 ml; `50*90` are two plain numbers. */
function readPair(text: string, first: Measure, at: number): Read | null {
  TIMES.lastIndex = at
  const times = TIMES.exec(text)
  if (times === null) return null
  const second = readNumber(text, at + times[0].length)
  if (second === null) return null
  const isPieces = (measure: Measure) =>
    (measure.kind === 'number' || measure.kind === 'count') &&
    !measure.isDecimal &&
    measure.lo <= PIECES_MAX
  const isSize = (measure: Measure) => measure.kind === 'mass' || measure.kind === 'volume'
  if (isPieces(first) && isSize(second.measure)) {
    return { measures: [{ ...first, kind: 'count' }, second.measure], end: second.end }
  }
  if (isSize(first) && isPieces(second.measure)) {
    // `1л*12` is a carton of twelve; only a letter х says that the shopper took so many.
    const kind = times[0].includes('*') ? 'code' : 'count'
    return { measures: [first, { ...second.measure, kind }], end: second.end }
  }
  return { measures: [first, second.measure], end: second.end }
}

/**
 * Reads the measures that begin at `at` of a folded text, which must be a digit there. `1/12`
 * (pieces in a carton) and digits in a row of five and more come back as `code`: they tell the shop
 * something, not the shopper.
 */
export function readMeasures(text: string, at: number): Read {
  FRACTION.lastIndex = at
  const fraction = FRACTION.exec(text)
  if (fraction !== null) {
    const code: Measure = { kind: 'code', lo: 0, hi: 0, isDecimal: false }
    return { measures: [code], end: at + fraction[0].length }
  }
  const first = readNumber(text, at)
  if (first === null) {
    // Ten and more digits: longer than any number above reads.
    let end = at
    while (end < text.length && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39)
      end += 1
    return {
      measures: [{ kind: 'code', lo: 0, hi: 0, isDecimal: false }],
      end: Math.max(end, at + 1),
    }
  }
  return readPair(text, first.measure, first.end) ?? { measures: [first.measure], end: first.end }
}
