import Link from 'next/link'
import { useRouter } from 'next/router'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Consent, ConsentPurpose } from '#schema/member'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice } from '../../ui/states.tsx'
import { useRefresh } from '../../use-api.ts'
import { safeNext } from '../session.ts'
import css from './people.module.css'

/** The texts that a shopper agrees to, by purpose. */
const CONSENT_TEXTS: Partial<Record<ConsentPurpose, string>> = {
  terms: '/legal/terms',
  personal_data: '/legal/privacy',
}

/**
 * Consents on the first sign-in, or when a text has changed: one check box each, none ticked for
 * you.
 */
export function ConsentForm({ consents }: { consents: readonly Consent[] }) {
  const t = useTranslations('shop.consent')
  const router = useRouter()
  const refresh = useRefresh()
  const words = useProblemWords()
  const [granted, setGranted] = useState<ReadonlySet<ConsentPurpose>>(
    () => new Set(consents.filter((one) => one.granted).map((one) => one.purpose)),
  )
  const [missing, setMissing] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  function toggle(purpose: ConsentPurpose, on: boolean) {
    const next = new Set(granted)
    if (on) next.add(purpose)
    else next.delete(purpose)
    setGranted(next)
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    const unmet = consents.some((one) => one.required && !granted.has(one.purpose))
    setMissing(unmet)
    if (unmet) return
    setBusy(true)
    try {
      await api.put('/me/consents', { items: answers(consents, granted) })
      await refresh('/me')
      await router.replace(safeNext(router.query.next))
    } catch (problem) {
      setError(words(problem))
      setBusy(false)
    }
  }

  return (
    <form className={css.form} onSubmit={(event) => void onSubmit(event)}>
      <p className={css.why}>{t('why')}</p>
      <Card>
        {consents.map((one) => (
          <ConsentBox
            key={one.purpose}
            consent={one}
            checked={granted.has(one.purpose)}
            onChange={(on) => toggle(one.purpose, on)}
            error={missing && one.required && !granted.has(one.purpose) ? t('requiredError') : null}
          />
        ))}
      </Card>
      {error ? <Notice tone="refusal">{error}</Notice> : null}
      <Button look="primary" wide type="submit" busy={busy}>
        {t('agree')}
      </Button>
    </form>
  )
}

function answers(consents: readonly Consent[], granted: ReadonlySet<ConsentPurpose>) {
  return consents.map((one) => ({
    purpose: one.purpose,
    granted: granted.has(one.purpose),
    textVersion: one.currentVersion,
  }))
}

/** One consent with its text to read. */
export function ConsentBox({
  consent,
  checked,
  onChange,
  error,
  disabled,
  hint,
}: {
  consent: Consent
  checked: boolean
  onChange: (on: boolean) => void
  error?: string | null
  disabled?: boolean
  hint?: string
}) {
  const t = useTranslations('shop.consent')
  const text = CONSENT_TEXTS[consent.purpose]
  return (
    <div className={css.consent}>
      <Checkbox
        label={t(`purpose.${consent.purpose}`)}
        aside={consent.required ? `(${t('requiredMark')})` : undefined}
        hint={hint ?? t(`hint.${consent.purpose}`)}
        checked={checked}
        disabled={disabled ?? false}
        onChange={(event) => onChange(event.currentTarget.checked)}
        error={error}
      />
      {text ? (
        <Link className={css.text} href={text} target="_blank">
          {t('read')}
        </Link>
      ) : null}
    </div>
  )
}
