import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { PaperFields, Photo } from '#schema/photo'
import { hasTaxForm, printedTaxNumber } from '#schema/tax-number'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { type Printed, PrintedFields, usePrintedRules } from './printed-fields.tsx'
import css from './scan.module.css'
import { followReading } from './send-photo.ts'

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
  const [outcome, setOutcome] = useState<string | null>(null)
  const format = useFormat()
  const rules = usePrintedRules(photo)
  const { register, handleSubmit, formState } = useForm<Printed>({
    defaultValues: typedOf(photo, format.decimal),
  })
  const { errors, isSubmitting } = formState
  const registered = {
    taxNumber: register('taxNumber', rules.taxNumber),
    date: register('date', rules.date),
    time: register('time', rules.time),
    sum: register('sum', rules.sum),
  }

  async function find(typed: Printed) {
    setOutcome(null)
    try {
      const path = `/photos/${photo.id}`
      const totalMinor = (format.typed(typed.sum) ?? 0) as PaperFields['totalMinor']
      const time = `${typed.date}T${typed.time.slice(0, 5)}`
      const taxNumber = printedTaxNumber(photo.market, typed.taxNumber)
      const fields: PaperFields = { taxNumber, time, totalMinor }
      const asked = await api.put<Photo>(`${path}/fields`, fields)
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
        <PrintedFields
          photo={photo}
          registered={registered}
          errors={errors}
          taxHint={t('paper.taxNumberHint')}
        />
        {outcome === null ? null : <p role="status">{outcome}</p>}
        <Button wide type="submit" busy={isSubmitting}>
          {t('paper.find')}
        </Button>
      </form>
    </details>
  )
}

function typedOf({ reading, market, typed }: Photo, decimal: (minor: number) => string): Printed {
  const last = typed.at(-1)
  if (last) {
    const [date = '', time = ''] = last.time.split('T')
    return { date, time, sum: decimal(last.totalMinor), taxNumber: last.taxNumber }
  }
  const taxNumber = printedTaxNumber(market, reading?.taxNumber?.value ?? '')
  return {
    date: reading?.date?.value ?? '',
    time: reading?.time?.value ?? '',
    sum: reading?.totalMinor ? decimal(reading.totalMinor.value) : '',
    taxNumber: hasTaxForm(market, taxNumber) ? taxNumber : '',
  }
}
