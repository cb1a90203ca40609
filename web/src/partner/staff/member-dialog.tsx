'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Staff } from '#schema/member'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { usePartner } from '../partner-context.tsx'
import { RoleSelect } from './role-select.tsx'

/** Changes a person's role or ends their access. */
export function MemberDialog({
  member,
  onChanged,
  onClose,
}: {
  member: Staff
  onChanged: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useTranslations('partner.staff')
  const save = useTranslations('common')('save')
  const { path } = usePartner()
  const action = useAction({ quiet: true })
  const [role, setRole] = useState(member.role)
  const [removing, setRemoving] = useState(false)
  const url = path(`/staff/${member.userId}`)

  async function change() {
    const changed = await action.run(async () => {
      await api.patch(url, { role })
      await onChanged()
    }, t('changed'))
    if (changed) onClose()
  }

  return (
    <Dialog title={member.email} onClose={onClose}>
      <div className={layout.stack}>
        <RoleSelect role={role} onChange={setRole} />
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button
            look="primary"
            busy={action.busy}
            disabled={role === member.role}
            onClick={change}
          >
            {save}
          </Button>
          <Button look="danger" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
        </DialogActions>
      </div>
      {removing ? (
        <ConfirmDialog
          title={t('removeSure', { email: member.email })}
          confirm={t('remove')}
          done={t('removed')}
          danger
          onConfirm={async () => {
            await api.delete(url)
            await onChanged()
            onClose()
          }}
          onClose={() => setRemoving(false)}
        >
          <p>{t('removeWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  )
}
