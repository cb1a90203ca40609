'use client'
import { FileOutput, Landmark } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { BankFile, BankFilePreview, BankFileSummary, BankQueue } from '#schema/bank-file'
import { api } from '../../api.ts'
import { newClientId } from '../../client-id.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { MarketScope } from '../../desk/market-scope.tsx'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName } from '../../market.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState, Notice, Skeleton } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { usePages } from '../../use-pages.ts'
import { useOperator } from '../operator-context.tsx'
import { useMarketAmount, useMarketInstant } from '../use-market-amount.ts'
import { useMarketColumn } from '../use-market-column.ts'

const FRESH_MS = 15_000

interface BankFilesViewProps {
  queues: readonly BankQueue[]
  onChanged: () => unknown
}

const isUnderWay = ({ standings }: BankFileSummary) => standings.on_its_way > 0

/** What waits for a file to the bank, and the files that were made. */
export function BankFilesView({ queues, onChanged }: BankFilesViewProps) {
  const t = useTranslations('operator.bank')
  const router = useRouter()
  const files = usePages<BankFileSummary>('/operator/bank-files', {
    everyMs: FRESH_MS,
    whileAny: isUnderWay,
  })
  const columns = useColumns()
  return (
    <div className={layout.stack}>
      {queues.map((queue) => (
        <MarketScope key={queue.market} code={queue.market}>
          <QueueCard queue={queue} onChanged={onChanged} />
        </MarketScope>
      ))}
      <Card flush>
        {files.problem && !files.rows ? (
          <FailedState problem={files.problem} onRetry={files.refresh} />
        ) : (
          <DataTable
            name={t('files')}
            rows={files.rows}
            columns={columns}
            rowId={(file) => file.id}
            onOpen={(file) => router.push(pageOf(file))}
            onMore={files.more}
            empty={
              <EmptyState icon={<Landmark aria-hidden="true" />} title={t('filesEmpty')}>
                {t('filesEmptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
    </div>
  )
}

const pageOf = ({ id }: { id: string }) => `/operator/payouts/bank-file?id=${id}`

interface QueueCardProps {
  queue: BankQueue
  onChanged: () => unknown
}

/** A market's payouts without a file, and the button that makes one of them. */
function QueueCard({ queue, onChanged }: QueueCardProps) {
  const t = useTranslations('operator.bank')
  const format = useFormat()
  const locale = useLocale()
  const amountIn = useMarketAmount()
  const { may } = useOperator()
  const [making, setMaking] = useState(false)
  const { market, entries, totalMinor, oldestAt } = queue
  const amount = amountIn(market, totalMinor)
  return (
    <Card className={layout.spread} aria-labelledby={`queue-${market}`}>
      <div className={layout.tight}>
        <h2 id={`queue-${market}`}>
          {countryName(market, locale)}: {entries === 0 ? t('waitingNone') : amount}
        </h2>
        {entries === 0 ? null : (
          <p className={layout.muted}>
            {t('entries', { count: String(entries) })}
            {oldestAt ? `. ${t('waitingSince', { date: format.instant(oldestAt) })}` : ''}
          </p>
        )}
      </div>
      {entries > 0 && may('payouts') ? (
        <Button
          look="primary"
          icon={<FileOutput size={18} aria-hidden="true" />}
          onClick={() => setMaking(true)}
        >
          {t('make')}
        </Button>
      ) : null}
      {making ? (
        <MakeDialog queue={queue} onChanged={onChanged} onClose={() => setMaking(false)} />
      ) : null}
    </Card>
  )
}

/** The id is made once for the dialog: a lost answer asked for again is the same file. */
function MakeDialog({
  queue: { market, entries },
  onChanged,
  onClose,
}: QueueCardProps & { onClose: () => void }) {
  const t = useTranslations('operator.bank')
  const router = useRouter()
  const amountIn = useMarketAmount()
  const [id] = useState(newClientId)
  const next = useApi<BankFilePreview>(`/operator/bank-queues/${market}`)
  const rest = entries - (next.data ? next.data.entries + next.data.frozenEntries : entries)
  return (
    <ConfirmDialog
      title={t('makeTitle')}
      confirm={t('make')}
      done={t('made')}
      isReading={next.data === undefined}
      onConfirm={async () => {
        const file = await api.post<BankFile>('/operator/bank-files', { id, market })
        void onChanged()
        router.push(pageOf(file))
      }}
      onClose={onClose}
    >
      {next.data ? (
        <p>
          {t('makeWhy', {
            count: String(next.data.entries),
            amount: amountIn(market, next.data.totalMinor),
          })}
        </p>
      ) : (
        <Skeleton width="18em" height={20} />
      )}
      {rest > 0 ? <p>{t('makeRest', { count: String(rest) })}</p> : null}
      {next.data && next.data.frozenEntries > 0 ? (
        <Notice tone="coming">{t('makeFrozen', { count: String(next.data.frozenEntries) })}</Notice>
      ) : null}
      <ProblemNotice problem={next.error ?? null} />
      <p className={layout.muted}>{t('makeOnce')}</p>
    </ConfirmDialog>
  )
}

function useColumns(): DataColumn<BankFileSummary>[] {
  const t = useTranslations('operator.bank')
  const instantIn = useMarketInstant()
  const amountIn = useMarketAmount()
  const market = useMarketColumn<BankFileSummary>((file) => file.market)
  return [
    {
      id: 'madeAt',
      header: t('madeAt'),
      value: (file) => file.madeAt,
      cell: (file) => instantIn(file.market, file.madeAt),
    },
    market,
    {
      id: 'amount',
      header: t('amount'),
      align: 'end',
      value: (file) => file.totalMinor,
      cell: (file) => amountIn(file.market, file.totalMinor),
    },
    { id: 'count', header: t('count'), align: 'end', value: (file) => file.entries },
    {
      id: 'answered',
      header: t('answered'),
      value: (file) => answeredOf(file),
      cell: (file) => <Answered file={file} />,
    },
    { id: 'madeBy', header: t('madeBy'), value: (file) => file.madeBy },
    {
      id: 'messageId',
      header: t('messageId'),
      hidden: true,
      value: (file) => file.messageId,
      cell: (file) => <span className={layout.cellCode}>{file.messageId}</span>,
    },
  ]
}

const answeredOf = ({ entries, standings }: BankFileSummary) => entries - standings.on_its_way

/** How many of a file's payouts have an end, and whether somebody has to look. */
export function Answered({ file }: { file: BankFileSummary }) {
  const t = useTranslations('operator.bank')
  const done = answeredOf(file)
  if (file.troubled > 0) {
    return <Chip tone="refusal">{t('troubled', { count: String(file.troubled) })}</Chip>
  }
  return (
    <Chip tone={done === file.entries ? 'mine' : 'coming'}>
      {t('answeredOf', { done: String(done), all: String(file.entries) })}
    </Chip>
  )
}
