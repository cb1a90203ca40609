'use client'
import { useState } from 'react'
import { useSWRConfig } from 'swr'
import { useTranslations } from 'use-intl'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToast } from '../ui/toast.tsx'
import { CodeForm } from './code-form.tsx'
import { SignOutButton } from './sign-out.tsx'
import { useAction } from './use-action.ts'
import { ME } from './use-me.ts'

/** The second step of a sign-in: the code of the authenticator app, or a backup code. */
export function VerifyFactor() {
  const t = useTranslations('desk.factor')
  const [backup, setBackup] = useState(false)
  return (
    <>
      <h1>{backup ? t('backupCode') : t('verifyTitle')}</h1>
      <p>{t('verifyLead')}</p>
      {backup ? <BackupForm /> : <AppForm />}
      <Button look="quiet" onClick={() => setBackup(!backup)}>
        {backup ? t('useApp') : t('useBackup')}
      </Button>
      <SignOutButton />
    </>
  )
}

function AppForm() {
  const t = useTranslations('desk')
  const action = useAction({ quiet: true })
  const { mutate } = useSWRConfig()
  return (
    <CodeForm
      label={t('signIn.code')}
      short={t('signIn.codeShort')}
      submit={t('factor.verify')}
      action={action}
      valid={(code) => /^\d{6}$/.test(code)}
      onCode={(code) =>
        action.run(async () => {
          await api.post('/auth/second-factor/verify', { code })
          await mutate(ME)
        })
      }
    />
  )
}

function BackupForm() {
  const t = useTranslations('desk.factor')
  const action = useAction({ quiet: true })
  const say = useToast()
  const { mutate } = useSWRConfig()
  async function send(code: string) {
    await api.post('/auth/second-factor/backup', { code })
    say(t('backupUsed'))
    await mutate(ME)
  }
  return (
    <CodeForm
      key="backup"
      label={t('backupCode')}
      hint={t('backupHint')}
      short={t('backupWrong')}
      submit={t('verify')}
      digits={false}
      action={action}
      valid={(code) => /^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/.test(code)}
      onCode={(code) => action.run(() => send(code))}
    />
  )
}
