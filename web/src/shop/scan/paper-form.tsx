import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { type CurrencyCode, currencySign } from '#schema/currency'
import type { PaperFields, Photo } from '#schema/photo'
import { api } from '../../api.ts'
import { formatDecimal, parseAmount } from '../../format.ts'
import { useMarket } from '../../market.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import css from './scan.module.css'
import { followReading } from './send-photo.ts'

type Typed = Record<'date' | 'time' | 'sum' | 'taxNumber', string>

/**
 * For a paper without fiscal numbers: what is on it is enough to find the purchase among the sales
 * that its shop feeds. One that is not there yet is looked for again by itself.
 */
export function PaperForm({
  photo,
  onFound,
}: {
  photo: Photo
  onFound: (photo: Photo) => Promise<void>
}) {
  const t = useTranslations('shop.scan')
  const words = useProblemWords()
  const { currency } = useMarket()
  const [outcome, setOutcome] = useState<string | null>(null)
  const { register, handleSubmit, formState } = useForm<Typed>({
    defaultValues: typedOf(photo, currency),
  })
  const { errors, isSubmitting } = formState

  async function find(typed: Typed) {
    setOutcome(null)
    try {
      const path = `/photos/${photo.id}`
      const asked = await api.put<Photo>(`${path}/fields`, fieldsOf(typed, currency))
      const found = await followReading(asked, new AbortController().signal)
      if (found.receiptId === null) setOutcome(t('paper.notYet'))
      else await onFound(found)
    } catch (problem) {
      setOutcome(words(problem))
    }
  }

  return (
    <details>
      <summary>{t('paper.title')}</summary>
      <form className={css.fields} noValidate onSubmit={(event) => void handleSubmit(find)(event)}>
        <p>{t('paper.how')}</p>
        <div className={css.two}>
          <Field
            label={t('form.date')}
            type="date"
            error={errors.date?.message}
            {...register('date', { required: t('form.dateWrong') })}
          />
          <Field
            label={t('form.time')}
            type="time"
            error={errors.time?.message}
            {...register('time', { required: t('form.dateWrong') })}
          />
        </div>
        <Field
          label={t('form.sum')}
          suffix={currencySign(currency)}
          inputMode="decimal"
          error={errors.sum?.message}
          {...register('sum', { validate: (text) => isSum(text, currency) || t('form.sumWrong') })}
        />
        <Field
          label={t('paper.taxNumber')}
          hint={t('paper.taxNumberHint')}
          inputMode="numeric"
          error={errors.taxNumber?.message}
          {...register('taxNumber', { pattern: { value: TAX_NUMBER, message: t('paper.wrong') } })}
        />
        {outcome === null ? null : <p role="status">{outcome}</p>}
        <Button wide type="submit" busy={isSubmitting}>
          {t('paper.find')}
        </Button>
      </form>
    </details>
  )
}

const TAX_NUMBER = /^(\d{10}|\d{12})?$/

const isSum = (text: string, currency: CurrencyCode) => (parseAmount(text, currency) ?? 0) > 0

function typedOf({ reading }: Photo, currency: CurrencyCode): Typed {
  const taxNumber = reading?.taxNumber?.value ?? ''
  return {
    date: reading?.date?.value ?? '',
    time: reading?.time?.value ?? '',
    sum: reading?.totalMinor ? formatDecimal(reading.totalMinor.value, 'ru', currency) : '',
    taxNumber: TAX_NUMBER.test(taxNumber) ? taxNumber : '',
  }
}

function fieldsOf({ date, time, sum, taxNumber }: Typed, currency: CurrencyCode): PaperFields {
  const totalMinor = (parseAmount(sum, currency) ?? 0) as PaperFields['totalMinor']
  return { taxNumber, time: `${date}T${time.slice(0, 5)}`, totalMinor }
}
