'use client'
import { FileUp, Package, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MARKETS } from '#schema/market'
import type { Product } from '#schema/partner'
import { PageHead } from '../../desk/page-head.tsx'
import { useDebounced } from '../../desk/use-debounced.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { ProductDialog } from './product-dialog.tsx'

/** The partner's catalogue: what can be rewarded. */
export function ProductsPage() {
  const t = useTranslations('partner.products')
  const { path, may } = usePartner()
  const [query, setQuery] = useState('')
  const asked = useDebounced(query.trim(), 250)
  const products = usePages<Product>(
    path(`/products${asked ? `?q=${encodeURIComponent(asked)}` : ''}`),
  )
  const [open, setOpen] = useState<Product | 'new' | null>(null)
  const columns = useColumns()
  const tools = may('catalogue') ? <Tools onAdd={() => setOpen('new')} /> : null
  return (
    <>
      <PageHead title={t('title')} question={t('question')}>
        {tools}
      </PageHead>
      {products.more || query ? <ServerSearch query={query} onChange={setQuery} /> : null}
      <Card flush>
        {products.problem && !products.rows ? (
          <FailedState problem={products.problem} onRetry={products.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={products.rows}
            columns={columns}
            rowId={(product) => product.id}
            onOpen={setOpen}
            onMore={products.more}
            empty={
              asked ? (
                <EmptyState title={t('notFound', { query: asked })} />
              ) : (
                <EmptyState icon={<Package aria-hidden="true" />} title={t('empty')} action={tools}>
                  {t('emptyWhy')}
                </EmptyState>
              )
            }
          />
        )}
      </Card>
      {open ? (
        <ProductDialog
          product={open === 'new' ? null : open}
          onSaved={products.refresh}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}

/** What may be added: by file or one by one. */
function Tools({ onAdd }: { onAdd: () => void }) {
  const t = useTranslations('partner.products')
  return (
    <>
      <ButtonLink href="/partner/products/import" icon={<FileUp size={18} aria-hidden="true" />}>
        {t('import')}
      </ButtonLink>
      <Button look="primary" icon={<Plus size={18} aria-hidden="true" />} onClick={onAdd}>
        {t('add')}
      </Button>
    </>
  )
}

/** Finds among all products, not only among those that were read. */
function ServerSearch({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const t = useTranslations('partner.products')
  return (
    <Field
      label={t('search')}
      labelHidden
      placeholder={t('search')}
      type="search"
      maxLength={80}
      value={query}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function useColumns(): DataColumn<Product>[] {
  const t = useTranslations('partner.products')
  const words = useTranslations('desk')
  const format = useFormat()
  const blocked = MARKETS[usePartner().partner.market].blockedCategories
  const category = (code: Product['category']) => words(`categories.${code}`)
  return [
    { id: 'name', header: t('name'), value: (product) => product.name },
    { id: 'brand', header: t('brand'), value: (product) => product.brand || null },
    {
      id: 'category',
      header: t('category'),
      choice: true,
      value: (product) => category(product.category),
      cell: ({ category: code }) =>
        blocked.includes(code) ? <Chip tone="refusal">{category(code)}</Chip> : category(code),
    },
    {
      id: 'size',
      header: t('size'),
      align: 'end',
      value: (product) => product.size || null,
      cell: (product) =>
        product.size
          ? `${format.number(product.size)}\u00a0${words(`units.${product.unit}`)}`
          : '—',
    },
    { id: 'gtin', header: t('gtin'), value: (product) => product.gtin || null },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (product) => t(product.archived ? 'states.archived' : 'states.active'),
      cell: (product) => (
        <Chip tone={product.archived ? 'neutral' : 'mine'}>
          {t(product.archived ? 'states.archived' : 'states.active')}
        </Chip>
      ),
    },
  ]
}
