import type { UseFormRegisterReturn } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import { useFormat } from '../../i18n/use-format.ts'
import { Field } from '../../ui/field.tsx'
import css from './scan.module.css'
import { useDoubts } from './use-doubts.ts'
import { useTaxField } from './use-tax-field.ts'

/** What every receipt has printed on it, as texts of a form. */
export type Printed = Record<'taxNumber' | 'date' | 'time' | 'sum', string>

/** What each of them has to be in the photo's market. */
export function usePrintedRules({ market }: Photo) {
  const t = useTranslations('shop.scan.form')
  const format = useFormat()
  const { validate } = useTaxField(market)
  return {
    taxNumber: { validate },
    date: { required: t('dateWrong') },
    time: { required: t('dateWrong') },
    sum: { validate: (text: string) => (format.typed(text) ?? 0) > 0 || t('sumWrong') },
  }
}

interface PrintedFieldsProps {
  photo: Photo
  registered: Record<keyof Printed, UseFormRegisterReturn>
  errors: Partial<Record<keyof Printed, { message?: string }>>
  /** In place of the form of the number. */
  taxHint?: string
}

/** The fields for them, each beside what speaks against its reading. */
export function PrintedFields({ photo, registered, errors, taxHint }: PrintedFieldsProps) {
  const t = useTranslations('shop.scan.form')
  const { sign } = useFormat()
  const tax = useTaxField(photo.market)
  const doubt = useDoubts(photo)
  return (
    <>
      <Field
        label={tax.label}
        data-read="taxNumber"
        hint={doubt('taxNumber') ?? taxHint ?? tax.hint}
        inputMode={tax.inputMode}
        error={errors.taxNumber?.message}
        {...registered.taxNumber}
      />
      <div className={css.two}>
        <Field
          label={t('date')}
          data-read="date"
          type="date"
          hint={doubt('date')}
          error={errors.date?.message}
          {...registered.date}
        />
        <Field
          label={t('time')}
          data-read="time"
          type="time"
          hint={doubt('time')}
          error={errors.time?.message}
          {...registered.time}
        />
      </div>
      <Field
        label={t('sum')}
        suffix={sign}
        data-read="totalMinor"
        inputMode="decimal"
        hint={doubt('totalMinor')}
        error={errors.sum?.message}
        {...registered.sum}
      />
    </>
  )
}
