'use client'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Store, Till } from '#schema/partner'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { Button, IconButton } from '../../ui/button.tsx'
import { usePartner } from '../partner-context.tsx'
import { TillForm } from './till-form.tsx'
import css from './till-list.module.css'

/** The tills of a store: by them its receipts are recognised. */
export function TillList({
  store,
  onChanged,
}: {
  store: Store
  onChanged: () => Promise<unknown>
}) {
  const t = useTranslations('partner.tills')
  const { path, may } = usePartner()
  const [editing, setEditing] = useState<Till | 'new' | null>(null)
  const [removing, setRemoving] = useState<Till | null>(null)
  const tillsPath = path(`/stores/${store.id}/tills`)
  return (
    <section className={layout.stack} aria-labelledby="tills">
      <div className={layout.spread}>
        <h3 id="tills">{t('title')}</h3>
        {may('catalogue') && editing === null ? (
          <Button
            small
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => setEditing('new')}
          >
            {t('add')}
          </Button>
        ) : null}
      </div>
      {store.tills.length === 0 ? <p className={layout.muted}>{t('emptyWhy')}</p> : null}
      <ul className={css.tills}>
        {store.tills.map((till) => (
          <li key={till.id} className={css.till}>
            <TillNumbers till={till} />
            {may('catalogue') ? (
              <TillButtons
                till={till}
                onEdit={() => setEditing(till)}
                onRemove={() => setRemoving(till)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {editing !== null ? (
        <TillForm
          key={editing === 'new' ? 'new' : editing.id}
          till={editing === 'new' ? null : editing}
          tillsPath={tillsPath}
          onSaved={async () => {
            await onChanged()
            setEditing(null)
          }}
          onCancel={() => setEditing(null)}
        />
      ) : null}
      {removing ? (
        <ConfirmDialog
          title={t('removeSure', { registration: removing.registration })}
          confirm={t('removeWord')}
          done={t('removed')}
          danger
          onConfirm={async () => {
            await api.delete(`${tillsPath}/${removing.id}`)
            await onChanged()
          }}
          onClose={() => setRemoving(null)}
        />
      ) : null}
    </section>
  )
}

function TillNumbers({ till }: { till: Till }) {
  const t = useTranslations('partner.tills')
  // Elsewhere the country stands in front: `at:1a2b3c:KASSE-1`.
  const isRussian = !till.registration.includes(':')
  return (
    <dl className={css.numbers}>
      <dt>{isRussian ? t('registrationShort') : t('registrationAbroad')}</dt>
      <dd>{till.registration}</dd>
      {isRussian ? (
        <>
          <dt>{t('driveShort')}</dt>
          <dd>{till.fiscalDrive || '—'}</dd>
        </>
      ) : null}
    </dl>
  )
}

function TillButtons({
  till,
  onEdit,
  onRemove,
}: {
  till: Till
  onEdit: () => void
  onRemove: () => void
}) {
  const t = useTranslations('partner.tills')
  return (
    <span className={css.actions}>
      <IconButton label={`${t('edit')} ${till.registration}`} onClick={onEdit}>
        <Pencil size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('removeSure', { registration: till.registration })} onClick={onRemove}>
        <Trash2 size={18} aria-hidden="true" />
      </IconButton>
    </span>
  )
}
