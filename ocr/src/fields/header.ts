import { amountsIn } from './amounts.ts'
import { findAny, findPhrase } from './fold.ts'
import { NOT_ITEM } from './keywords.ts'
import type { Box, Line, Pass } from './word.ts'

export type Text = { readonly value: string; readonly box: Box; readonly passes: number }

export type Header = {
  /** The sign over the door. */
  readonly retailer: Text | null
  /** The company that sold. */
  readonly legal: Text | null
  readonly address: Text | null
}

/** Forms of companies; the words around them are the company's name. */
const LEGAL =
  /(?:^|[\s"'«(])(?:[О0O]{3}|[ЗО]?АО|ПАО|НАО|ИП|ТОВ|ПрАТ|ПАТ|ФОП|РУП|ОДО|ЧТУП|ТОО|ЖШС|GmbH|AG|KG|Ltd|Limited|LLC|Inc|SDN\.? ?BHD|S\/B|S\.?A\.?U?|S\.?L\.?U?|Lda|d\.? ?o\.? ?o|a\.? ?d)(?=$|[\s"'».,)])/iu

/** Chains whose sign is drawn as a logo or differs from the company's name. */
const CHAINS: readonly (readonly [name: string, ...spellings: string[]])[] = [
  ['Пятёрочка', 'ПЯТЕРОЧКА', 'АГРОТОРГ'],
  ['Перекрёсток', 'ПЕРЕКРЕСТОК'],
  ['Магнит', 'МАГНИТ'],
  ['Магнит Косметик', 'МАГНИТ КОСМЕТИК'],
  ['Лента', 'ЛЕНТА'],
  ['Дикси', 'ДИКСИ'],
  ['Ашан', 'АШАН', 'AUCHAN'],
  ['О’КЕЙ', 'ОКЕЙ'],
  ['Вкусвилл', 'ВКУСВИЛЛ'],
  ['Красное&Белое', 'КРАСНОЕ БЕЛОЕ'],
  ['Светофор', 'СВЕТОФОР'],
  ['Фикс Прайс', 'FIX PRICE', 'БЭСТ ПРАЙС'],
  ['ЛУКОЙЛ', 'ЛУКОЙЛ'],
  ['Евроопт', 'ЕВРООПТ', 'ЕВРОТОРГ'],
  ['Белоруснефть', 'БЕЛОРУСНЕФТЬ'],
  ['АТБ', 'АТБ МАРКЕТ'],
  ['Сільпо', 'СІЛЬПО'],
  ['Фора', 'ТОВ ФОРА'],
  ['Lidl', 'LIDL'],
  ['ALDI', 'ALDI'],
  ['REWE', 'REWE'],
  ['EDEKA', 'EDEKA'],
  ['Kaufland', 'KAUFLAND'],
  ['Marktkauf', 'MARKTKAUF'],
  ['real', 'REAL SB WARENHAUS', 'REAL GMBH', 'REAL-'],
  ['toom', 'TOOM BAUMARKT', 'TOOM'],
  ['IKEA', 'IKEA'],
  ['Mercadona', 'MERCADONA'],
  ['Consum', 'CONSUM'],
  ['Continente', 'CONTINENTE'],
  ['Pingo Doce', 'PINGO DOCE'],
  ['Maxi', 'MAXI'],
  ['Идеа', 'IDEA', 'ИДЕА'],
]

const HEAD_LINES = 14
const FIRST_LINES = 4
const ADDRESS =
  /(?:\bг\s?\.|\bул\s?\.|просп|пр-т|пр\.|пер\.|шоссе|вул\.|м\.\s?\p{L}|\bд\.\s?\d|str\.|straße|strasse|\bweg\b|platz|jalan|\bjln\b|taman|road|street|avenida|calle|rua|c\/|ул\.|улица|бул)/iu
const POSTCODE = /(?<!\d)\d{5,6}\s+\p{L}{3,}/u

function clean(text: string): string {
  return text
    .replace(/^[^\p{L}\p{N}"«'“”]+/u, '')
    .replace(/(?:\s+[^\p{L}\p{N}]{1,3}|\s+\p{L})+$/u, '')
    .replace(/[”“„]/g, '"')
    .replace(/(?<![\p{L}\p{N}])[0ОO]{3}(?=[\s"”«]|$)/u, 'ООО')
    .replace(/^["']([^"']*)$/u, '$1')
    .trim()
}

const lettersIn = (text: string) => (text.match(/\p{L}/gu) ?? []).length

const confidenceOf = ({ words }: Line) =>
  words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length)

/** The best reading of a line of the head that passes the test. */
function pick(passes: readonly Pass[], depth: number, isIt: (line: Line) => boolean): Text | null {
  const found = passes.flatMap(({ lines }) => {
    const line = lines.slice(0, depth).find(isIt)
    return line === undefined ? [] : [line]
  })
  const best = found.sort((a, b) => confidenceOf(b) - confidenceOf(a))[0]
  if (best === undefined) return null
  return { value: clean(best.text), box: best.box, passes: found.length }
}

function chain(passes: readonly Pass[]): Text | null {
  const votes = new Map<string, { count: number; line: Line; length: number }>()
  for (const { lines } of passes) {
    for (const [name, ...spellings] of CHAINS) {
      const line = lines.find(({ text }) =>
        spellings.some((spelling) => {
          const hit = findPhrase(text, spelling)
          return hit !== null && (hit.mistakes === 0 || spelling.length > 6)
        }),
      )
      if (line === undefined) continue
      const known = votes.get(name)
      votes.set(name, { count: (known?.count ?? 0) + 1, line, length: name.length })
    }
  }
  const best = [...votes].sort(([, a], [, b]) => b.count - a.count || b.length - a.length)[0]
  if (best === undefined) return null
  return { value: best[0], box: best[1].line.box, passes: best[1].count }
}

/** A reading of fewer lines is of single lines, not of the page. */
export const PAGE_LINES_MIN = 8

/** Who sold and where, from the head of the receipt (the foot names companies too). */
export function headerOf(all: readonly Pass[]): Header {
  const pages = all.filter(({ lines }) => lines.length >= PAGE_LINES_MIN)
  const passes = pages.length > 0 ? pages : all
  const isLegal = ({ text }: Line) => LEGAL.test(text) && lettersIn(text) >= 5
  const legal = pick(passes, HEAD_LINES, isLegal) ?? pick(passes, 200, isLegal)
  const address = pick(
    passes,
    HEAD_LINES,
    (line) =>
      (ADDRESS.test(line.text) || POSTCODE.test(line.text)) &&
      lettersIn(line.text) >= 6 &&
      amountsIn(line).length === 0,
  )
  const first = pick(
    passes,
    FIRST_LINES,
    (line) =>
      lettersIn(line.text) >= 4 &&
      confidenceOf(line) >= 55 &&
      /\p{L}{4}/u.test(line.text) &&
      findAny(line.text, NOT_ITEM) === null,
  )
  return { retailer: chain(passes) ?? legal ?? first, legal, address }
}
