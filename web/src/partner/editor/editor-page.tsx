'use client'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useMarket } from '../../market.ts'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import { newDraft } from './draft.ts'
import { OfferEditor } from './offer-editor.tsx'

/** A new offer, or the draft of one that exists (`?id=`). */
export function EditorPage() {
  const t = useTranslations('partner')
  const id = useQueryId()
  const { locale } = useFormat()
  const { path, partner } = usePartner()
  const { timeZone } = useMarket()
  const { data, error, mutate } = useApi<Offer>(id ? path(`/offers/${id}`) : null, {
    revalidateOnFocus: false,
  })
  const fresh = useMemo(() => newDraft(partner, timeZone, Date.now()), [partner, timeZone])
  return (
    <>
      <PageHead
        title={id ? t('editor.titleEdit') : t('editor.titleNew')}
        question={t('editor.question')}
        up={
          data
            ? { href: `/partner/offers/offer?id=${data.id}`, label: data.draft.title[locale] }
            : { href: '/partner/offers', label: t('offers.title') }
        }
      />
      {id && !data && error ? <FailedState problem={error} onRetry={() => mutate()} /> : null}
      {id && !data && !error ? <SkeletonList rows={5} height={64} /> : null}
      {!id || data ? (
        <OfferEditor
          key={id ?? 'new'}
          offer={data ?? null}
          initial={data?.draft ?? fresh}
          onSaved={(offer) => mutate(offer, { revalidate: false })}
        />
      ) : null}
    </>
  )
}
