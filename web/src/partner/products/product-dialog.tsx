'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import type { FieldErrors, UseFormReturn } from 'react-hook-form'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import { CATEGORIES, MARKETS } from '#schema/market'
import { PRODUCT_UNITS, type Product, ProductDraft } from '#schema/partner'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFieldWords } from '../../desk/use-field-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Notice } from '../../ui/states.tsx'
import { gtinHolds } from '../gtin.ts'
import { usePartner } from '../partner-context.tsx'

type Draft = z.infer<typeof ProductDraft>
type ProductForm = UseFormReturn<Draft, unknown, Draft>

const Checked = ProductDraft.refine((draft) => draft.gtin === '' || gtinHolds(draft.gtin), {
  path: ['gtin'],
})

interface ProductDialogProps {
  product: Product | null
  onSaved: () => Promise<unknown>
  onClose: () => void
}

/** Adds a product, changes it, or moves it to the archive and back. */
export function ProductDialog({ product, onSaved, onClose }: ProductDialogProps) {
  const t = useTranslations('partner.products')
  const { path, may } = usePartner()
  const action = useAction({ quiet: true })
  const readOnly = !may('catalogue')
  const form: ProductForm = useForm<Draft, unknown, Draft>({
    resolver: zodResolver(Checked),
    defaultValues: product ? draftOf(product) : EMPTY,
    disabled: readOnly,
  })

  async function send(work: () => Promise<unknown>, done: string) {
    const sent = await action.run(async () => {
      await work()
      await onSaved()
    }, done)
    if (sent) onClose()
  }

  const save = form.handleSubmit((draft) =>
    send(
      () =>
        product
          ? api.patch(path(`/products/${product.id}`), draft)
          : api.post(path('/products'), draft),
      t('saved'),
    ),
  )

  function toggleArchive(of: Product) {
    const archived = !of.archived
    return send(
      () => api.patch(path(`/products/${of.id}`), { archived }),
      t(archived ? 'archived' : 'restored'),
    )
  }

  return (
    <Dialog title={product ? t('edit') : t('add')} onClose={onClose}>
      <form onSubmit={save} noValidate className={layout.stack}>
        <ProductFields form={form} />
        <ProblemNotice problem={action.problem} />
        {readOnly ? null : (
          <DialogActions>
            <Button look="primary" type="submit" busy={action.busy}>
              <SaveWord />
            </Button>
            {product ? (
              <Button busy={action.busy} onClick={() => toggleArchive(product)}>
                {t(product.archived ? 'restore' : 'archive')}
              </Button>
            ) : null}
          </DialogActions>
        )}
      </form>
    </Dialog>
  )
}

const EMPTY: Draft = { gtin: '', name: '', brand: '', category: 'other', size: 0, unit: 'g' }

function draftOf({ gtin, name, brand, category, size, unit }: Product): Draft {
  return { gtin, name, brand, category, size, unit }
}

function SaveWord() {
  return <>{useTranslations('common')('save')}</>
}

function ProductFields({ form }: { form: ProductForm }) {
  const t = useTranslations('partner.products')
  const words = useTranslations('desk')
  const optional = useTranslations('common')('optional')
  const error = useFieldWords(form.formState.errors as FieldErrors)
  const { blockedCategories } = MARKETS[usePartner().partner.market]
  const blocked = blockedCategories.includes(form.watch('category') ?? 'other')
  return (
    <>
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={error('name')}
        maxLength={200}
        {...form.register('name')}
      />
      <Field
        label={t('gtin')}
        aside={optional}
        hint={t('gtinHint')}
        error={error('gtin')}
        inputMode="numeric"
        maxLength={14}
        {...form.register('gtin')}
      />
      <Field
        label={t('brand')}
        aside={optional}
        error={error('brand')}
        maxLength={80}
        {...form.register('brand')}
      />
      <Select label={t('category')} {...form.register('category')}>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {words(`categories.${category}`)}
          </option>
        ))}
      </Select>
      {blocked ? <Notice tone="coming">{t('blocked')}</Notice> : null}
      <div className={layout.columns}>
        <Field
          label={t('size')}
          hint={t('sizeHint')}
          error={error('size')}
          inputMode="numeric"
          {...form.register('size', {
            setValueAs: (text) => (text === '' ? 0 : Number(String(text).replace(',', '.'))),
          })}
        />
        <Select label={t('unit')} {...form.register('unit')}>
          {PRODUCT_UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {words(`units.${unit}`)}
            </option>
          ))}
        </Select>
      </div>
    </>
  )
}
