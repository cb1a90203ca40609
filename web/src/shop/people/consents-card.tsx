import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Consent } from '#schema/member'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useApi, useRefresh } from '../../use-api.ts'
import { ConsentBox } from './consent-form.tsx'
import css from './people.module.css'

/**
 * Every consent with when and to which edition it was given; the voluntary ones can be changed
 * here.
 */
export function ConsentsCard() {
  const t = useTranslations('shop.profile')
  const { data, error, mutate } = useApi<{ items: Consent[] }>('/me/consents')
  return (
    <Card className={css.card}>
      <h2>{t('consents')}</h2>
      {error && !data ? <FailedState problem={error} onRetry={() => void mutate()} /> : null}
      {!data && !error ? <SkeletonList rows={4} height={48} /> : null}
      <div>
        {data?.items.map((consent) => (
          <One key={consent.purpose} consent={consent} />
        ))}
      </div>
    </Card>
  )
}

function One({ consent }: { consent: Consent }) {
  const t = useTranslations('shop.consent')
  const format = useFormat()
  const words = useProblemWords()
  const say = useToast()
  const refresh = useRefresh()
  const [busy, setBusy] = useState(false)

  async function change(granted: boolean) {
    setBusy(true)
    try {
      const answer = { purpose: consent.purpose, granted, textVersion: consent.currentVersion }
      await api.put('/me/consents', { items: [answer] })
    } catch (problem) {
      say(words(problem))
    } finally {
      await refresh('/me')
      setBusy(false)
    }
  }

  const date = consent.changedAt ? format.instant(consent.changedAt, 'dayYear') : null
  const history =
    date === null
      ? t('never')
      : consent.granted
        ? t('granted', { date, version: consent.textVersion ?? '—' })
        : t('withdrawn', { date })
  return (
    <ConsentBox
      consent={consent}
      checked={consent.granted}
      disabled={busy || (consent.required && consent.granted)}
      onChange={(on) => void change(on)}
      hint={consent.required ? `${history}. ${t('requiredWhy')}.` : `${history}.`}
    />
  )
}
