import { isBrazilianKey } from '#fiscal/br'
import type { FiscalNumberName } from '#schema/fiscal-number'
import { COUNTRIES } from './fiscal-labels.ts'
import type { NumberForm } from './number-forms.ts'
import { mended, type NumberFound, type Seen, voted } from './vote.ts'
import { around, boxWithin, type Line, type Pass } from './word.ts'

export type FiscalNumberFound = NumberFound & { readonly name: FiscalNumberName }

/**
 * Numbers of countries other than Russia that stand on the paper, with what proves each: a check
 * digit of its own, or another number of the paper that must fit.
 */
export function fiscalNumbersOf(passes: readonly Pass[]): FiscalNumberFound[] {
  const texts = passes.flatMap(({ lines }) => lines.map(({ text }) => text))
  const here = COUNTRIES.filter(({ telling }) => texts.some((text) => telling.test(text)))
  const found = here.flatMap(({ numbers }) =>
    numbers.flatMap(({ name, label, form }) => {
      const number = voted(labelled(passes, label, form), (value) =>
        name === 'kz_operator' && texts.some((text) => OPERATOR.test(text)) && value === 'oofd.kz'
          ? 'operator_named'
          : null,
      )
      return number === null ? [] : [{ name, ...number }]
    }),
  )
  const keys = voted(accessKeysIn(passes), (key) =>
    isBrazilianKey(key) ? 'key_check_digits' : null,
  )
  return proved([...found, ...(keys === null ? [] : [{ name: 'br_key' as const, ...keys }])])
}

/** A name of twelve letters without a mistake is not another operator's. */
const OPERATOR = /КАЗАХТЕЛЕКОМ/iu

/** What stands behind a label in every reading: on its line, or where that ends, on the next. */
function labelled(passes: readonly Pass[], label: RegExp, form: NumberForm): Seen[] {
  return passes.flatMap(({ name, model = '', isFigures, lines }) =>
    lines.flatMap((line, at): Seen[] => {
      const match = label.exec(line.text)
      if (match === null) return []
      const end = match.index + match[0].length
      const own = line.text.slice(end)
      const [next, after] = lines.slice(at + 1, at + 3)
      const seen = (value: string | null, box: Seen['box'] | undefined): Seen[] =>
        value === null || box === undefined
          ? []
          : [{ value, line, pass: name, model, isFigures, box }]
      const here = form(own)
      if (here !== null) return seen(here, boxWithin(line, end, line.text.length))
      // Long numbers stand beneath their label, or go on there.
      if (/[\p{L}\p{N}]/u.test(own)) {
        return next === undefined ? [] : seen(form(own + next.text), around([line.box, next.box]))
      }
      if (next === undefined) return []
      const below = form(next.text)
      if (below !== null || after === undefined) return seen(below, next.box)
      return seen(form(next.text + after.text), around([next.box, after.box]))
    }),
  )
}

const KEY = /(?<!\d)\d{44}(?!\d)/

/** Runs of 44 digits, in groups of four, on one line or broken over two. */
function accessKeysIn(passes: readonly Pass[]): Seen[] {
  return passes.flatMap(({ name, model = '', lines }) =>
    lines.flatMap((line, at): Seen[] => {
      const next = lines[at + 1]
      const whole = keyIn([line])
      if (whole !== null) return [{ value: whole, line, pass: name, model, box: line.box }]
      const broken = next === undefined || keyIn([next]) !== null ? null : keyIn([line, next])
      if (broken === null || next === undefined) return []
      const box = around([line.box, next.box])
      return [{ value: broken, line, pass: name, model, box }]
    }),
  )
}

const keyIn = (lines: readonly Line[]) =>
  KEY.exec(lines.map(({ text }) => mended(text).replace(/[\s.]/g, '')).join(''))?.[0] ?? null

/** Numbers that name each other: two of them misread so that they still fit is not expected. */
const PAIRS: readonly {
  readonly names: readonly [FiscalNumberName, FiscalNumberName]
  readonly reason: string
  readonly part: (number: string) => string | undefined
}[] = [
  {
    names: ['pt_atcud', 'pt_document'],
    reason: 'atcud_fits',
    part: (number) => /[-/](\d+)$/.exec(number)?.[1],
  },
  {
    names: ['rs_number', 'rs_counter'],
    reason: 'counter_fits',
    part: (number) => /[-/](\d+)\s?\p{L}{0,2}$/u.exec(number)?.[1],
  },
]

/** The running number that both carry is proved; of letters before it only readings tell. */
function proved(found: readonly FiscalNumberFound[]): FiscalNumberFound[] {
  return found.map((number) => {
    const pair = PAIRS.find(({ names }) => names.includes(number.name))
    const other = found.find(
      ({ name }) => name !== number.name && pair?.names.includes(name) === true,
    )
    if (pair === undefined || other === undefined) return number
    const part = pair.part(number.value)
    const fits = part !== undefined && Number(part) === Number(pair.part(other.value))
    return fits ? { ...number, isProved: true, reason: pair.reason } : number
  })
}
