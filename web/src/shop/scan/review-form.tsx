import { Plus, X } from 'lucide-react'
import {
  type Control,
  type FieldErrors,
  type UseFormRegister,
  useFieldArray,
  useForm,
} from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { CurrencyCode } from '#schema/currency'
import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review'
import { formatDecimal, parseAmount } from '../../format.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useMarket } from '../../market.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { PhotoProof, type ReadField } from './photo-proof.tsx'
import css from './scan.module.css'

interface Typed {
  retailer: string
  taxNumber: string
  date: string
  time: string
  sum: string
  lines: { name: string; sum: string }[]
}

/** The field of the form behind an outline on the picture. */
const TAPPED: Partial<Record<ReadField, 'retailer' | 'date' | 'time' | 'sum'>> = {
  retailer: 'retailer',
  date: 'date',
  time: 'time',
  totalMinor: 'sum',
}

const MICRO = 1_000_000
const LINES_MAX = 100
const NAME_MAX = 128

/** What was read stands in the form already; the shopper looks at the picture and corrects. */
function initial({ reading }: Photo, currency: CurrencyCode): Typed {
  const printed = (minor: number | null | undefined) =>
    minor === null || minor === undefined || minor < 0 ? '' : formatDecimal(minor, 'ru', currency)
  return {
    retailer: reading?.retailer?.value ?? '',
    taxNumber: reading?.taxNumber?.value ?? '',
    date: reading?.date?.value ?? '',
    time: reading?.time?.value ?? '',
    sum: printed(reading?.totalMinor?.value),
    lines: (reading?.items ?? [])
      .slice(0, LINES_MAX)
      .map(({ name, sumMinor }) => ({ name: name.slice(0, NAME_MAX), sum: printed(sumMinor) })),
  }
}

type Amount = ReviewRequest['totalMinor']

function toRequest(typed: Typed, currency: CurrencyCode): ReviewRequest {
  const amountOf = (text: string) => parseAmount(text, currency)
  const digits = typed.taxNumber.replace(/\D/g, '')
  return {
    retailer: typed.retailer.trim(),
    taxNumber: digits === '' ? null : digits,
    time: `${typed.date}T${typed.time.slice(0, 5)}`,
    totalMinor: (amountOf(typed.sum) ?? 0) as Amount,
    lines: typed.lines
      .filter(({ name, sum }) => name.trim().length > 1 && amountOf(sum) !== null)
      .map(({ name, sum }) => {
        return { name: name.trim(), quantityMicro: MICRO, sumMinor: (amountOf(sum) ?? 0) as Amount }
      }),
  }
}

/** For a receipt whose fiscal numbers cannot be had: what stands on it, for a person to compare. */
export function ReviewForm({
  photo,
  onSend,
}: {
  photo: Photo
  onSend: (request: ReviewRequest) => Promise<void>
}) {
  const t = useTranslations('shop.scan.review')
  const { currency } = useMarket()
  const { register, control, handleSubmit, formState, setFocus } = useForm<Typed>({
    defaultValues: initial(photo, currency),
  })
  const { errors, isSubmitting } = formState
  return (
    <form
      className={css.fields}
      noValidate
      onSubmit={(event) => void handleSubmit((typed) => onSend(toRequest(typed, currency)))(event)}
    >
      <PhotoProof
        photo={photo}
        words={t('how')}
        onPick={(field) => setFocus(TAPPED[field] ?? 'retailer')}
      />
      <Field
        label={t('retailer')}
        maxLength={NAME_MAX}
        error={errors.retailer?.message}
        {...register('retailer', {
          validate: (text) => text.trim().length > 1 || t('retailerWrong'),
        })}
      />
      <Field
        label={t('taxNumber')}
        hint={t('taxNumberHint')}
        inputMode="numeric"
        error={errors.taxNumber?.message}
        {...register('taxNumber', {
          validate: (text) => /^(\d{10}|\d{12})?$/.test(text.replace(/\D/g, '')) || t('taxWrong'),
        })}
      />
      <WhenAndSum register={register} errors={errors} />
      <Lines control={control} register={register} />
      <Button look="primary" wide type="submit" busy={isSubmitting}>
        {t('send')}
      </Button>
    </form>
  )
}

interface FieldsProps {
  register: UseFormRegister<Typed>
  errors: FieldErrors<Typed>
}

function WhenAndSum({ register, errors }: FieldsProps) {
  const form = useTranslations('shop.scan.form')
  const format = useFormat()
  const isSum = (text: string) => format.typed(text) !== null || form('sumWrong')
  return (
    <>
      <div className={css.two}>
        <Field
          label={form('date')}
          type="date"
          error={errors.date?.message}
          {...register('date', { required: form('dateWrong') })}
        />
        <Field
          label={form('time')}
          type="time"
          error={errors.time?.message}
          {...register('time', { required: form('dateWrong') })}
        />
      </div>
      <Field
        label={form('sum')}
        suffix={format.sign}
        inputMode="decimal"
        error={errors.sum?.message}
        {...register('sum', { validate: isSum })}
      />
    </>
  )
}

function Lines({
  control,
  register,
}: {
  control: Control<Typed>
  register: UseFormRegister<Typed>
}) {
  const t = useTranslations('shop.scan.review')
  const { fields, append, remove } = useFieldArray({ control, name: 'lines' })
  return (
    <fieldset className={css.goods}>
      <legend>{t('lines')}</legend>
      {fields.map(({ id }, index) => {
        const number = String(index + 1)
        return (
          <div key={id} className={css.good}>
            <Field
              label={t('lineName', { number })}
              labelHidden
              placeholder={t('name')}
              maxLength={NAME_MAX}
              {...register(`lines.${index}.name`)}
            />
            <Field
              label={t('lineSum', { number })}
              labelHidden
              placeholder="0,00"
              inputMode="decimal"
              {...register(`lines.${index}.sum`)}
            />
            <IconButton label={t('removeLine', { number })} onClick={() => remove(index)}>
              <X aria-hidden="true" />
            </IconButton>
          </div>
        )
      })}
      {fields.length < LINES_MAX ? (
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          onClick={() => append({ name: '', sum: '' })}
        >
          {t('addLine')}
        </Button>
      ) : null}
    </fieldset>
  )
}
