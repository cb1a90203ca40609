'use client'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Staff } from '#schema/member'
import { PageHead } from '../../desk/page-head.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { FailedState } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberDialog } from './member-dialog.tsx'

/** Who works here, in which role. */
export function StaffPage() {
  const t = useTranslations('partner.staff')
  const { path, may, me } = usePartner()
  const staff = useApi<{ items: Staff[] }>(path('/staff'))
  const [inviting, setInviting] = useState(false)
  const [open, setOpen] = useState<Staff | null>(null)
  const columns = useColumns(me.userId)
  const owner = may('staff')
  return (
    <>
      <PageHead title={t('title')} question={t('question')}>
        {owner ? (
          <Button
            look="primary"
            icon={<UserPlus size={18} aria-hidden="true" />}
            onClick={() => setInviting(true)}
          >
            {t('invite')}
          </Button>
        ) : null}
      </PageHead>
      <Card flush>
        {staff.error && !staff.data ? (
          <FailedState problem={staff.error} onRetry={() => staff.mutate()} />
        ) : (
          <DataTable
            name={t('title')}
            rows={staff.data?.items}
            columns={columns}
            rowId={(member) => member.userId}
            {...(owner ? { onOpen: setOpen } : {})}
          />
        )}
      </Card>
      {inviting ? (
        <InviteDialog onInvited={() => staff.mutate()} onClose={() => setInviting(false)} />
      ) : null}
      {open ? (
        <MemberDialog
          member={open}
          onChanged={() => staff.mutate()}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}

function useColumns(myId: string | null): DataColumn<Staff>[] {
  const t = useTranslations('partner.staff')
  const roles = useTranslations('desk.roles')
  const format = useFormat()
  return [
    {
      id: 'email',
      header: t('email'),
      value: (member) => member.email,
      cell: (member) => (
        <>
          {member.email} {member.userId === myId ? <Chip>{t('you')}</Chip> : null}
        </>
      ),
    },
    { id: 'name', header: t('name'), value: (member) => member.name },
    { id: 'role', header: t('role'), choice: true, value: (member) => roles(member.role) },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (member) => t(`states.${member.state}`),
      cell: (member) => (
        <Chip tone={member.state === 'active' ? 'mine' : 'coming'}>
          {t(`states.${member.state}`)}
        </Chip>
      ),
    },
    {
      id: 'since',
      header: t('since'),
      value: (member) => member.joinedAt ?? member.invitedAt,
      cell: (member) => format.instant(member.joinedAt ?? member.invitedAt, 'day'),
    },
  ]
}
