import type { Language } from '../engine/wasm-modules.ts'
import { findPhrase } from '../fields/fold.ts'
import type { Pass } from '../fields/word.ts'

/** A word this long is not another one for a letter misread. */
const LONG_WORD = 8

/** How many of the words a text has, surely and at all. */
function saying(passes: readonly Pass[], words: readonly string[]) {
  const texts = passes.flatMap(({ lines }) => lines.map(({ text }) => text))
  const hits = words.flatMap((word) => {
    const mistakes = texts.flatMap((text) => findPhrase(text, word)?.mistakes ?? [])
    return mistakes.length === 0 ? [] : [word.length >= LONG_WORD ? 0 : Math.min(...mistakes)]
  })
  return { sure: hits.filter((mistakes) => mistakes === 0).length, all: hits.length }
}

const CYRILLIC: readonly Language[] = ['rus', 'ukr', 'srp', 'kaz', 'bel']

/** Words that tell a language from its script's usual one; two of a list are none of another. */
const TELLING: readonly (readonly [script: Language, language: Language, words: string[]])[] = [
  [
    'rus',
    'ukr',
    ['ГОТІВКА', 'ГОТІВКОЮ', 'ФІСКАЛЬНИЙ', 'РЕШТА', 'ПОДАТКУ', 'ДЯКУЄМО', 'ТОВ', 'ГРН', 'СУМА'],
  ],
  ['rus', 'srp', ['ЗА УПЛАТУ', 'ПОРЕЗА', 'РАЧУН']],
  ['rus', 'kaz', ['БАРЛЫҒЫ', 'РАХМЕТ', 'ЖШС', 'ТӨЛЕУГЕ', 'ЖИЫНЫ', 'ТЕҢГЕ', 'ДҮКЕН']],
  ['rus', 'bel', ['УСЯГО', 'ДА АПЛАТЫ', 'НАЯЎНЫМІ', 'РЭШТА']],
  ['eng', 'deu', ['SUMME', 'MWST', 'GMBH', 'STEUERNR', 'ZU ZAHLEN']],
  ['eng', 'por', ['TOTAL A PAGAR', 'CONTRIBUINTE', 'NUMERARIO', 'FATURA']],
  ['eng', 'spa', ['EFECTIVO', 'TARJETA', 'FACTURA SIMPLIFICADA', 'IVA']],
]

/** The Russian model knows no `і` and reads another thin sign amid a word: `вул1ця`, `САЛОН!В`. */
const FOREIGN_I = /\p{Script=Cyrillic}{2}[1!|\]{]\p{Script=Cyrillic}/u
const FOREIGN_LINES_MIN = 3

const isUkrainianOf = (passes: readonly Pass[]) =>
  passes.some(
    ({ lines }) => lines.filter(({ text }) => FOREIGN_I.test(text)).length >= FOREIGN_LINES_MIN,
  )

/** Languages whose model adds to the first reading: the market's, else by the words it found. */
export function furtherLanguages(
  language: Language,
  passes: readonly Pass[],
  market: readonly Language[],
): Language[] {
  const isCyrillic = language === 'rus'
  const given = market.filter((one) => CYRILLIC.includes(one) === isCyrillic && one !== language)
  if (given.length > 0) return given
  const told = TELLING.filter(([script]) => script === language)
    .map(([, one, words]) => ({ one, ...saying(passes, words) }))
    .filter(({ sure, all }) => sure > 0 || all > 1)
    .sort((a, b) => b.sure - a.sure || b.all - a.all)
  const [first] = told.map(({ one }) => one)
  if (first !== undefined) return [first]
  return isCyrillic && isUkrainianOf(passes) ? ['ukr'] : []
}
