'use client'
import { Handshake } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import type { Partner, PartnerKind, PartnerState } from '#schema/partner'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { PARTNER_TONES } from '../../partner/tones.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { useMarketColumn } from '../use-market-column.ts'
import { PartnerDialog } from './partner-dialog.tsx'

/** All partners; those who wait for approval stand first. */
export function PartnersPage() {
  const t = useTranslations('operator.partners')
  const id = useQueryId()
  const router = useRouter()
  const partners = usePages<Partner>('/operator/partners', { everyMs: 30_000 })
  const columns = useColumns()
  const rows = partners.rows && [...partners.rows].sort(waitingFirst)
  const open = rows?.find((partner) => partner.id === id)
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Card flush>
        {partners.problem && !rows ? (
          <FailedState problem={partners.problem} onRetry={partners.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={rows}
            columns={columns}
            rowId={(partner) => partner.id}
            onOpen={(partner) => router.push(`/operator/partners?id=${partner.id}`)}
            onMore={partners.more}
            pageSize={50}
            empty={
              <EmptyState icon={<Handshake aria-hidden="true" />} title={t('empty')}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {open ? (
        <PartnerDialog
          partner={open}
          onChanged={partners.refresh}
          onClose={() => router.push('/operator/partners')}
        />
      ) : null}
    </>
  )
}

function waitingFirst(a: Partner, b: Partner): number {
  const rank = (partner: Partner) => (partner.state === 'applied' ? 0 : 1)
  return rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt)
}

function useColumns(): DataColumn<Partner>[] {
  const t = useTranslations('operator.partners')
  const words = useTranslations('desk')
  const format = useFormat()
  const market = useMarketColumn<Partner>((row) => row.market)
  return [
    { id: 'name', header: t('name'), value: (partner) => partner.name },
    { id: 'legalName', header: t('legalName'), value: (partner) => partner.legalName },
    { id: 'taxNumber', header: t('taxNumber'), value: (partner) => partner.taxNumber },
    market,
    {
      id: 'kind',
      header: t('kind'),
      choice: true,
      value: (partner) => partner.kind,
      words: (kind) => words(`partnerKind.${kind as PartnerKind}`),
    },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (partner) => partner.state,
      words: (state) => words(`partnerState.${state as PartnerState}`),
      cell: ({ state }) => (
        <Chip tone={PARTNER_TONES[state]}>{words(`partnerState.${state}`)}</Chip>
      ),
    },
    {
      id: 'fee',
      header: t('fee'),
      align: 'end',
      value: (partner) => partner.feeBps / 100,
      cell: (partner) => format.rate(partner.feeBps),
    },
    {
      id: 'created',
      header: t('created'),
      value: (partner) => partner.createdAt,
      cell: (partner) => format.instant(partner.createdAt),
    },
    { id: 'contact', header: t('contact'), hidden: true, value: (one) => one.contactName },
  ]
}
