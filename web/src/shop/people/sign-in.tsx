import { useRouter } from 'next/router'
import { type FormEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { CodeSent, SignedIn } from '#schema/member'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useRefresh } from '../../use-api.ts'
import { personCame } from '../person.ts'
import { needsConsent, safeNext } from '../session.ts'
import { CodeEntry } from './code-entry.tsx'
import css from './people.module.css'
import { phoneE164 } from './phone-digits.ts'
import { PhoneField } from './phone-field.tsx'

/** Sign-in by phone: the number, then the code from the message. */
export function SignIn() {
  const t = useTranslations('shop.signIn')
  const locale = useLocale()
  const router = useRouter()
  const refresh = useRefresh()
  const [phone, setPhone] = useState<string | null>(null)
  const [sent, setSent] = useState<CodeSent | null>(null)

  async function send(to: string) {
    setSent(await api.post<CodeSent>('/auth/phone/send', { phone: to, locale }))
    setPhone(to)
  }

  async function verify(code: string) {
    const { me } = await api.post<SignedIn>('/auth/phone/verify', { phone, code, locale })
    const isAnother = me.userId !== null && (await personCame(me.userId))
    const next = safeNext(router.query.next)
    const target = needsConsent(me) ? `/consent?next=${encodeURIComponent(next)}` : next
    // A page that is loaded anew holds no answer of the person before.
    if (isAnother) return window.location.replace(target)
    await refresh('/')
    await router.replace(target)
  }

  if (!sent || !phone) return <PhoneStep onPhone={send} />
  return (
    <div className={css.form}>
      <p>{t('sentTo', { to: sent.to })}</p>
      <CodeEntry sent={sent} action={t('enter')} onCode={verify} onResend={() => send(phone)} />
      <Button look="quiet" wide onClick={() => setSent(null)}>
        {t('otherPhone')}
      </Button>
    </div>
  )
}

function PhoneStep({ onPhone }: { onPhone: (phone: string) => Promise<void> }) {
  const t = useTranslations('shop.signIn')
  const words = useProblemWords()
  const [digits, setDigits] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    const phone = phoneE164(digits)
    if (!phone) {
      setError(t('phoneWrong'))
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onPhone(phone)
    } catch (problem) {
      setError(words(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={css.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      <p className={css.why}>{t('why')}</p>
      <PhoneField
        label={t('phone')}
        hint={t('phoneAbroad')}
        digits={digits}
        onDigits={setDigits}
        error={error}
        abroad
        autoFocus
      />
      <Button look="primary" wide type="submit" busy={busy}>
        {t('getCode')}
      </Button>
    </form>
  )
}
