import { amountsIn } from './amounts.ts'
import { CHAINS, type Chain, STATIONS } from './chains.ts'
import { isHeading, namesCompany, spelt, withRegisteredName, withWholeNames } from './company.ts'
import { consensusOf } from './consensus.ts'
import { timeIn } from './dates.ts'
import { distance, findAny, findPhrase, shapeOf } from './fold.ts'
import { NOT_ITEM } from './keywords.ts'
import { type Box, type Line, type Pass, surenessOf } from './word.ts'

export type Text = { readonly value: string; readonly box: Box; readonly passes: number }

export type Header = {
  /** The sign over the door. */
  readonly retailer: Text | null
  /** The company that sold. */
  readonly legal: Text | null
  readonly address: Text | null
}

const HEAD_LINES = 14
const FIRST_LINES = 6
const ADDRESS =
  /(?:\bг\s?\.|\bул\s?\.|просп|пр-т|пр\.|пер\.|шоссе|вул\.|м\.\s?\p{L}|\bд\.\s?\d|str\.|stra(?:ß|ss|B)e|\bweg\b|platz|jalan|\bjln\b|taman|\bkawasan\b|\bseksyen\b|\blorong\b|\blot\b|road|street|avenida|calle|\brua\b|c\/|ул\.|улица|бул|(?<!\p{L})(?:р-н|район|обл|мкр|пл\.|набереж|тракт))/iu
const POSTCODE = /(?<!\d)\d{5,6}\s+\p{L}{3,}/u
/** The company's number behind its name: `(126926-H)`, `(CO. REG: 860671-D)`. */
const REGISTERED = /^([\p{L}\p{N}]{2}.{3,}?)\s*[({[|](?![^({[]*BHD)[^({[]*\d{3}[^({[]*$/u

function clean(text: string): string {
  const plain = text
    .replace(/^[^\p{L}\p{N}"«'“”]+/u, '')
    .replace(/^\p{Ll}{1,2}\s+[^\p{L}\p{N}]*(?=\p{Lu}{3})/u, '')
    .replace(REGISTERED, '$1')
    .replace(/(?:\s+[^\p{L}\p{N}]{1,3}|\s+\p{L})+$/u, '')
    .replace(/[”“„]/g, '"')
    .replace(/(?<![\p{L}\p{N}])[0ОO]{3}(?=[\s"”«]|$)/u, 'ООО')
    .replace(/^["']([^"']*)$/u, '$1')
    .replace(/(?<=\p{Lu}{3})\|/gu, 'I')
    .trim()
  return spelt(plain)
}

const lettersIn = (text: string) => (text.match(/\p{L}/gu) ?? []).length

/** The lines that most readings found at one height of the paper, the upper ones first. */
function together(found: readonly Line[]): Line[] {
  const groups = found.map((line) =>
    found.filter(
      (other) =>
        Math.abs(middleOf(other) - middleOf(line)) < 0.7 * (line.box.bottom - line.box.top),
    ),
  )
  const [best = []] = groups.sort(
    (a, b) => b.length - a.length || (a[0]?.box.top ?? 0) - (b[0]?.box.top ?? 0),
  )
  return best
}

/** A line as a model read it. */
type Said = { readonly line: Line; readonly model: string }

/** How far a line is from what a model read at its place, in mean shares of its length. */
function farFrom(line: Line, others: readonly Said[]): number {
  const shape = shapeOf(line.text)
  const all = others.map((other) => {
    const wanted = shapeOf(other.line.text)
    return distance(shape, wanted, shape.length) / Math.max(1, shape.length)
  })
  return all.reduce((sum, far) => sum + far, 0) / Math.max(1, all.length)
}

/**
 * One line of the paper out of several readings: the one nearest to what every model read there,
 * and the surer one where they differ, with what the others read of it. Readings of one model
 * share its mistakes, so it has one say.
 */
function agreed(all: readonly Said[], strips: readonly Said[]): Text | null {
  const places = new Set(together(all.map(({ line }) => line)))
  const found = all.filter(({ line }) => places.has(line))
  const models = [...Map.groupBy(found, ({ model }) => model).values()]
  const costs = found.map(({ line }) => {
    const far = models.reduce((sum, said) => sum + farFrom(line, said), 0)
    return far - surenessOf(line) / 100
  })
  const best = found[costs.indexOf(Math.min(...costs))]
  if (best === undefined) return null
  const heard = [...found, ...strips.filter(({ line }) => isBeside(line, best.line))]
  const saying = (said: Said) => ({
    text: clean(said.line.text),
    weight: surenessOf(said.line) / heard.filter(({ model }) => model === said.model).length,
  })
  const others = heard.filter((said) => said !== best).map(saying)
  const { box } = best.line
  return { value: consensusOf(saying(best), others), box, passes: found.length }
}

const middleOf = ({ box }: Line) => (box.top + box.bottom) / 2

/** Whether two lines stand at one height of the paper and are equally tall. */
function isBeside(one: Line, other: Line): boolean {
  const heights = [one, other].map(({ box }) => box.bottom - box.top)
  return (
    Math.abs(middleOf(one) - middleOf(other)) < 0.4 * Math.min(...heights) &&
    Math.max(...heights) < 2 * Math.min(...heights)
  )
}

/** The lines among which a name is looked for. */
type Part = (lines: readonly Line[]) => readonly Line[]

/** The first line of a part that passes the test, as the readings agree on it. */
function pick(passes: readonly Pass[], part: Part, isIt: (line: Line) => boolean): Text | null {
  const pages = passes.filter(({ isStrip }) => isStrip === undefined)
  const strips = passes.filter(({ isStrip }) => isStrip !== undefined)
  return agreed(
    (pages.length > 0 ? pages : passes).flatMap(({ lines, model = '' }) => {
      const line = part(lines).find(isIt)
      return line === undefined ? [] : [{ line, model }]
    }),
    strips.flatMap(({ lines, model = '' }) => lines.map((line) => ({ line, model }))),
  )
}

const first =
  (count: number): Part =>
  (lines) =>
    lines.slice(0, count)

/** Numbers of the till, a date or a sum: names of the shop stand above them. */
const isBelowNames = (line: Line) =>
  amountsIn(line).length > 0 || timeIn(line) !== null || TILL.test(line.text)

const TILL = /(?:[ИN]НН|УНП|УНН|БИН|ПИБ|ПН|ЄДРПОУ|ФН|ЗН|GST|NIF|CIF|NIPC|UST).{0,12}\d{7}/iu
const NAME_LINES_MIN = 2

/** The head down to the first line that no name stands below. */
const namesPart: Part = (lines) => {
  const end = lines.findIndex(isBelowNames)
  const named = end < 0 ? FIRST_LINES : Math.max(NAME_LINES_MIN, end)
  return lines.slice(0, Math.min(FIRST_LINES, named))
}

/** What a shop calls itself; its name stands behind. */
const SHOPS = [
  'магазин|столовая|кафе|кофейня|ресторан|аптека|супермаркет|гипермаркет|универсам|пекарня|буфет',
  'крамниця|їдальня|кав.ярня|продавница|апотека|дүкен|дәріхана|крама|сталовая',
  'restaurant|caf[eé]|bakery|pharmacy|apotheke|bäckerei|farm[aá]cia|supermercado|panader[ií]a',
].join('|')
const SHOP = new RegExp(`^[^\\p{L}\\p{N}]*(?:${SHOPS})\\s+["'«“„”’]?\\s?\\p{L}{3}`, 'iu')

/** A sign that a site of the shop names where the head is a drawing: `www.hornbach.cz`. */
const SITE =
  /(?:^|[^\p{L}\d.-])www[.,]\s?([a-z][a-z0-9-]{2,})\.(?:com|net|org|co|eu|su|[a-z]{2})(?![a-z])/iu
/** Sites of authorities and of those who carry receipts to them, of mail and reviews. */
const SITE_OF_OTHERS =
  /nalog|ofd|tax|gov|skno|kkt|check|kontur|portal|efaktura|mail|feedback|survey/i

function siteOf(passes: readonly Pass[]): Text | null {
  const found = passes.flatMap(({ lines }) =>
    lines.flatMap((line) => {
      const [, name = ''] = SITE.exec(line.text) ?? []
      return name === '' || SITE_OF_OTHERS.test(name) ? [] : [{ name: name.toLowerCase(), line }]
    }),
  )
  const [best] = [...Map.groupBy(found, ({ name }) => name)].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  const [said] = best?.[1] ?? []
  return said === undefined || best === undefined
    ? null
    : { value: said.name, box: said.line.box, passes: best[1].length }
}

/** Spellings this short are found in names of goods too. */
const SHORT_SPELLING = 5
const SIGN_LINES = 3

/** Whether a line names the chain: exactly, or nearly where nothing else stands on the line. */
function isNamed(line: Line, index: number, spelling: string): boolean {
  const hit = findPhrase(line.text, spelling)
  if (hit === null) return false
  const isShort = spelling.length <= SHORT_SPELLING
  // Figures and signs make the shape of a short name: `1101` that of LIDL.
  if (isShort && lettersIn(line.text.slice(hit.from, hit.to)) < spelling.length) return false
  const isAlone = lettersIn(line.text) <= lettersIn(spelling) + 1
  if (index < SIGN_LINES && isAlone) return true
  const isLoyalty = hit.mistakes === 0 && LOYALTY.test(line.text.slice(hit.to))
  if (isShort && index >= HEAD_LINES && !isLegal(line) && !isLoyalty) return false
  return hit.mistakes === 0 || spelling.length > 6
}

/** What a chain calls its card and its programme: `Lidl Plus App` names the shop wherever it stands. */
const LOYALTY = /^\s(?:plus|app|card|club|bonus)(?!\p{L})/iu

/** Stations carry a number: `АЗС-43`, `АЗС № 475`. */
const STATION = /(?:^|[^\p{L}])(?:[АA][З3][СC])\s?([-–]|№|N[°o]?|[НH]?[ВB]|Н)\s?(\d{1,4})(?!\d)/u

/** The number of the station, as most readings have it in the head. */
function stationOf(passes: readonly Pass[]): string | null {
  const found = passes.flatMap(({ lines }) =>
    lines.slice(0, HEAD_LINES).flatMap(({ text }) => {
      const [, sign = '', number] = STATION.exec(text) ?? []
      return number === undefined ? [] : [/[-–]/.test(sign) ? `АЗС-${number}` : `АЗС № ${number}`]
    }),
  )
  const [best] = [...Map.groupBy(found, (one) => one)].sort(([, a], [, b]) => b.length - a.length)
  return best?.[0] ?? null
}

type Sign = { count: number; line: Line; length: number }

function chain(passes: readonly Pass[], known: readonly Chain[]): Text | null {
  const votes = new Map<string, Sign>()
  for (const { lines } of passes) {
    for (const [name, ...spellings] of known) {
      const at = lines.findIndex((line, index) =>
        spellings.some((spelling) => isNamed(line, index, spelling)),
      )
      const line = lines[at]
      if (line === undefined) continue
      const count = (votes.get(name)?.count ?? 0) + (at < HEAD_LINES ? 2 : 1)
      votes.set(name, { count, line, length: name.length })
    }
  }
  const ranked = [...votes].sort(([, a], [, b]) => b.count - a.count || b.length - a.length)
  const [first] = ranked
  if (first === undefined) return null
  // `Магнит Косметик` stands behind the company of `Магнит` as well.
  const special = ranked.find(
    ([name, { count }]) => name.startsWith(`${first[0]} `) && count * 2 >= first[1].count,
  )
  const [name, { line, count }] = special ?? first
  return { value: name, box: line.box, passes: count }
}

/** A chain by its sign or its company, a petrol station with its number. */
function ownChain(passes: readonly Pass[]): Text | null {
  const found = chain(passes, CHAINS)
  const station = found !== null && STATIONS.has(found.value) ? stationOf(passes) : null
  return found === null || station === null
    ? found
    : { ...found, value: `${found.value} ${station}` }
}

/** A reading of fewer lines is of single lines, not of the page. */
export const PAGE_LINES_MIN = 8

const isAddress = ({ text }: Line) => ADDRESS.test(text) || POSTCODE.test(text)

const isLegal = (line: Line) => namesCompany(line.text) && amountsIn(line).length === 0

/** Companies named further down are mostly others: a bank, a till's maker. */
const isSurelyLegal = (line: Line) =>
  isLegal(line) && surenessOf(line) >= 60 && lettersIn(line.text) >= 10

/** Noise is seldom read as a long word of capitals. */
const SIGN_SURE = 55
const CAPITALS_SURE = 50
/** Handwriting and torn edges read as words in small letters. */
const SMALL_LETTERS_SURE = 75

function sureness({ text }: Line): number {
  if (/\p{Lu}{6}/u.test(text)) return CAPITALS_SURE
  return /(?:^|\s)\p{Ll}{2}/u.test(text) ? SMALL_LETTERS_SURE : SIGN_SURE
}

const isSign = (line: Line) =>
  lettersIn(line.text) >= 4 &&
  surenessOf(line) >= sureness(line) &&
  /\p{L}{4}/u.test(line.text) &&
  lettersIn(line.text) * 2 > line.text.length &&
  !isAddress(line) &&
  !/\p{L},\s?\p{L}/u.test(line.text) &&
  !/\s\d{1,4}\s?\p{L}?$/u.test(line.text) &&
  amountsIn(line).length === 0 &&
  findAny(line.text, NOT_SIGN) === null &&
  findAny(line.text, NOT_ITEM) === null

const NOT_SIGN = [
  'ДОБРО ПОЖАЛОВАТЬ',
  'ЛАСКАВО ПРОСИМО',
  'ДОБРО ДОШЛИ',
  'ҚОШ КЕЛДІҢІЗ',
  'WELCOME',
  'WILLKOMMEN',
  'BIENVENIDO',
  'BIENVENIDOS',
  'BEM VINDO',
  'GOODS SOLD',
  'RETURNABLE',
  'PLEASE',
  'OWNED BY',
  'KUNDENBELEG',
  'КОПИЯ',
  'КЛИЕНТ',
]

/** A part of a name on a line of its own, capitals or not. */
const isNamePart = (line: Line) =>
  lettersIn(line.text) >= 4 &&
  lettersIn(line.text) * 2 > line.text.length &&
  !isAddress(line) &&
  amountsIn(line).length === 0 &&
  findAny(line.text, NOT_SIGN) === null

/** The head with every name on one line. */
const wholeHead: Part = (lines) => withWholeNames(lines.slice(0, HEAD_LINES), isNamePart)
const registeredHead: Part = (lines) => withRegisteredName(namesPart(lines), isNamePart)

/**
 * Who sold and where, from the head of the receipt (the foot names companies too). `retailers` are
 * names known to the network, looked for before any other.
 */
export function headerOf(all: readonly Pass[], retailers: readonly string[] = []): Header {
  const pages = all.filter(({ lines }) => lines.length >= PAGE_LINES_MIN)
  const strips = all.filter(({ isStrip }) => isStrip !== undefined)
  const whole = pages.length > 0 ? pages : all
  const passes = [...whole, ...strips.filter((strip) => !whole.includes(strip))]
  const legal = pick(passes, wholeHead, isLegal) ?? pick(passes, first(200), isSurelyLegal)
  const address = pick(
    passes,
    first(HEAD_LINES),
    (line) => isAddress(line) && lettersIn(line.text) >= 6 && amountsIn(line).length === 0,
  )
  const names = legal === null ? registeredHead : namesPart
  const sign = pick(passes, names, isSign)
  const shop = pick(passes, names, ({ text }) => SHOP.test(text))
  const isOver = legal !== null && (address === null || legal.box.top < address.box.top)
  const heads = legal !== null && isOver && isHeading(legal.value)
  const isUnder = sign !== null && legal !== null && sign.box.top > legal.box.top
  const named = heads ? legal : (shop ?? (isUnder || sign === null ? legal : sign))
  const known = chain(
    whole,
    retailers.map((name) => [name, name] as const),
  )
  const own = heads ? null : ownChain(whole)
  return { retailer: known ?? own ?? named ?? siteOf(all), legal, address }
}
