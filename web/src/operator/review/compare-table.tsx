'use client'
import { useTranslations } from 'use-intl'
import type { PaymentMethod, PhotoReading } from '#schema/photo'
import type { ReviewCase } from '#schema/review'
import { useTaxWords } from '../../desk/use-tax-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Chip, type Tone } from '../../ui/chip.tsx'
import type { ReadField } from '../../ui/read-boxes.tsx'
import { restOf } from '../../ui/read-rest.ts'
import { readText, useBecause } from './read-words.ts'
import css from './review.module.css'

const TONES: Record<'proved' | 'plausible' | 'doubtful', Tone> = {
  proved: 'mine',
  plausible: 'neutral',
  doubtful: 'coming',
}

const ROWS = ['retailer', 'taxNumber', 'date', 'time', 'totalMinor'] as const satisfies ReadField[]
type Row = (typeof ROWS)[number]
const WORDS = {
  retailer: 'retailer',
  date: 'date',
  time: 'time',
  totalMinor: 'total',
} as const satisfies Record<Exclude<Row, 'taxNumber'>, string>
const NUMBERS = ['fn', 'fd', 'fp'] as const
type Said = Partial<Record<Row, string>>

/** Every attempt of the shopper, oldest first: to find the sale, then for the reviewer. */
function saidOf({ typed, requests }: ReviewCase, amount: (minor: number) => string): Said[] {
  return [...typed, ...requests].map((said) => ({
    ...('retailer' in said ? { retailer: said.retailer } : {}),
    taxNumber: said.taxNumber ?? '',
    date: said.time.slice(0, 10),
    time: said.time.slice(11),
    totalMinor: amount(said.totalMinor),
  }))
}

/** What a waiting code says, in the words of the rows; what it does not tell is absent. */
function codeSaid(scan: ReviewCase['scan'], amount: (minor: number) => string): Said {
  if (scan === null) return {}
  const { time, totalMinor, issuer, missing } = scan
  const tells = (what: string) => !missing.includes(what)
  return {
    ...(issuer === null ? {} : { taxNumber: issuer }),
    ...(tells('issued_at') ? { date: time.slice(0, 10) } : {}),
    ...(tells('issued_at') && tells('time_of_day') ? { time: time.slice(11) } : {}),
    ...(tells('total') ? { totalMinor: amount(totalMinor) } : {}),
  }
}

/** What the machine read, with how sure it is and why, beside what the shopper typed. */
export function CompareTable({ review }: { review: ReviewCase }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const because = useBecause()
  const { reading, scan } = review
  const tax = useTaxWords(review.market)
  const code = codeSaid(scan, format.amount)
  const said = saidOf(review, format.amount)
  // Beside a code nobody need have typed anything.
  const isTyped = scan === null || said.length > 0
  const shown = (name: Row, value: string) =>
    name === 'date' && value !== '' ? format.date(value, 'dayYear') : value
  return (
    <table className={css.compare}>
      <thead>
        <tr>
          <th>{t('compare.field')}</th>
          {scan ? <th>{t('compare.code')}</th> : null}
          <th>{t('compare.read')}</th>
          {isTyped ? <th>{t('compare.typed')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((name) => {
          const read = reading ? readText(reading, name, format.amount) : ''
          const field = reading?.[name] ?? null
          return (
            <tr key={name}>
              <th scope="row">{name === 'taxNumber' ? tax.name : t(`fields.${WORDS[name]}`)}</th>
              {scan ? <td>{shown(name, code[name] ?? '') || '—'}</td> : null}
              <td>
                {shown(name, read) || '—'}
                {field ? (
                  <span className={css.why}>
                    <Certainty of={field.certainty} /> {because(field.reason)}
                  </span>
                ) : null}
              </td>
              {isTyped ? (
                <td>
                  <Typed
                    values={said.flatMap((one) => shown(name, one[name] ?? ''))}
                    read={shown(name, read)}
                  />
                </td>
              ) : null}
            </tr>
          )
        })}
        {reading && NUMBERS.some((name) => reading[name]) ? (
          <tr>
            <th scope="row">{t('fields.numbers')}</th>
            <td colSpan={scan && isTyped ? 3 : 2}>
              {NUMBERS.map((name) => reading[name]?.value ?? '—').join(' : ')}
            </td>
          </tr>
        ) : null}
        {reading ? <Rest reading={reading} /> : null}
      </tbody>
    </table>
  )
}

/** What else the machine read: nobody types it, a reviewer compares it with the picture. */
function Rest({ reading }: { reading: PhotoReading }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const because = useBecause()
  const words = {
    amount: format.decimal,
    method: (method: PaymentMethod) => t(`methods.${method}`),
  }
  return restOf(reading, words).map(({ name, key, printed, text, read }) => (
    <tr key={name}>
      <th scope="row">{key === null ? printed : t(`fields.${key}`)}</th>
      <td colSpan={2}>
        {text}
        <span className={css.why}>
          <Certainty of={read.certainty} /> {because(read.reason)}
        </span>
      </td>
    </tr>
  ))
}

function Certainty({ of }: { of: keyof typeof TONES }) {
  const t = useTranslations('operator.review.certainty')
  return <Chip tone={TONES[of]}>{t(of)}</Chip>
}

/** The newest value, whether the reading says something else, and what stood there before. */
function Typed({ values, read }: { values: readonly string[]; read: string }) {
  const t = useTranslations('operator.review')
  const last = values.at(-1)
  if (last === undefined || last === '') return <>—</>
  const before = [...new Set(values.slice(0, -1))].filter((one) => one !== last && one !== '')
  const differs = read !== '' && read !== last
  return (
    <>
      {last}
      <span className={css.why}>
        {differs ? <Chip tone="coming">{t('compare.differs')}</Chip> : null}{' '}
        {before.length > 0 ? t('compare.before', { values: before.join(', ') }) : null}
      </span>
    </>
  )
}
