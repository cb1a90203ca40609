'use client'
import { PackageSearch } from 'lucide-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslations } from 'use-intl'
import { PRODUCTS_PER_OFFER_MAX } from '#schema/offer'
import type { Product } from '#schema/partner'
import layout from '../../desk/layout.module.css'
import { useDebounced } from '../../desk/use-debounced.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Checkbox, Field } from '../../ui/field.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import css from './picker.module.css'

interface ProductsProps {
  productIds: readonly string[]
  onChange: (productIds: string[]) => void
}

/**
 * "…for the chosen products": the gap opens the catalogue of the whole network. The dialog stands
 * outside the form, so that Enter in its search does not save the draft.
 */
export function ProductsBlank({ productIds, onChange }: ProductsProps) {
  const t = useTranslations('partner.editor.s')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        small
        icon={<PackageSearch size={16} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {productIds.length === 0 ? t('pickProducts') : t('products', { count: productIds.length })}
      </Button>
      {open
        ? createPortal(
            <ProductsDialog
              productIds={productIds}
              onChange={onChange}
              onClose={() => setOpen(false)}
            />,
            document.body,
          )
        : null}
    </>
  )
}

function ProductsDialog({
  productIds,
  onChange,
  onClose,
}: ProductsProps & { onClose: () => void }) {
  const t = useTranslations('partner.editor.picker')
  const [query, setQuery] = useState('')
  const asked = useDebounced(query.trim(), 250)
  const suffix = asked === '' ? '' : `?q=${encodeURIComponent(asked)}`
  const found = usePages<Product>(`/catalogue/products${suffix}`, {
    headers: usePartner().asPartner,
  })
  const chosen = new Set(productIds)

  function toggle(product: Product, wanted: boolean) {
    if (wanted && chosen.size >= PRODUCTS_PER_OFFER_MAX) return
    onChange(wanted ? [...productIds, product.id] : productIds.filter((one) => one !== product.id))
  }

  return (
    <Dialog title={t('productsTitle')} onClose={onClose} wide>
      <Field
        label={t('search')}
        hint={t('mine')}
        type="search"
        value={query}
        autoFocus
        onChange={(event) => setQuery(event.target.value)}
      />
      {found.problem && !found.rows ? (
        <FailedState problem={found.problem} onRetry={found.refresh} />
      ) : null}
      {!found.rows && !found.problem ? <SkeletonList rows={5} height={44} /> : null}
      {found.rows?.length === 0 ? <p className={layout.muted}>{t('nothing')}</p> : null}
      <ul className={css.list}>
        {found.rows?.map((product) => (
          <li key={product.id}>
            <ProductChoice
              product={product}
              chosen={chosen.has(product.id)}
              onToggle={(wanted) => toggle(product, wanted)}
            />
          </li>
        ))}
      </ul>
      {found.more ? <MoreButton onMore={found.more} /> : null}
      <PickerFoot count={chosen.size} max={PRODUCTS_PER_OFFER_MAX} onClose={onClose} />
    </Dialog>
  )
}

function ProductChoice({
  product,
  chosen,
  onToggle,
}: {
  product: Product
  chosen: boolean
  onToggle: (wanted: boolean) => void
}) {
  const t = useTranslations('desk')
  const format = useFormat()
  const size =
    product.size > 0 ? `${format.number(product.size)} ${t(`units.${product.unit}`)}` : null
  const details = [product.brand, size, product.gtin, t(`categories.${product.category}`)]
  return (
    <Checkbox
      label={product.name}
      hint={details.filter(Boolean).join(' · ')}
      checked={chosen}
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  )
}

function MoreButton({ onMore }: { onMore: () => void }) {
  const t = useTranslations('common')
  return (
    <Button look="quiet" onClick={onMore}>
      {t('more')}
    </Button>
  )
}

/** How many are chosen, and the way back to the sentence. */
export function PickerFoot({
  count,
  max,
  onClose,
}: {
  count: number
  max: number
  onClose: () => void
}) {
  const t = useTranslations('partner.editor.picker')
  return (
    <div className={css.foot}>
      <span role="status">{t('chosen', { count: String(count), max: String(max) })}</span>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </div>
  )
}
