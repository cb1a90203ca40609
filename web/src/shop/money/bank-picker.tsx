import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SbpBank } from '#schema/payout'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import css from './money.module.css'

interface PickerProps {
  bank: SbpBank | null
  onPick: (bank: SbpBank) => void
  error: string | null
}

/** A bank of the faster payments system, chosen from the provider's list by typing a part of it. */
export function BankPicker({ bank, onPick, error }: PickerProps) {
  const t = useTranslations('shop.withdraw')
  const [open, setOpen] = useState(false)
  return (
    <div>
      <p className={css.label} id="bank-label">
        {t('bank')}
      </p>
      <button
        type="button"
        className={css.bankPick}
        aria-haspopup="dialog"
        aria-labelledby="bank-label bank-value"
        onClick={() => setOpen(true)}
      >
        <span id="bank-value">{bank?.name ?? t('bankChoose')}</span>
        <ChevronDown size={18} aria-hidden="true" />
      </button>
      {error ? (
        <p className={css.error} role="alert">
          {error}
        </p>
      ) : null}
      {open ? (
        <Banks
          chosen={bank}
          onClose={() => setOpen(false)}
          onPick={(picked) => {
            onPick(picked)
            setOpen(false)
          }}
        />
      ) : null}
    </div>
  )
}

interface BanksProps {
  chosen: SbpBank | null
  onPick: (bank: SbpBank) => void
  onClose: () => void
}

function Banks({ chosen, onPick, onClose }: BanksProps) {
  const t = useTranslations('shop.withdraw')
  const [words, setWords] = useState('')
  const { data, error, mutate } = useApi<{ items: SbpBank[] }>('/payouts/banks')
  const wanted = words.trim().toLocaleLowerCase('ru')
  const found = data?.items.filter((bank) => bank.name.toLocaleLowerCase('ru').includes(wanted))
  return (
    <Dialog title={t('bankChoose')} onClose={onClose}>
      <Field
        label={t('bankSearch')}
        labelHidden
        type="search"
        placeholder={t('bankSearch')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {error && !data ? <FailedState problem={error} onRetry={() => void mutate()} /> : null}
      {!data && !error ? <SkeletonList rows={5} height={40} /> : null}
      <div className={css.banks}>
        {found?.map((bank) => (
          <button
            key={bank.id}
            type="button"
            className={css.bank}
            aria-pressed={bank.id === chosen?.id}
            onClick={() => onPick(bank)}
          >
            {bank.name}
          </button>
        ))}
      </div>
      {found?.length === 0 ? <p role="status">{t('bankNone')}</p> : null}
    </Dialog>
  )
}
