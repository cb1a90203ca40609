'use client'
import { useTranslations } from 'use-intl'
import type { AuthorityChannel } from '#schema/operator'
import { useFormat } from '../i18n/use-format.ts'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { type DataColumn, DataTable } from '../ui/data-table.tsx'
import { AUTHORITY_TONES, useAuthority } from './authority-health.ts'

/** Who is asked about receipts, in that order: how each is doing, its allowance, its cost today. */
export function ChannelsCard() {
  const t = useTranslations('operator.authority.channels')
  const columns = useColumns()
  const { data } = useAuthority()
  return (
    <Card flush aria-label={t('title')}>
      <DataTable
        name={t('title')}
        rows={data?.channels}
        columns={columns}
        rowId={(channel) => channel.name}
      />
    </Card>
  )
}

function useColumns(): DataColumn<AuthorityChannel>[] {
  const t = useTranslations('operator.authority')
  const format = useFormat()
  const asked = ({ asked, perDayMax }: AuthorityChannel) =>
    perDayMax === null
      ? format.number(asked)
      : t('channels.askedOf', { asked: format.number(asked), max: format.number(perDayMax) })
  return [
    {
      id: 'name',
      header: t('channels.name'),
      value: ({ name }) => t(`channels.names.${name}`),
    },
    {
      id: 'state',
      header: t('channels.state'),
      value: ({ state }) => t(`states.${state}`),
      cell: ({ state, nextTryAt }) => (
        <>
          <Chip tone={AUTHORITY_TONES[state]}>{t(`states.${state}`)}</Chip>{' '}
          {nextTryAt ? t('nextTry', { date: format.instant(nextTryAt, 'short') }) : null}
        </>
      ),
    },
    {
      id: 'asked',
      header: t('channels.asked'),
      align: 'end',
      value: (channel) => channel.asked,
      cell: asked,
    },
    {
      id: 'cost',
      header: t('channels.cost'),
      align: 'end',
      value: ({ spentMinor }) => format.units(spentMinor),
      cell: ({ spentMinor, costMinor }) => (
        <span title={t('channels.costEach', { cost: format.amount(costMinor) })}>
          {format.amount(spentMinor)}
        </span>
      ),
    },
    {
      id: 'costMonth',
      header: t('channels.costMonth'),
      align: 'end',
      value: ({ spentMonthMinor }) => format.units(spentMonthMinor),
      cell: ({ spentMonthMinor }) => format.amount(spentMonthMinor),
    },
    {
      id: 'lastError',
      header: t('channels.lastError'),
      value: ({ lastError }) => lastError ?? '',
    },
  ]
}
