import { type FieldErrors, type UseFormRegister, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { RuRecognised } from '#fiscal/ru'
import { currencySign } from '#schema/currency'
import type { OperationKind, RuScan } from '#schema/receipt'
import { formatDecimal, parseAmount } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select } from '../../ui/field.tsx'
import type { ReadField } from '../../ui/read-boxes.tsx'
import css from './scan.module.css'

interface Typed {
  date: string
  time: string
  sum: string
  fn: string
  i: string
  fp: string
  kind: string
}

const UINT32_MAX = 4_294_967_295
const FN_DIGITS = 16
const KINDS = [
  ['1', 'sale'],
  ['2', 'saleReturn'],
  ['3', 'expense'],
  ['4', 'expenseReturn'],
] as const

/** What was already read stands in the form; only the rest has to be typed. */
function initial(recognised: RuRecognised): Typed {
  const { time, totalMinor, fn, i, fp, kind } = recognised
  return {
    date: time?.slice(0, 10) ?? '',
    time: time?.slice(11) ?? '',
    sum: totalMinor === undefined ? '' : formatDecimal(totalMinor, 'ru'),
    fn: fn ?? '',
    i: i === undefined ? '' : String(i),
    fp: fp === undefined ? '' : String(fp),
    kind: String(kind ?? 1),
  }
}

function toScan(typed: Typed): RuScan {
  return {
    time: `${typed.date}T${typed.time.slice(0, 5)}`,
    totalMinor: (parseAmount(typed.sum) ?? 0) as RuScan['totalMinor'],
    fn: typed.fn.replace(/\D/g, ''),
    i: Number(typed.i),
    fp: Number(typed.fp),
    kind: Number(typed.kind) as OperationKind,
  }
}

function isUint32(text: string): boolean {
  return /^\d{1,10}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= UINT32_MAX
}

/** The numbers typed from the printed receipt, for when the code cannot be read. */
export function FieldsForm({
  recognised,
  doubt = nothing,
  onFields,
}: {
  recognised: RuRecognised
  /** Why a field has to be compared with the picture beside the form. */
  doubt?: Doubt
  onFields: (fields: RuScan) => Promise<void>
}) {
  const t = useTranslations('shop.scan.form')
  const { register, handleSubmit, formState } = useForm<Typed>({
    defaultValues: initial(recognised),
  })
  const { errors, isSubmitting } = formState

  return (
    <form
      className={css.fields}
      noValidate
      onSubmit={(event) => void handleSubmit((typed) => onFields(toScan(typed)))(event)}
    >
      <p>{t('how')}</p>
      <div className={css.two}>
        <Field
          label={t('date')}
          type="date"
          data-read="date"
          hint={doubt('date')}
          error={errors.date?.message}
          {...register('date', { required: t('dateWrong') })}
        />
        <Field
          label={t('time')}
          type="time"
          data-read="time"
          hint={doubt('time')}
          error={errors.time?.message}
          {...register('time', { required: t('dateWrong') })}
        />
      </div>
      <Field
        label={t('sum')}
        suffix={currencySign('RUB')}
        inputMode="decimal"
        placeholder="612,87"
        data-read="totalMinor"
        hint={doubt('totalMinor')}
        error={errors.sum?.message}
        {...register('sum', { validate: (text) => parseAmount(text) !== null || t('sumWrong') })}
      />
      <FiscalNumbers register={register} errors={errors} doubt={doubt} />
      <Select label={t('kind')} {...register('kind')}>
        {KINDS.map(([value, word]) => (
          <option key={value} value={value}>
            {t(`kinds.${word}`)}
          </option>
        ))}
      </Select>
      <Button look="primary" wide type="submit" busy={isSubmitting}>
        {t('send')}
      </Button>
    </form>
  )
}

type Doubt = (name: ReadField) => string | undefined
const nothing: Doubt = () => undefined

interface NumbersProps {
  doubt: Doubt
  register: UseFormRegister<Typed>
  errors: FieldErrors<Typed>
}

/** The three numbers that are the receipt's identity. */
function FiscalNumbers({ register, errors, doubt }: NumbersProps) {
  const t = useTranslations('shop.scan.form')
  const uint32 = { validate: (text: string) => isUint32(text) || t('numberWrong') }
  return (
    <>
      <Field
        label={t('fn')}
        data-read="fn"
        hint={doubt('fn') ?? t('fnHint')}
        inputMode="numeric"
        error={errors.fn?.message}
        {...register('fn', {
          validate: (text) => {
            const count = text.replace(/\D/g, '').length
            return count === FN_DIGITS || t('fnWrong', { count: String(count) })
          },
        })}
      />
      <div className={css.two}>
        <Field
          label={t('fd')}
          data-read="fd"
          hint={doubt('fd') ?? t('fdHint')}
          inputMode="numeric"
          error={errors.i?.message}
          {...register('i', uint32)}
        />
        <Field
          label={t('fp')}
          data-read="fp"
          hint={doubt('fp') ?? t('fpHint')}
          inputMode="numeric"
          error={errors.fp?.message}
          {...register('fp', uint32)}
        />
      </div>
    </>
  )
}
