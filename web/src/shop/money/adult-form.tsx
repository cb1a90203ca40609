import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import css from './money.module.css'

/** The date of birth, once; the server keeps only that the shopper is of age. */
export function AdultForm({ onDate }: { onDate: (dateOfBirth: string) => Promise<void> }) {
  const t = useTranslations('shop.withdraw')
  const confirm = useTranslations('common')('confirm')
  const words = useProblemWords()
  const [date, setDate] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      setError(t('birthWrong'))
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onDate(date)
    } catch (problem) {
      setError(words(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={css.form} noValidate onSubmit={(event) => void onSubmit(event)}>
      <Field
        label={t('birth')}
        type="date"
        autoComplete="bday"
        min="1900-01-01"
        value={date}
        onChange={(event) => setDate(event.target.value)}
        error={error}
      />
      <Button look="primary" wide type="submit" busy={busy}>
        {confirm}
      </Button>
    </form>
  )
}
