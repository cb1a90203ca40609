'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { type CodeSent, MailSend } from '#schema/member'
import { api } from '../api.ts'
import { locale } from '../i18n/locale.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/states.tsx'
import type { DeskArea } from './gate.ts'
import layout from './layout.module.css'
import { MailCode } from './mail-code.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { useAction } from './use-action.ts'

/** Sign-in by a code from an e-mail: the address, then the code. */
export function SignIn({ area, shopper }: { area: DeskArea; shopper: boolean }) {
  const t = useTranslations('desk.signIn')
  const [sent, setSent] = useState<{ email: string; code: CodeSent } | null>(null)
  if (sent) {
    return <MailCode email={sent.email} sent={sent.code} onOtherEmail={() => setSent(null)} />
  }
  return (
    <>
      <h1>{area === 'partner' ? t('titlePartner') : t('titleOperator')}</h1>
      <p>{t('lead')}</p>
      {shopper ? <Notice tone="coming">{t('shopperHere')}</Notice> : null}
      <EmailForm onSent={(email, code) => setSent({ email, code })} />
    </>
  )
}

function EmailForm({ onSent }: { onSent: (email: string, code: CodeSent) => void }) {
  const t = useTranslations('desk.signIn')
  const action = useAction({ quiet: true })
  const form = useForm({
    resolver: zodResolver(MailSend.pick({ email: true })),
    defaultValues: { email: '' },
  })
  const submit = form.handleSubmit(({ email }) =>
    action.run(async () => {
      const language = locale.get()
      onSent(email, await api.post<CodeSent>('/auth/mail/send', { email, locale: language }))
    }),
  )
  return (
    <form onSubmit={submit} noValidate className={layout.stack}>
      <Field
        label={t('email')}
        hint={t('emailHint')}
        error={form.formState.errors.email ? t('emailWrong') : undefined}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoFocus
        {...form.register('email')}
      />
      <ProblemNotice problem={action.problem} />
      <Button look="primary" wide type="submit" busy={action.busy}>
        {t('send')}
      </Button>
    </form>
  )
}
