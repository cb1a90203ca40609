import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CodeSent } from '#schema/member'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice, SkeletonList } from '../../ui/states.tsx'
import { useRefresh } from '../../use-api.ts'
import { CodeEntry } from './code-entry.tsx'
import css from './people.module.css'
import { phoneE164 } from './phone-digits.ts'
import { PhoneField } from './phone-field.tsx'

type Step =
  | { at: 'confirm' }
  | { at: 'enter' }
  | { at: 'confirmNew'; phone: string; sent: CodeSent }
  | { at: 'done'; masked: string }

/** The change of the phone: prove that it is you, give the new number, prove that it is yours. */
export function PhoneDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shop.profile')
  const close = useTranslations('common')('close')
  const refresh = useRefresh()
  const [step, setStep] = useState<Step>({ at: 'confirm' })

  async function sendTo(phone: string) {
    const sent = await api.post<CodeSent>('/me/phone/send', { phone })
    setStep({ at: 'confirmNew', phone, sent })
  }

  return (
    <Dialog title={t('changePhone')} onClose={onClose}>
      {step.at === 'confirm' ? (
        <Reauthenticate
          words={(to) => t('phoneSteps.confirm', { to })}
          onDone={() => setStep({ at: 'enter' })}
        />
      ) : null}
      {step.at === 'enter' ? <NewPhone onPhone={sendTo} /> : null}
      {step.at === 'confirmNew' ? (
        <>
          <p>{t('phoneSteps.confirmNew', { to: step.sent.to })}</p>
          <CodeEntry
            sent={step.sent}
            action={t('changePhone')}
            onResend={() => sendTo(step.phone)}
            onCode={async (code) => {
              const { phoneMasked } = await api.post<{ phoneMasked: string }>('/me/phone/verify', {
                phone: step.phone,
                code,
              })
              await refresh('/me')
              setStep({ at: 'done', masked: phoneMasked })
            }}
          />
        </>
      ) : null}
      {step.at === 'done' ? (
        <>
          <Notice tone="mine">{t('phoneSteps.done', { phone: step.masked })}</Notice>
          <Button look="primary" wide onClick={onClose}>
            {close}
          </Button>
        </>
      ) : null}
    </Dialog>
  )
}

function NewPhone({ onPhone }: { onPhone: (phone: string) => Promise<void> }) {
  const t = useTranslations('shop')
  const words = useProblemWords()
  const [digits, setDigits] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    const phone = phoneE164(digits)
    if (!phone) {
      setError(t('signIn.phoneWrong'))
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onPhone(phone)
    } catch (problem) {
      setError(words(problem))
      setBusy(false)
    }
  }

  return (
    <form className={css.form} noValidate onSubmit={(event) => void onSubmit(event)}>
      <p>{t('profile.phoneSteps.enter')}</p>
      <PhoneField
        label={t('profile.phoneSteps.newPhone')}
        digits={digits}
        onDigits={setDigits}
        error={error}
        autoFocus
      />
      <Button look="primary" wide type="submit" busy={busy}>
        {t('signIn.getCode')}
      </Button>
    </form>
  )
}

/** A fresh code to the shopper's own phone; good for ten minutes of what needs it. */
export function Reauthenticate({
  words,
  onDone,
}: {
  words: (to: string) => string
  onDone: () => void
}) {
  const confirm = useTranslations('common')('confirm')
  const problemWords = useProblemWords()
  const [sent, setSent] = useState<CodeSent | null>(null)
  const [error, setError] = useState<string | null>(null)
  const asked = useRef(false)

  async function send() {
    setSent(await api.post<CodeSent>('/me/reauthenticate/send', {}))
    setError(null)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one code for one opening
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    send().catch((problem: unknown) => setError(problemWords(problem)))
  }, [])

  if (error) return <Notice tone="refusal">{error}</Notice>
  if (!sent) return <SkeletonList rows={2} height={48} />
  return (
    <>
      <p>{words(sent.to)}</p>
      <CodeEntry
        sent={sent}
        action={confirm}
        onResend={send}
        onCode={async (code) => {
          await api.post('/me/reauthenticate/verify', { code })
          onDone()
        }}
      />
    </>
  )
}
