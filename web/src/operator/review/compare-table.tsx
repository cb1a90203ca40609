'use client'
import { useTranslations } from 'use-intl'
import type { PaymentMethod, PhotoReading } from '#schema/photo'
import type { ReviewCase } from '#schema/review'
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
const NUMBERS = ['fn', 'fd', 'fp'] as const
type Said = Partial<Record<Row, string>>

/** Every attempt of the shopper, oldest first: to find the sale, then for the reviewer. */
function saidOf({ typed, requests }: ReviewCase, decimal: (minor: number) => string): Said[] {
  return [...typed, ...requests].map((said) => ({
    ...('retailer' in said ? { retailer: said.retailer } : {}),
    taxNumber: said.taxNumber ?? '',
    date: said.time.slice(0, 10),
    time: said.time.slice(11),
    totalMinor: decimal(said.totalMinor),
  }))
}

/** What the machine read, with how sure it is and why, beside what the shopper typed. */
export function CompareTable({ review }: { review: ReviewCase }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const because = useBecause()
  const { reading } = review
  const said = saidOf(review, format.decimal)
  const shown = (name: Row, value: string) =>
    name === 'date' && value !== '' ? format.date(value, 'dayYear') : value
  return (
    <table className={css.compare}>
      <thead>
        <tr>
          <th>{t('compare.field')}</th>
          <th>{t('compare.read')}</th>
          <th>{t('compare.typed')}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((name) => {
          const read = reading ? readText(reading, name, format.decimal) : ''
          const field = reading?.[name] ?? null
          return (
            <tr key={name}>
              <th scope="row">{t(`fields.${name === 'totalMinor' ? 'total' : name}`)}</th>
              <td>
                {shown(name, read) || '—'}
                {field ? (
                  <span className={css.why}>
                    <Certainty of={field.certainty} /> {because(field.reason)}
                  </span>
                ) : null}
              </td>
              <td>
                <Typed
                  values={said.flatMap((one) => shown(name, one[name] ?? ''))}
                  read={shown(name, read)}
                />
              </td>
            </tr>
          )
        })}
        {reading && NUMBERS.some((name) => reading[name]) ? (
          <tr>
            <th scope="row">{t('fields.numbers')}</th>
            <td colSpan={2}>{NUMBERS.map((name) => reading[name]?.value ?? '—').join(' : ')}</td>
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
