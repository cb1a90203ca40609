import { Tag } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OfferCard as Card } from '#schema/offer'
import { query } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePages } from '../../use-pages.ts'
import { PagedList } from '../paged-list.tsx'
import { OfferCard } from './offer-card.tsx'
import css from './offers.module.css'

const PAGE = 20

/** The offers that run now: searched, filtered by shop, read page by page. */
export function OffersList({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('shop.home')
  const [words, setWords] = useState('')
  const [retailerId, setRetailerId] = useState('')
  const { data: retailers } = useApi<{ items: { id: string; name: string }[] }>('/retailers')
  const q = useDeferredValue(words.trim())
  return (
    <section className={css.section} aria-labelledby="offers">
      <h2 id="offers">{t('offers')}</h2>
      <div className={css.filters}>
        <Field
          label={t('search')}
          labelHidden
          type="search"
          placeholder={t('search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select
          label={t('retailer')}
          labelHidden
          value={retailerId}
          onChange={(event) => setRetailerId(event.target.value)}
        >
          <option value="">{t('anyRetailer')}</option>
          {retailers?.items.map((retailer) => (
            <option key={retailer.id} value={retailer.id}>
              {retailer.name}
            </option>
          ))}
        </Select>
      </div>
      <Found
        path={`/offers${query({ q, retailerId })}`}
        filtered={q !== '' || retailerId !== ''}
        signedIn={signedIn}
        onReset={() => {
          setWords('')
          setRetailerId('')
        }}
      />
    </section>
  )
}

interface FoundProps {
  path: string
  filtered: boolean
  signedIn: boolean
  onReset: () => void
}

function Found({ path, filtered, signedIn, onReset }: FoundProps) {
  const t = useTranslations('shop.home')
  const pages = usePages<Card>(path, { limit: PAGE })
  const none = (
    <EmptyState
      icon={<Tag aria-hidden="true" />}
      title={filtered ? t('none') : t('noneAtAll')}
      action={filtered ? <Button onClick={onReset}>{t('resetSearch')}</Button> : null}
    >
      {filtered ? t('noneWhy') : t('noneAtAllWhy')}
    </EmptyState>
  )
  return (
    <PagedList pages={pages} skeleton={{ rows: 4, height: 118 }} empty={none}>
      {(offers) => (
        <div className={css.list}>
          {offers.map((offer) => (
            <OfferCard key={offer.id} offer={offer} signedIn={signedIn} />
          ))}
        </div>
      )}
    </PagedList>
  )
}
