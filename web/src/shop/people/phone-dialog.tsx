import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CodeSent } from '#schema/member'
import { api } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice } from '../../ui/states.tsx'
import { useRefresh } from '../../use-api.ts'
import { CodeEntry } from './code-entry.tsx'
import css from './people.module.css'
import { phoneE164 } from './phone-digits.ts'
import { PhoneField } from './phone-field.tsx'
import { Reauthenticate } from './reauthenticate.tsx'

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
        abroad
        autoFocus
      />
      <Button look="primary" wide type="submit" busy={busy}>
        {t('signIn.getCode')}
      </Button>
    </form>
  )
}
