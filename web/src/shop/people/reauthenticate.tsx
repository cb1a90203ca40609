import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CodeSent } from '#schema/member'
import { api } from '../../api.ts'
import { ApiProblem } from '../../problem.ts'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice, SkeletonList } from '../../ui/states.tsx'
import { CodeEntry } from './code-entry.tsx'
import { useSecondsUntil } from './seconds-until.ts'

type Step = { at: 'sending' } | { at: 'soon'; until: string } | { at: 'sent'; sent: CodeSent }

/**
 * A fresh code to the shopper's own phone, good for ten minutes of what needs it. When another code
 * left a moment ago, waits as long as the server asks and then sends by itself.
 */
export function Reauthenticate({
  words,
  onDone,
}: {
  words: (to: string) => string
  onDone: () => void | Promise<void>
}) {
  const confirm = useTranslations('common')('confirm')
  const problemWords = useProblemWords()
  const [step, setStep] = useState<Step>({ at: 'sending' })
  const [problem, setProblem] = useState<unknown>(null)
  const { at } = step

  useEffect(() => {
    if (at !== 'sending') return
    let wanted = true
    askForCode().then(
      (next) => wanted && setStep(next),
      (error: unknown) => wanted && setProblem(error),
    )
    return () => {
      wanted = false
    }
  }, [at])

  if (problem) return <Notice tone="refusal">{problemWords(problem)}</Notice>
  if (step.at === 'sending') return <SkeletonList rows={2} height={48} />
  if (step.at === 'soon') {
    return <Soon until={step.until} onOver={() => setStep({ at: 'sending' })} />
  }
  return (
    <>
      <p>{words(step.sent.to)}</p>
      <CodeEntry
        sent={step.sent}
        action={confirm}
        onResend={async () => setStep(await askForCode())}
        onCode={async (code) => {
          await api.post('/me/reauthenticate/verify', { code })
          await onDone()
        }}
      />
    </>
  )
}

/** Two askers at once, as a page that is mounted twice, get the same answer. */
let asking: Promise<Step> | null = null

function askForCode(): Promise<Step> {
  asking ??= send().finally(() => {
    asking = null
  })
  return asking
}

async function send(): Promise<Step> {
  try {
    return { at: 'sent', sent: await api.post<CodeSent>('/me/reauthenticate/send', {}) }
  } catch (error) {
    const wait = error instanceof ApiProblem && error.code === 'code_resend_too_soon'
    if (!wait) throw error
    const seconds = error.retryAfterSeconds ?? 1
    return { at: 'soon', until: new Date(Date.now() + seconds * 1_000).toISOString() }
  }
}

function Soon({ until, onOver }: { until: string; onOver: () => void }) {
  const t = useTranslations('shop.signIn')
  const seconds = useSecondsUntil(until)

  useEffect(() => {
    if (seconds === 0) onOver()
  }, [seconds, onOver])

  return <Notice tone="coming">{t('sendsIn', { seconds: String(seconds) })}</Notice>
}
