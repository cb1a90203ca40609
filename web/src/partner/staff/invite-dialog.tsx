'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { type FieldErrors, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { StaffInvite } from '#schema/member'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFieldWords } from '../../desk/use-field-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { usePartner } from '../partner-context.tsx'
import { RoleSelect } from './role-select.tsx'

/** Invites a person by e-mail into a role. */
export function InviteDialog({
  onInvited,
  onClose,
}: {
  onInvited: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useTranslations('partner.staff')
  const { path } = usePartner()
  const action = useAction({ quiet: true })
  const form = useForm({
    resolver: zodResolver(StaffInvite),
    defaultValues: { email: '', role: 'marketer' as const },
  })
  const words = useFieldWords(form.formState.errors as FieldErrors)
  const role = form.watch('role')
  const send = form.handleSubmit(async (invite) => {
    const sent = await action.run(
      async () => {
        await api.post(path('/staff'), invite)
        await onInvited()
      },
      t('invited', { email: invite.email }),
    )
    if (sent) onClose()
  })
  return (
    <Dialog title={t('inviteTitle')} onClose={onClose}>
      <form onSubmit={send} noValidate className={layout.stack}>
        <p className={layout.muted}>{t('inviteLead')}</p>
        <Field
          label={t('email')}
          error={words('email')}
          type="email"
          inputMode="email"
          autoFocus
          {...form.register('email')}
        />
        <RoleSelect role={role} onChange={(chosen) => form.setValue('role', chosen)} />
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button look="primary" type="submit" busy={action.busy}>
            {t('invite')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
