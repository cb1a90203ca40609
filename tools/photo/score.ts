import { distance, shapeOf } from '../../ocr/src/fields/fold.ts'
import type { ReadingLine } from './reading-line.ts'
import type { Truth } from './truth.ts'

export type Score = {
  readonly pictures: number
  readonly fields: Readonly<Record<string, { right: number; of: number }>>
  readonly trusted: number
  readonly falseTrusts: readonly string[]
  readonly medianMs: number
  readonly p95Ms: number
  readonly heapMb: number
}

/** A name counts as found when at most this share of its characters is wrong. */
const NAME_ERROR_MAX = 0.3

export type Result = { readonly truth: Truth; readonly line: ReadingLine }

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Character error of a name as read, 0 and up: edits over the length of the truth. */
function characterError(read: string, truth: string): number {
  const [a, b] = [plain(read), plain(truth)]
  return distance(a, b, Math.max(a.length, b.length)) / Math.max(1, b.length)
}

/** How many of the truth's names stand among the lines read, each line used once. */
function namesFound(names: readonly string[], read: readonly string[]): number {
  const left = [...read]
  let found = 0
  for (const name of names) {
    const errors = left.map((one) => characterError(one, name))
    const best = errors.indexOf(Math.min(...errors))
    if (best < 0 || (errors[best] ?? 1) > NAME_ERROR_MAX) continue
    left.splice(best, 1)
    found += 1
  }
  return found
}

const minorOf = (total: string | null) => (total === null ? null : Math.round(Number(total) * 100))
const integerOf = (text: string | null) => (text === null ? null : text.replace(/^0+/, ''))

/** Whether a trusted reading says something that the truth denies. */
function isFalse({ truth, line: { fields, qr } }: Result): boolean {
  const { date, time, total, fn, fd, fp } = fields
  return (
    (truth.time !== null && time !== truth.time) ||
    (truth.totalMinor !== null && minorOf(total) !== truth.totalMinor) ||
    (truth.date !== null && date !== truth.date) ||
    (truth.fn !== null && fn !== truth.fn) ||
    (truth.fd !== null && integerOf(fd) !== integerOf(truth.fd)) ||
    (truth.fp !== null && integerOf(fp) !== integerOf(truth.fp)) ||
    (truth.code !== null && qr !== truth.code)
  )
}

type Test = (result: Result) => boolean | null

const exact =
  (truth: (one: Truth) => string | null, read: (line: ReadingLine) => string | null): Test =>
  (result) => {
    const wanted = truth(result.truth)
    return wanted === null ? null : read(result.line) === wanted
  }

const totalRight: Test = ({ truth, line }) =>
  truth.totalMinor === null ? null : minorOf(line.fields.total) === truth.totalMinor
const dateRight = exact(
  ({ date }) => date,
  ({ fields }) => fields.date,
)

const LEGAL_FORM =
  /(?<![\p{L}\p{N}])(?:[ОЗП]?АО|ООО|ИП|ТОВ|ФОП|ПрАТ|ПАТ|ТОО|ЖШС|РУП|ЧТУП|GmbH|AG|KG|Co|Ltd|LLC|Inc|SDN|BHD|S\/B|S\.?\s?[AL]\.?(?:U\.?)?|Lda|d\.?\s?o\.?\s?o|д\.?\s?о\.?\s?о)\.?(?![\p{L}\p{N}])/giu

/** A name without its legal form; the two scripts' twins and signs do not tell names apart. */
const nameShape = (name: string) => shapeOf(name.replace(LEGAL_FORM, ' ')) || shapeOf(name)

const retailerRight: Test = ({ truth, line: { fields } }) =>
  truth.retailer === null
    ? null
    : fields.retailer !== null && nameShape(fields.retailer) === nameShape(truth.retailer)

const TESTS: Readonly<Record<string, Test>> = {
  code: exact(
    ({ code }) => code,
    ({ qr }) => qr,
  ),
  total: totalRight,
  date: dateRight,
  both: (result) => {
    const [total, date] = [totalRight(result), dateRight(result)]
    return total === null || date === null ? null : total && date
  },
  time: exact(
    ({ time }) => time,
    ({ fields }) => fields.time,
  ),
  retailer: retailerRight,
  inn: exact(
    ({ inn }) => inn,
    ({ fields }) => fields.inn,
  ),
  fn: exact(
    ({ fn }) => fn,
    ({ fields }) => fields.fn,
  ),
  fd: exact(
    ({ fd }) => integerOf(fd),
    ({ fields }) => integerOf(fields.fd),
  ),
  fp: exact(
    ({ fp }) => integerOf(fp),
    ({ fields }) => integerOf(fields.fp),
  ),
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export function scoreOf(results: readonly Result[]): Score {
  const fields: Record<string, { right: number; of: number }> = {}
  for (const [name, test] of Object.entries(TESTS)) {
    const judged = results.map(test).filter((right) => right !== null)
    fields[name] = { right: judged.filter(Boolean).length, of: judged.length }
  }
  const named = results.filter(({ truth }) => truth.names.length > 0)
  fields.lines = {
    right: named.reduce(
      (sum, { truth, line }) =>
        sum +
        namesFound(
          truth.names,
          line.lines.map(({ name }) => name),
        ),
      0,
    ),
    of: named.reduce((sum, { truth }) => sum + truth.names.length, 0),
  }
  const trusted = results.filter(({ line }) => line.trusted)
  const times = results.map(({ line }) => line.ms).sort((a, b) => a - b)
  return {
    pictures: results.length,
    fields,
    trusted: trusted.length,
    falseTrusts: trusted.filter(isFalse).map(({ line }) => line.file),
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    heapMb: Math.max(0, ...results.map(({ line }) => line.heapMb)),
  }
}
