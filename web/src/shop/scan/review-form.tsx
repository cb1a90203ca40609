import { Plus, X } from 'lucide-react'
import {
  type Control,
  type UseFormRegister,
  useFieldArray,
  useForm,
  useFormState,
} from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review-request'
import { useFormat } from '../../i18n/use-format.ts'
import { parseQuantity } from '../../quantity.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTapping } from '../../ui/use-tapping.ts'
import { PhotoProof } from './photo-proof.tsx'
import { PhotoRest } from './photo-rest.tsx'
import { PrintedFields, usePrintedRules } from './printed-fields.tsx'
import {
  blankLine,
  LINES_MAX,
  NAME_MAX,
  type ReviewFields,
  reviewFieldsOf,
  reviewRequestOf,
} from './review-fields.ts'
import css from './scan.module.css'
import { useDoubts } from './use-doubts.ts'

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
  const { register, control, handleSubmit, formState } = useForm<ReviewFields>({
    defaultValues: reviewFieldsOf(photo, format),
  })
  const { errors, isSubmitting } = formState
  const registered = {
    taxNumber: register('taxNumber', rules.taxNumber),
    date: register('date', rules.date),
    time: register('time', rules.time),
    sum: register('sum', rules.sum),
  }
  const send = (fields: ReviewFields) => onSend(reviewRequestOf(fields, photo, format))
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
        <PhotoRest photo={photo} />
        <Button look="primary" wide type="submit" busy={isSubmitting}>
          {t('send')}
        </Button>
      </form>
    </div>
  )
}

interface LinesProps {
  control: Control<ReviewFields>
  register: UseFormRegister<ReviewFields>
  /** As the currency writes nothing. */
  zero: string
}

function Lines({ control, register, zero }: LinesProps) {
  const t = useTranslations('shop.scan.review')
  const { fields, append, remove } = useFieldArray({ control, name: 'lines' })
  const { errors } = useFormState({ control, name: 'lines' })
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
              label={t('lineQuantity', { number })}
              labelHidden
              data-read={read}
              prefix="×"
              inputMode="decimal"
              error={errors.lines?.[index]?.quantity?.message}
              {...register(`lines.${index}.quantity`, {
                validate: (text) => parseQuantity(text) !== null || t('quantityWrong'),
              })}
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
        <Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => append(blankLine())}>
          {t('addLine')}
        </Button>
      ) : null}
    </fieldset>
  )
}
