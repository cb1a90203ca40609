'use client'
import { Snowflake } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/states.tsx'
import { useOperator } from '../operator-context.tsx'

/** Cells whose payouts the last audit froze; an administrator lets them go, with a reason. */
export function FrozenCells({
  cells,
  onChanged,
}: {
  cells: readonly string[]
  onChanged: () => Promise<unknown>
}) {
  const t = useTranslations('operator.audits')
  const { may } = useOperator()
  const [cell, setCell] = useState<string | null>(null)
  if (cells.length === 0) return null
  return (
    <Notice tone="refusal" icon={<Snowflake size={20} aria-hidden="true" />}>
      <strong>{t('frozen')}</strong>
      <ul className={layout.tight}>
        {cells.map((name) => (
          <li key={name} className={layout.row}>
            <span className={layout.code}>{name}</span>
            {may('unfreeze') ? (
              <Button small onClick={() => setCell(name)}>
                {t('unfreeze')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {cell === null ? null : (
        <ConfirmDialog
          title={t('unfreezeTitle', { cell })}
          confirm={t('unfreeze')}
          withReason
          done={t('unfrozen')}
          onConfirm={async (reason) => {
            await api.post(`/operator/cells/${encodeURIComponent(cell)}/unfreeze`, { reason })
            await onChanged()
          }}
          onClose={() => setCell(null)}
        >
          <p>{t('unfreezeWhy')}</p>
        </ConfirmDialog>
      )}
    </Notice>
  )
}
