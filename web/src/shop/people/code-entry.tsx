import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CodeSent } from '#schema/member'
import { ApiProblem } from '../../problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import css from './code-entry.module.css'
import { useSecondsUntil } from './seconds-until.ts'

const CODE_DIGITS = 6

interface CodeEntryProps {
  sent: CodeSent
  /** The words of the button that sends the code. */
  action: string
  onCode: (code: string) => Promise<void>
  onResend: () => Promise<void>
}

/** The code from the message: typed, pasted or filled by the phone; sent at the last digit. */
export function CodeEntry({ sent, action, onCode, onResend }: CodeEntryProps) {
  const t = useTranslations('shop.signIn')
  const words = useProblemWords()
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function send(whole: string) {
    if (busy || whole.length !== CODE_DIGITS) return
    setBusy(true)
    setError(null)
    try {
      await onCode(whole)
    } catch (problem) {
      const left = problem instanceof ApiProblem ? problem.detail.attemptsLeft : undefined
      const tail = typeof left === 'number' ? ` ${t('attemptsLeft', { count: left })}.` : ''
      setError(`${words(problem)}${tail}`)
      setCode('')
    } finally {
      setBusy(false)
    }
  }

  function onChange(text: string) {
    const digits = text.replace(/\D/g, '').slice(0, CODE_DIGITS)
    setCode(digits)
    if (digits.length === CODE_DIGITS) void send(digits)
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    void send(code)
  }

  return (
    <form className={css.entry} onSubmit={onSubmit}>
      <Field
        label={t('code')}
        className={css.code ?? ''}
        inputMode="numeric"
        autoComplete="one-time-code"
        name="code"
        pattern="[0-9]*"
        value={code}
        onChange={(event) => onChange(event.target.value)}
        error={error}
        autoFocus
      />
      <Button look="primary" wide type="submit" busy={busy} disabled={code.length !== CODE_DIGITS}>
        {action}
      </Button>
      <Resend sent={sent} onResend={onResend} onError={(problem) => setError(words(problem))} />
    </form>
  )
}

function Resend({
  sent,
  onResend,
  onError,
}: {
  sent: CodeSent
  onResend: () => Promise<void>
  onError: (problem: unknown) => void
}) {
  const t = useTranslations('shop.signIn')
  const seconds = useSecondsUntil(sent.resendAt)
  const [busy, setBusy] = useState(false)

  async function resend() {
    setBusy(true)
    try {
      await onResend()
    } catch (problem) {
      onError(problem)
    } finally {
      setBusy(false)
    }
  }

  if (seconds > 0) {
    return <p className={css.resend}>{t('resendIn', { seconds: String(seconds) })}</p>
  }
  return (
    <Button look="quiet" wide busy={busy} onClick={() => void resend()}>
      {t('resend')}
    </Button>
  )
}
