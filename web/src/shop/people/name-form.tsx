import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Me } from '#schema/member'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useToast } from '../../ui/toast.tsx'
import { useRefresh } from '../../use-api.ts'
import css from './people.module.css'

/** How to address the shopper. */
export function NameForm({ name }: { name: string }) {
  const t = useTranslations('shop.profile')
  const common = useTranslations('common')
  const words = useProblemWords()
  const say = useToast()
  const refresh = useRefresh()
  const [typed, setTyped] = useState(name)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (typed.trim() === '') {
      setError(common('required'))
      return
    }
    setBusy(true)
    setError(null)
    try {
      await api.patch<Me>('/me', { name: typed.trim() })
      await refresh('/me')
      say(common('saved'))
    } catch (problem) {
      setError(words(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={css.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      <Field
        label={t('name')}
        hint={t('nameHint')}
        autoComplete="given-name"
        maxLength={80}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={error}
      />
      {typed.trim() !== name ? (
        <Button look="primary" type="submit" busy={busy}>
          {common('save')}
        </Button>
      ) : null}
    </form>
  )
}
