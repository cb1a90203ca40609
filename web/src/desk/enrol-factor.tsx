'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import useSWR, { useSWRConfig } from 'swr'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import type { SecondFactorEnrolment } from '#schema/member'
import { api } from '../api.ts'
import type { ApiProblem } from '../problem.ts'
import { Button } from '../ui/button.tsx'
import { downloadFile } from '../ui/download.ts'
import { Checkbox } from '../ui/field.tsx'
import { FailedState, SkeletonList } from '../ui/states.tsx'
import { CodeForm } from './code-form.tsx'
import css from './enrol-factor.module.css'
import { QrCode } from './qr-code.tsx'
import { SignOutButton } from './sign-out.tsx'
import { useAction } from './use-action.ts'
import { ME } from './use-me.ts'

type Enrolment = z.infer<typeof SecondFactorEnrolment>

/**
 * Every call makes a new secret, so it is asked once and never refreshed behind the person's back.
 */
function useEnrolment() {
  return useSWR<Enrolment, ApiProblem>(
    'enrolment',
    () => api.post<Enrolment>('/auth/second-factor/enrol', {}),
    {
      revalidateOnFocus: false,
      revalidateOnReconnect: false,
      revalidateIfStale: false,
      shouldRetryOnError: false,
    },
  )
}

/** The first sign-in of a member of staff: add the app, keep the backup codes, prove a code. */
export function EnrolFactor() {
  const t = useTranslations('desk.factor')
  const { data, error, mutate } = useEnrolment()
  return (
    <>
      <h1>{t('enrolTitle')}</h1>
      <p>{t('enrolLead')}</p>
      {error ? <FailedState problem={error} onRetry={() => mutate()} /> : null}
      {data ? <Enrolled enrolment={data} /> : error ? null : <SkeletonList rows={3} />}
      <SignOutButton />
    </>
  )
}

function Enrolled({ enrolment }: { enrolment: Enrolment }) {
  const t = useTranslations('desk')
  const [kept, setKept] = useState(false)
  const action = useAction({ quiet: true })
  const { mutate } = useSWRConfig()
  return (
    <>
      <div className={css.app}>
        <QrCode text={enrolment.uri} label={t('factor.qr')} />
        <div className={css.words}>
          <p>{t('factor.scan')}</p>
          <p className={css.muted}>{t('factor.orType')}</p>
          <code className={css.secret}>{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
      </div>
      <BackupCodes codes={enrolment.backupCodes} />
      <Checkbox
        label={t('factor.backupKept')}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <CodeForm
        label={t('factor.enrolCode')}
        short={t('signIn.codeShort')}
        submit={t('factor.enrolDone')}
        action={action}
        blocked={kept ? undefined : t('factor.backupKeptWhy')}
        valid={(code) => /^\d{6}$/.test(code)}
        onCode={(code) =>
          action.run(async () => {
            await api.post('/auth/second-factor/verify', { code })
            await mutate('enrolment', undefined, { revalidate: false })
            await mutate(ME)
          })
        }
      />
    </>
  )
}

function BackupCodes({ codes }: { codes: readonly string[] }) {
  const t = useTranslations('desk.factor')
  return (
    <section className={css.backup} aria-labelledby="backup-codes">
      <h2 id="backup-codes">{t('backupTitle')}</h2>
      <p className={css.muted}>{t('backupLead')}</p>
      <ul className={css.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button
        small
        icon={<Download size={16} aria-hidden="true" />}
        onClick={() => downloadFile('kopilka-codes.txt', new Blob([`${codes.join('\n')}\n`]))}
      >
        {t('backupSave')}
      </Button>
    </section>
  )
}
