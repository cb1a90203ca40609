import { Plus, X } from 'lucide-react'
import { type Control, type UseFormRegister, useFieldArray, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review-request'
import { printedTaxNumber } from '#schema/tax-number'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { itemBox } from '../../ui/read-boxes.tsx'
import { useTapping } from '../../ui/use-tapping.ts'
import { PhotoProof } from './photo-proof.tsx'
import { type Printed, PrintedFields, usePrintedRules } from './printed-fields.tsx'
import css from './scan.module.css'
import { useDoubts } from './use-doubts.ts'

interface Typed extends Printed {
  retailer: string
  /** `read`: of which line on the picture, as its box is named; empty for one that was added. */
  lines: { name: string; sum: string; read: string }[]
}

type Format = ReturnType<typeof useFormat>

const MICRO = 1_000_000
const LINES_MAX = 100
const NAME_MAX = 128

/** What was sent before, or else what was read, stands in the form already. */
function initial({ reading, review, market }: Photo, format: Format): Typed {
  const asked = review?.asked
  if (asked) {
    const [date = '', time = ''] = asked.time.split('T')
    const lines = asked.lines.map(({ name, sumMinor }) => {
      return { name, sum: format.decimal(sumMinor), read: '' }
    })
    const { retailer, taxNumber, totalMinor } = asked
    const sum = format.decimal(totalMinor)
    return { retailer, taxNumber: taxNumber ?? '', date, time, sum, lines }
  }
  const printed = (minor: number | null | undefined) =>
    minor === null || minor === undefined || minor < 0 ? '' : format.decimal(minor)
  return {
    retailer: reading?.retailer?.value ?? '',
    taxNumber: printedTaxNumber(market, reading?.taxNumber?.value ?? ''),
    date: reading?.date?.value ?? '',
    time: reading?.time?.value ?? '',
    sum: printed(reading?.totalMinor?.value),
    lines: (reading?.items ?? []).slice(0, LINES_MAX).map(({ name, sumMinor }, index) => ({
      name: name.slice(0, NAME_MAX),
      sum: printed(sumMinor),
      read: itemBox(index),
    })),
  }
}

function toRequest(typed: Typed, { market }: Photo, format: Format): ReviewRequest {
  const amountOf = (text: string) => (format.typed(text) ?? 0) as ReviewRequest['totalMinor']
  return {
    retailer: typed.retailer.trim(),
    taxNumber: printedTaxNumber(market, typed.taxNumber) || null,
    time: `${typed.date}T${typed.time.slice(0, 5)}`,
    totalMinor: amountOf(typed.sum),
    lines: typed.lines
      .filter(({ name, sum }) => name.trim().length > 1 && format.typed(sum) !== null)
      .map(({ name, sum }) => {
        return { name: name.trim(), quantityMicro: MICRO, sumMinor: amountOf(sum) }
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
  const format = useFormat()
  const rules = usePrintedRules(photo)
  const doubt = useDoubts(photo)
  const tapping = useTapping()
  const { register, control, handleSubmit, formState } = useForm<Typed>({
    defaultValues: initial(photo, format),
  })
  const { errors, isSubmitting } = formState
  const registered = {
    taxNumber: register('taxNumber', rules.taxNumber),
    date: register('date', rules.date),
    time: register('time', rules.time),
    sum: register('sum', rules.sum),
  }
  const send = (typed: Typed) => onSend(toRequest(typed, photo, format))
  return (
    <div ref={tapping.forms} className={css.beside}>
      <PhotoProof photo={photo} words={t('how')} active={tapping.active} onPick={tapping.pick} />
      <form className={css.fields} noValidate onSubmit={(event) => void handleSubmit(send)(event)}>
        <Field
          label={t('retailer')}
          data-read="retailer"
          maxLength={NAME_MAX}
          hint={doubt('retailer')}
          error={errors.retailer?.message}
          {...register('retailer', {
            validate: (text) => text.trim().length > 1 || t('retailerWrong'),
          })}
        />
        <PrintedFields photo={photo} registered={registered} errors={errors} />
        <Lines control={control} register={register} zero={format.decimal(0)} />
        <Button look="primary" wide type="submit" busy={isSubmitting}>
          {t('send')}
        </Button>
      </form>
    </div>
  )
}

interface LinesProps {
  control: Control<Typed>
  register: UseFormRegister<Typed>
  /** As the currency writes nothing. */
  zero: string
}

function Lines({ control, register, zero }: LinesProps) {
  const t = useTranslations('shop.scan.review')
  const { fields, append, remove } = useFieldArray({ control, name: 'lines' })
  return (
    <fieldset className={css.goods}>
      <legend>{t('lines')}</legend>
      {fields.map(({ id, read }, index) => {
        const number = String(index + 1)
        return (
          <div key={id} className={css.good}>
            <Field
              label={t('lineName', { number })}
              labelHidden
              data-read={read}
              placeholder={t('name')}
              maxLength={NAME_MAX}
              {...register(`lines.${index}.name`)}
            />
            <Field
              label={t('lineSum', { number })}
              labelHidden
              data-read={read}
              placeholder={zero}
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
          onClick={() => append({ name: '', sum: '', read: '' })}
        >
          {t('addLine')}
        </Button>
      ) : null}
    </fieldset>
  )
}
