'use client'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { NewPartnerKey, PartnerKey } from '#schema/sale'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import css from './sales.module.css'

/** Keys by which the partner's own systems feed sales: made, seen once, revoked. */
export function KeysCard() {
  const t = useTranslations('partner.sales')
  const { path, may } = usePartner()
  const keys = useApi<{ items: PartnerKey[] }>(path('/keys'))
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<PartnerKey | null>(null)
  const isOwner = may('staff')
  const columns = useColumns()
  return (
    <Card flush aria-labelledby="sales-keys">
      <div className={css.head}>
        <h2 id="sales-keys">{t('keys')}</h2>
        {isOwner ? (
          <Button icon={<KeyRound size={18} aria-hidden="true" />} onClick={() => setMaking(true)}>
            {t('keyAdd')}
          </Button>
        ) : null}
      </div>
      <DataTable
        name={t('keys')}
        rows={keys.data?.items}
        columns={columns}
        rowId={(key) => key.id}
        empty={<p className={css.empty}>{t('keysEmpty')}</p>}
        {...(isOwner ? { onOpen: (key: PartnerKey) => key.revokedAt ?? setEnding(key) } : {})}
      />
      {making ? (
        <NewKeyDialog onMade={() => keys.mutate()} onClose={() => setMaking(false)} />
      ) : null}
      {ending ? (
        <ConfirmDialog
          title={t('keyRevoke', { name: ending.name })}
          confirm={t('keyRevokeNow')}
          danger
          done={t('keyRevoked')}
          onConfirm={async () => {
            await api.delete(path(`/keys/${ending.id}`))
            await keys.mutate()
          }}
          onClose={() => setEnding(null)}
        >
          <p>{t('keyRevokeWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </Card>
  )
}

function useColumns(): DataColumn<PartnerKey>[] {
  const t = useTranslations('partner.sales')
  const format = useFormat()
  return [
    { id: 'name', header: t('keyName'), value: (key) => key.name },
    { id: 'ending', header: t('keyEnding'), value: (key) => `…${key.ending}` },
    {
      id: 'made',
      header: t('keyMade'),
      value: (key) => key.createdAt,
      cell: (key) => format.instant(key.createdAt, 'day'),
    },
    {
      id: 'used',
      header: t('keyUsed'),
      value: (key) => key.lastUsedAt ?? '',
      cell: (key) =>
        key.lastUsedAt ? format.instant(key.lastUsedAt, 'moment') : t('keyNeverUsed'),
    },
    {
      id: 'state',
      header: t('keyState'),
      choice: true,
      value: (key) => t(key.revokedAt ? 'keyEnded' : 'keyWorks'),
      cell: (key) => (
        <Chip tone={key.revokedAt ? 'refusal' : 'mine'}>
          {t(key.revokedAt ? 'keyEnded' : 'keyWorks')}
        </Chip>
      ),
    },
  ]
}

function NewKeyDialog({ onMade, onClose }: { onMade: () => unknown; onClose: () => void }) {
  const t = useTranslations('partner.sales')
  const common = useTranslations('common')
  const { path } = usePartner()
  const action = useAction({ quiet: true })
  const say = useToast()
  const [name, setName] = useState('')
  const [made, setMade] = useState<NewPartnerKey | null>(null)
  const make = () =>
    action.run(async () => {
      setMade(await api.post<NewPartnerKey>(path('/keys'), { name: name.trim() }))
      onMade()
    })
  if (made) {
    const copy = () => navigator.clipboard.writeText(made.secret).then(() => say(common('copied')))
    return (
      <Dialog title={t('keyOnce')} onClose={onClose}>
        <div className={layout.stack}>
          <p>{t('keyOnceWhy')}</p>
          <p className={css.secret}>{made.secret}</p>
          <DialogActions>
            <Button look="primary" onClick={() => void copy()}>
              {t('keyCopy')}
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('keyAdd')} onClose={onClose}>
      <form
        className={layout.stack}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <p className={layout.muted}>{t('keyLead')}</p>
        <Field
          label={t('keyName')}
          hint={t('keyNameHint')}
          value={name}
          maxLength={80}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button look="primary" type="submit" busy={action.busy} disabled={name.trim() === ''}>
            {t('keyAdd')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
