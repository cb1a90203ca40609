'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Page } from '#schema/page'
import type { Product } from '#schema/partner'
import layout from '../../desk/layout.module.css'
import { useDebounced } from '../../desk/use-debounced.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useApi } from '../../use-api.ts'

/** Which product a line is; the network remembers it for that shop. */
export function ProductDialog({
  line,
  onPick,
  onClose,
}: {
  line: string
  onPick: (product: { id: string; name: string } | null) => void
  onClose: () => void
}) {
  const t = useTranslations('operator.review')
  const [text, setText] = useState('')
  const asked = useDebounced(text.trim(), 250)
  const path = `/catalogue/products?limit=20&q=${encodeURIComponent(asked)}`
  const { data } = useApi<Page<Product>>(path, { keepPreviousData: true })
  return (
    <Dialog title={t('pickProductTitle')} onClose={onClose}>
      <p>{line}</p>
      <Field
        label={t('searchProduct')}
        type="search"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={layout.tight}>
        {(data?.items ?? []).map(({ id, name }) => (
          <Button key={id} onClick={() => onPick({ id, name })}>
            {name}
          </Button>
        ))}
        <Button onClick={() => onPick(null)}>{t('letMatcher')}</Button>
      </div>
    </Dialog>
  )
}
