'use client'
import { Megaphone, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import type { Offer, OfferState } from '#schema/offer'
import { PageHead } from '../../desk/page-head.tsx'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { OFFER_TONES } from '../tones.ts'

/** All offers of the partner: which run, and what they cost. */
export function OffersPage() {
  const t = useTranslations('partner.offers')
  const { path, may } = usePartner()
  const router = useRouter()
  const offers = usePages<Offer>(path('/offers'))
  const columns = useOfferColumns()
  const add = may('offers') ? (
    <ButtonLink
      look="primary"
      href="/partner/offers/edit"
      icon={<Plus size={18} aria-hidden="true" />}
    >
      {t('add')}
    </ButtonLink>
  ) : null
  return (
    <>
      <PageHead title={t('title')} question={t('question')}>
        {add}
      </PageHead>
      <Card flush>
        {offers.problem && !offers.rows ? (
          <FailedState problem={offers.problem} onRetry={offers.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={offers.rows}
            columns={columns}
            rowId={(offer) => offer.id}
            onOpen={(offer) => router.push(`/partner/offers/offer?id=${offer.id}`)}
            onMore={offers.more}
            empty={
              <EmptyState icon={<Megaphone aria-hidden="true" />} title={t('empty')} action={add}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
    </>
  )
}

function useOfferColumns(): DataColumn<Offer>[] {
  const t = useTranslations('partner.offers')
  const states = useTranslations('desk.offerState')
  const format = useDeskFormat()
  const money = (id: string, header: string, value: (offer: Offer) => number) => ({
    id,
    header,
    align: 'end' as const,
    value: (offer: Offer) => format.units(value(offer)),
    cell: (offer: Offer) => format.figure(value(offer)),
  })
  return [
    { id: 'title', header: t('name'), value: (offer) => offer.draft.title[format.locale] },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (offer) => offer.state,
      words: (state) => states(state as OfferState),
      cell: (offer) => <Chip tone={OFFER_TONES[offer.state]}>{states(offer.state)}</Chip>,
    },
    money('spent', t('spent'), ({ money: m }) => m.spentMinor + m.feeMinor),
    money('left', t('left'), ({ money: m }) => m.leftMinor),
    money('budget', t('budget'), ({ money: m, draft }) => m.budgetMinor || draft.budgetMinor),
    {
      id: 'redemptions',
      header: t('redemptions'),
      align: 'end',
      value: (offer) => offer.redemptions,
      cell: (offer) => format.number(offer.redemptions),
    },
    {
      id: 'ends',
      header: t('ends'),
      value: (offer) => offer.draft.rule.endsAt,
      cell: (offer) => format.wallClock(offer.draft.rule.endsAt, 'short'),
    },
    {
      id: 'version',
      header: t('version'),
      align: 'end',
      hidden: true,
      value: (offer) => offer.version,
    },
  ]
}
