import { type Box, boxWithin, FIGURES_HEARD_MIN, type Line, type Pass } from './word.ts'

/** A number read off the print, with how many readings agree and what proves it. */
export type NumberFound = {
  readonly value: string
  readonly passes: number
  readonly isProved: boolean
  readonly reason: string
  /** Two models say so, in two readings each, and no reading dissents. */
  readonly isAgreed: boolean
  readonly box: Box
}

const TWINS: Readonly<Record<string, string>> = {
  О: '0',
  O: '0',
  о: '0',
  o: '0',
  D: '0',
  З: '3',
  з: '3',
  В: '8',
  I: '1',
  l: '1',
  '|': '1',
  S: '5',
  б: '6',
  B: '8',
  в: '8',
  i: '1',
  '!': '1',
  '(': '0',
  Ч: '4',
  Э: '3',
  Б: '6',
  '/': '',
}

/** Long runs of digits with the odd letter put right; blanks inside a number are kept out. */
export function mended(text: string): string {
  // `SI10223002`: the letters of a country before its eight digits are no figures.
  return text.replace(/SI(?=\d{8}(?!\d))|[\dОOоoDЗзЭВвBIl|SбБi!Ч(]{7,}/g, (word) => {
    const digits = word.replace(/\D/g, '').length
    return digits * 10 >= word.length * 7
      ? word.replace(/\D/g, (twin) => TWINS[twin] ?? twin)
      : word
  })
}

export type Seen = {
  value: string
  line: Line
  pass: string
  model: string
  isFigures?: true | undefined
  box: Box
}

/** Gathers values of a pattern's first group over all readings. */
export function gather(
  passes: readonly Pass[],
  pattern: RegExp,
  accept: (value: string) => string | null,
): Seen[] {
  return passes.flatMap(({ name, model = '', isFigures, lines }) =>
    lines.flatMap((line) => {
      const text = mended(line.text)
      return [...text.matchAll(pattern)].flatMap((match) => {
        const value = accept(match[1] ?? '')
        if (value === null) return []
        const from = match.index + match[0].indexOf(match[1] ?? '')
        const to = from + (match[1] ?? '').length
        const box = boxWithin(line, from, to)
        return [{ value, line, pass: name, model, isFigures, box }]
      })
    }),
  )
}

/** The value most readings agree on, or that all readings of figures alone do. */
export function voted(
  seen: readonly Seen[],
  proof?: (value: string) => string | null,
): NumberFound | null {
  const groups = [...Map.groupBy(seen, ({ value }) => value)].map(([value, all]) => ({
    value,
    passes: new Set(all.map(({ pass }) => pass)).size,
    sayers: [...new Map(all.map(({ pass, model }) => [pass, model])).values()],
    reason: proof?.(value) ?? null,
    figures: isHeard(new Set(all.flatMap((one) => (one.isFigures ? [one.pass] : []))).size),
    box: all[0]?.box,
  }))
  groups.sort(
    (a, b) =>
      Number(b.reason !== null) - Number(a.reason !== null) ||
      b.figures - a.figures ||
      b.passes - a.passes,
  )
  const [best, ...others] = groups
  if (best?.box === undefined) return null
  const rivals = others.flatMap(({ sayers }) => sayers)
  const said = agreement(best.sayers, rivals)
  return {
    value: best.value,
    passes: best.passes,
    isProved: best.reason !== null,
    reason: best.reason ?? said,
    isAgreed: said === 'readings_agree',
    box: best.box,
  }
}

const isHeard = (readings: number) => Number(readings >= FIGURES_HEARD_MIN)

/** The model of every reading that says so. */
export type Sayers = readonly string[]

/** Readings of one model that must say the same before it is heard. */
const HEARD_MIN = 2

/**
 * One reading is none; rivals that are nearly as frequent leave it open. What no check digit tells
 * is relied on where two models say so and no reading dissents: a model alone takes a 3 for a 5 in
 * four readings of five, and is sure of it.
 */
export function agreement(sayers: Sayers, rivals: Sayers): string {
  if (rivals.length * 2 >= sayers.length) return 'readings_differ'
  if (sayers.length === 1) return 'read_once'
  const models = [...Map.groupBy(sayers, (model) => model).values()]
  const isSaid = models.length > 1 && models.every((said) => said.length >= HEARD_MIN)
  return isSaid && rivals.length === 0 ? 'readings_agree' : 'most_readings_agree'
}
