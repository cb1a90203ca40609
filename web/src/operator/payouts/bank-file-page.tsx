'use client'
import { FileDown, FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { BankFile, BankFileEntry, BankReport } from '#schema/bank-file'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { MarketScope } from '../../desk/market-scope.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useQueryId } from '../../desk/use-query-id.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useOperator } from '../operator-context.tsx'
import { STANDING_TONES } from '../tones.ts'
import { Answered } from './bank-files-view.tsx'
import { FourEyes } from './four-eyes.tsx'
import { Resubmissions } from './resubmissions.tsx'

const FRESH_MS = 15_000

/** One file to the bank: taken as it is, answered by the bank's report, payout by payout. */
export function BankFilePage() {
  const t = useTranslations('operator.bank')
  const id = useQueryId()
  const url = id ? `/operator/bank-files/${encodeURIComponent(id)}` : null
  const { data, error, mutate } = useApi<BankFile>(url, {
    refreshInterval: (latest) => (latest && latest.standings.on_its_way > 0 ? FRESH_MS : 0),
  })
  if (!data) {
    if (error) return <FailedState problem={error} onRetry={() => mutate()} />
    return url ? <SkeletonList rows={4} height={80} /> : <EmptyState title={t('missing')} />
  }
  return (
    <MarketScope code={data.market}>
      <FileView file={data} onChanged={(file) => mutate(file, { revalidate: false })} />
    </MarketScope>
  )
}

export interface FileViewProps {
  file: BankFile
  onChanged: (file: BankFile) => unknown
}

function FileView({ file, onChanged }: FileViewProps) {
  const t = useTranslations('operator')
  const format = useFormat()
  const router = useRouter()
  const columns = useColumns()
  return (
    <>
      <PageHead
        title={t('bank.file', { date: format.instant(file.madeAt) })}
        up={{ href: '/operator/payouts?view=bank', label: t('bank.tabs.bank') }}
        chip={<Answered file={file} />}
      />
      <Exchange file={file} onChanged={onChanged} />
      <Card flush>
        <DataTable
          name={t('payouts.title')}
          rows={file.items}
          columns={columns}
          rowId={(entry) => entry.key}
          onOpen={({ payoutId }) => router.push(`/operator/payouts/payout?id=${payoutId}`)}
          pageSize={50}
        />
      </Card>
      <Reports file={file} onChanged={onChanged} />
      <Resubmissions file={file} onChanged={onChanged} />
    </>
  )
}

/** The file out, the report in; whoever made the file does not bring the answer. */
function Exchange({ file, onChanged }: FileViewProps) {
  const t = useTranslations('operator.bank')
  const { me, may } = useOperator()
  const input = useRef<HTMLInputElement>(null)
  const upload = useAction({ quiet: true })
  const isMine = file.makerId === me.userId
  const path = `/operator/bank-files/${file.id}`
  const isStale = file.reports.length === 0 && Date.parse(file.handInEndsAt) <= Date.now()

  function bring(report: File | undefined) {
    if (!report) return
    const body = new Blob([report], { type: 'application/xml' })
    void upload.run(
      async () => onChanged(await api.post<BankFile>(`${path}/reports`, body)),
      t('uploaded'),
    )
  }

  return (
    <Card className={layout.stack}>
      <p className={layout.muted}>{t('steps')}</p>
      {may('payouts') ? (
        <div className={layout.row}>
          {isStale ? null : (
            <Button
              {...(file.reports.length === 0 ? { look: 'primary' as const } : {})}
              icon={<FileDown size={18} aria-hidden="true" />}
              onClick={() => location.assign(`/v1${path}/content`)}
            >
              {t('download')}
            </Button>
          )}
          {isMine ? null : (
            <Button
              icon={<FileUp size={18} aria-hidden="true" />}
              busy={upload.busy}
              onClick={() => input.current?.click()}
            >
              {t('upload')}
            </Button>
          )}
          <input
            ref={input}
            type="file"
            accept=".xml,application/xml,text/xml"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={t('upload')}
            onChange={(event) => {
              bring(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </div>
      ) : null}
      {isStale && may('payouts') ? <Notice>{t('stale')}</Notice> : null}
      {isMine && may('payouts') ? <Notice>{t('uploadNot')}</Notice> : null}
      <ProblemNotice problem={upload.problem} />
      <Facts file={file} />
    </Card>
  )
}

function Facts({ file }: Pick<FileViewProps, 'file'>) {
  const t = useTranslations('operator.bank')
  const format = useFormat()
  return (
    <dl className={layout.facts}>
      <dt>{t('amount')}</dt>
      <dd>{format.amount(file.totalMinor)}</dd>
      <dt>{t('count')}</dt>
      <dd>{file.entries}</dd>
      <dt>{t('madeBy')}</dt>
      <dd>{file.madeBy}</dd>
      <dt>{t('messageId')}</dt>
      <dd className={layout.code}>{file.messageId}</dd>
      <dt>{t('hash')}</dt>
      <dd className={layout.code}>{file.hash}</dd>
    </dl>
  )
}

function Reports({ file, onChanged }: FileViewProps) {
  const t = useTranslations('operator.bank')
  const format = useFormat()
  const { reports } = file
  return (
    <Card className={layout.stack} aria-labelledby="bank-reports">
      <h2 id="bank-reports">{t('reports')}</h2>
      {reports.length === 0 ? <p className={layout.muted}>{t('reportsNone')}</p> : null}
      {reports.map((report) => (
        <div key={report.hash} className={layout.tight}>
          <span className={layout.code}>{report.messageId}</span>
          <span>{t('said', { date: format.instant(report.saidAt, 'full') })}</span>
          <span className={layout.small}>
            {t('brought', {
              name: report.broughtBy,
              date: format.instant(report.broughtAt, 'full'),
            })}
          </span>
          {report.refusals > 0 ? (
            <Confirmation file={file} report={report} onChanged={onChanged} />
          ) : null}
        </div>
      ))}
    </Card>
  )
}

/** A refusal gives money back once a third person has compared it with the bank's site. */
function Confirmation({
  file,
  report: { hash, refusals, bringerId, confirmedAt, confirmedBy },
  onChanged,
}: FileViewProps & { report: BankReport }) {
  const t = useTranslations('operator.bank')
  const format = useFormat()
  if (confirmedAt !== null) {
    const said = { name: confirmedBy, date: format.instant(confirmedAt, 'full') }
    return <span className={layout.small}>{t('confirmed', said)}</span>
  }
  const count = String(refusals)
  return (
    <FourEyes
      said={t('waits', { count })}
      besides={[file.makerId, bringerId]}
      besidesWhy={t('waitsNot')}
      dialog={{
        title: t('confirmTitle'),
        why: t('confirmWhy', { count }),
        done: t('confirmDone'),
      }}
      path={`/operator/bank-files/${file.id}/reports/${hash}/confirmation`}
      onChanged={onChanged}
    />
  )
}

function useColumns(): DataColumn<BankFileEntry>[] {
  const t = useTranslations('operator.bank')
  const format = useFormat()
  return [
    {
      id: 'amount',
      header: t('amount'),
      align: 'end',
      value: (entry) => entry.amountMinor,
      cell: (entry) => format.amount(entry.amountMinor),
    },
    {
      id: 'destination',
      header: t('destination'),
      value: (entry) => entry.masked,
      cell: (entry) => <span className={layout.cell}>{entry.masked}</span>,
    },
    {
      id: 'standing',
      header: t('standing'),
      value: (entry) => t(`standings.${entry.standing}`),
      cell: ({ standing }) => (
        <Chip tone={STANDING_TONES[standing]}>{t(`standings.${standing}`)}</Chip>
      ),
    },
    { id: 'reason', header: t('reason'), value: (entry) => entry.reason },
    { id: 'trouble', header: t('trouble'), value: (entry) => entry.trouble },
    {
      id: 'key',
      header: t('key'),
      value: (entry) => entry.key,
      cell: (entry) => <span className={layout.cellCode}>{entry.key}</span>,
    },
  ]
}
