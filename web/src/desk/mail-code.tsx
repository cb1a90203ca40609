'use client'
import { useState } from 'react'
import { useSWRConfig } from 'swr'
import { useTranslations } from 'use-intl'
import { CODE_DIGITS, type CodeSent, type SignedIn } from '#schema/member'
import { api } from '../api.ts'
import { locale } from '../i18n/locale.ts'
import { ApiProblem } from '../problem.ts'
import { Button } from '../ui/button.tsx'
import { CodeForm } from './code-form.tsx'
import layout from './layout.module.css'
import { useAction } from './use-action.ts'
import { ME } from './use-me.ts'
import { useSecondsUntil } from './use-now.ts'

/** The second screen of the sign-in: the code from the letter, with the way to another letter. */
export function MailCode({
  email,
  sent,
  onOtherEmail,
}: {
  email: string
  sent: CodeSent
  onOtherEmail: () => void
}) {
  const t = useTranslations('desk.signIn')
  const [latest, setLatest] = useState(sent)
  const again = useAction()
  const enter = useAction({ quiet: true })
  const { mutate } = useSWRConfig()
  const seconds = useSecondsUntil(latest.resendAt)

  function verify(code: string) {
    return enter.run(async () => {
      const body = { email, code, locale: locale.get() }
      const signedIn = await api.post<SignedIn>('/auth/mail/verify', body)
      await mutate(ME, signedIn.me, { revalidate: false })
    })
  }

  return (
    <>
      <h1>{t('codeTitle')}</h1>
      <p>{t('codeSent', { to: latest.to })}</p>
      <CodeForm
        label={t('code')}
        short={t('codeShort')}
        submit={t('enter')}
        action={enter}
        wrong={useAttemptsWords(enter.problem)}
        valid={(code) => new RegExp(`^\\d{${CODE_DIGITS}}$`).test(code)}
        onCode={verify}
      />
      <div className={layout.row}>
        <Button
          look="quiet"
          disabled={seconds > 0}
          busy={again.busy}
          onClick={() =>
            again.run(async () => {
              const body = { email, locale: locale.get() }
              setLatest(await api.post<CodeSent>('/auth/mail/send', body))
            })
          }
        >
          {seconds > 0 ? t('againIn', { seconds: String(seconds) }) : t('again')}
        </Button>
        <Button look="quiet" onClick={onOtherEmail}>
          {t('otherEmail')}
        </Button>
      </div>
    </>
  )
}

/** "Two attempts are left" when the server said so; undefined for every other refusal. */
function useAttemptsWords(problem: unknown): string | undefined {
  const t = useTranslations('desk.signIn')
  if (!(problem instanceof ApiProblem)) return undefined
  const left = problem.detail.attemptsLeft
  return typeof left === 'number' ? t('attemptsLeft', { count: left }) : undefined
}
