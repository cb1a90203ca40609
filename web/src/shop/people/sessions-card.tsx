import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SessionView } from '#schema/member'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useApi, useRefresh } from '../../use-api.ts'
import { forgetPerson } from '../person.ts'
import css from './people.module.css'

/** Where the shopper is signed in, each to be ended alone or all together. */
export function SessionsCard() {
  const t = useTranslations('shop.profile')
  const words = useProblemWords()
  const say = useToast()
  const refresh = useRefresh()
  const { data, error, mutate } = useApi<{ items: SessionView[] }>('/me/sessions')

  async function end(id: string) {
    try {
      await api.delete(`/me/sessions/${id}`)
    } catch (problem) {
      say(words(problem))
    }
    await refresh('/me/sessions')
  }

  async function endAll() {
    try {
      await api.delete('/me/sessions')
      await forgetPerson()
      window.location.assign('/')
    } catch (problem) {
      say(words(problem))
    }
  }

  return (
    <Card className={css.card}>
      <h2>{t('sessions')}</h2>
      {error && !data ? <FailedState problem={error} onRetry={() => void mutate()} /> : null}
      {!data && !error ? <SkeletonList rows={2} height={48} /> : null}
      <div>
        {data?.items.map((session) => (
          <Session key={session.id} session={session} onEnd={() => end(session.id)} />
        ))}
      </div>
      {data && data.items.length > 1 ? (
        <Button wide onClick={() => void endAll()}>
          {t('sessionsEndAll')}
        </Button>
      ) : null}
    </Card>
  )
}

function Session({ session, onEnd }: { session: SessionView; onEnd: () => Promise<void> }) {
  const t = useTranslations('shop.profile')
  const format = useFormat()
  const [busy, setBusy] = useState(false)
  const device = deviceOf(session.userAgent) ?? t('unknownDevice')
  return (
    <div className={css.row}>
      <span className={css.rowWords}>
        <span>{device}</span>
        <span className={css.muted}>
          {[t('sessionSeen', { date: format.instant(session.lastSeenAt) }), session.ip]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {session.current ? (
        <Chip tone="mine">{t('sessionsNow')}</Chip>
      ) : (
        <Button
          small
          busy={busy}
          onClick={() => {
            setBusy(true)
            void onEnd().finally(() => setBusy(false))
          }}
        >
          {t('sessionEnd')}
        </Button>
      )}
    </div>
  )
}

const SYSTEMS = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const
const BROWSERS = [
  [/YaBrowser/, 'Яндекс Браузер'],
  [/Edg\//, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Chrome/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const

/** `Chrome, Android` out of a user agent; null when neither is recognised. */
function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null
  const named = [BROWSERS, SYSTEMS].map(
    (table) => table.find(([pattern]) => pattern.test(userAgent))?.[1],
  )
  return named.filter(Boolean).join(', ') || null
}
