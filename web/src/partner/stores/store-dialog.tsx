'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { type FieldErrors, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { type Store, StoreDraft } from '#schema/partner'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFieldWords } from '../../desk/use-field-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { usePartner } from '../partner-context.tsx'
import { TillList } from './till-list.tsx'

interface StoreDialogProps {
  /** Null while the store is new. */
  store: Store | null
  onChanged: () => Promise<unknown>
  onAdded: (store: Store) => void
  onClose: () => void
}

/** One store: its address, and, once it exists, its tills. */
export function StoreDialog({ store, onChanged, onAdded, onClose }: StoreDialogProps) {
  const t = useTranslations('partner.stores')
  const { path, may } = usePartner()
  const [removing, setRemoving] = useState(false)
  return (
    <Dialog title={store ? store.name : t('add')} onClose={onClose} wide={store !== null}>
      <StoreForm store={store} onChanged={onChanged} onAdded={onAdded}>
        {store && may('catalogue') ? (
          <Button look="danger" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
        ) : null}
      </StoreForm>
      {store ? <TillList store={store} onChanged={onChanged} /> : null}
      {store && removing ? (
        <ConfirmDialog
          title={t('removeSure', { name: store.name })}
          confirm={t('remove')}
          done={t('removed')}
          danger
          onConfirm={async () => {
            await api.delete(path(`/stores/${store.id}`))
            await onChanged()
          }}
          onClose={() => setRemoving(false)}
        >
          <p>{t('removeWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  )
}

function StoreForm({
  store,
  onChanged,
  onAdded,
  children,
}: Pick<StoreDialogProps, 'store' | 'onChanged' | 'onAdded'> & { children: React.ReactNode }) {
  const t = useTranslations('partner.stores')
  const saveWord = useTranslations('common')('save')
  const { path, may } = usePartner()
  const action = useAction({ quiet: true })
  const form = useForm({
    resolver: zodResolver(StoreDraft),
    defaultValues: {
      name: store?.name ?? '',
      city: store?.city ?? '',
      address: store?.address ?? '',
    },
    disabled: !may('catalogue'),
  })
  const words = useFieldWords(form.formState.errors as FieldErrors)
  const save = form.handleSubmit((draft) =>
    action.run(async () => {
      const saved = store
        ? await api.patch<Store>(path(`/stores/${store.id}`), draft)
        : await api.post<Store>(path('/stores'), draft)
      await onChanged()
      if (!store) onAdded(saved)
    }, t('saved')),
  )
  return (
    <form onSubmit={save} noValidate className={layout.stack}>
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={words('name')}
        maxLength={120}
        {...form.register('name')}
      />
      <div className={layout.columns}>
        <Field label={t('city')} error={words('city')} maxLength={80} {...form.register('city')} />
        <Field
          label={t('address')}
          error={words('address')}
          maxLength={200}
          {...form.register('address')}
        />
      </div>
      <ProblemNotice problem={action.problem} />
      {may('catalogue') ? (
        <DialogActions>
          <Button look="primary" type="submit" busy={action.busy}>
            {saveWord}
          </Button>
          {children}
        </DialogActions>
      ) : null}
    </form>
  )
}
