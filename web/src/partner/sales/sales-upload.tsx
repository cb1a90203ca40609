'use client'
import { Download, FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { RETURN_OUTCOMES, type SalesResult } from '#schema/sale'
import { api } from '../../api.ts'
import { Figure, Figures } from '../../desk/figure.tsx'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { downloadCsv } from '../../ui/csv.ts'
import { Notice, Progress } from '../../ui/states.tsx'
import { readCsvFile } from '../import/read-file.ts'
import { usePartner } from '../partner-context.tsx'
import { type FeedTally, NOTHING_FED, runFeed } from './run-feed.ts'
import { type FileSale, SALES_COLUMNS, salesOf } from './sales-csv.ts'
import { useRefusalWords } from './use-refusal-words.ts'

const BATCH_MS_MAX = 60_000

interface Job {
  /** Gathers the batches of this file at the server. */
  id: string
  name: string
  sales: readonly FileSale[]
  phase: 'check' | 'load'
  tally: FeedTally
  problem: unknown
}

/** A file of sales: read, checked without writing anything, then loaded. */
export function SalesUpload({ onFed }: { onFed: () => unknown }) {
  const t = useTranslations('partner.sales')
  const files = useTranslations('partner.import')
  const input = useRef<HTMLInputElement>(null)
  const { job, run, forget } = useFeedJob(onFed)
  const [failure, setFailure] = useState<string | null>(null)

  async function read(file: File | undefined) {
    if (!file) return
    setFailure(null)
    forget()
    const parsed = await readCsvFile(file)
    if (!parsed.ok) return setFailure(files(`failed.${parsed.code}`))
    const found = salesOf(parsed.heads, parsed.rows)
    if (!found.ok) return setFailure(t('columnsMissing', { columns: found.missing.join(', ') }))
    const id = crypto.randomUUID()
    const fresh = { id, name: file.name.slice(0, 120), sales: found.sales, problem: null }
    await run({ ...fresh, phase: 'check', tally: NOTHING_FED })
  }

  return (
    <Card className={layout.stack} aria-labelledby="sales-upload">
      <div className={layout.spread}>
        <h2 id="sales-upload">{t('upload')}</h2>
        <Button look="quiet" small onClick={() => downloadCsv('kopilka-sales', TEMPLATE)}>
          {files('template')}
        </Button>
      </div>
      <p className={layout.muted}>{t('uploadLead')}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={files('pick')}
        onChange={(event) => {
          void read(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <div className={layout.row}>
        <Button
          {...(job ? {} : { look: 'primary' as const })}
          icon={<FileUp size={18} aria-hidden="true" />}
          onClick={() => input.current?.click()}
        >
          {job ? files('again') : files('pick')}
        </Button>
      </div>
      {failure ? <Notice tone="refusal">{failure}</Notice> : null}
      {job ? <FeedJob job={job} onRun={run} /> : null}
    </Card>
  )
}

/** The check or the load under way, from where it stopped. */
function useFeedJob(onFed: () => unknown) {
  const { path } = usePartner()
  const [job, setJob] = useState<Job | null>(null)

  async function run(started: Job) {
    setJob(started)
    const { id, name, sales, phase, tally } = started
    let current = tally
    const batch = { dryRun: phase === 'check', feed: { id, name } }
    const options = { timeoutMs: BATCH_MS_MAX }
    try {
      const send = (rows: FileSale['sale'][]) =>
        api.post<SalesResult>(path('/sales'), { ...batch, sales: rows }, options)
      await runFeed(sales, tally, send, (next) => {
        current = next
        setJob({ ...started, tally: next })
      })
      if (phase === 'load') await onFed()
    } catch (problem) {
      setJob({ ...started, tally: current, problem })
    }
  }

  return { job, run, forget: () => setJob(null) }
}

/** A receipt and the return of half of it, which pass once the till is the partner's own. */
const TEMPLATE = [
  [...SALES_COLUMNS],
  rowOf('17', '2026-11-21 18:42', ['sale', '', ''], '259,00', [
    ...['Молоко 3,2 % 930 мл', '4607025392408', '1', '89,00', '89,00'],
  ]),
  rowOf('17', '2026-11-21 18:42', ['sale', '', ''], '259,00', [
    ...['Творог 5 %', '', '2', '85,00', '170,00'],
  ]),
  rowOf('18', '2026-11-21 19:10', ['return', '17', ''], '89,00', [
    ...['Молоко 3,2 % 930 мл', '4607025392408', '1', '89,00', '89,00'],
  ]),
]

function rowOf(
  number: string,
  time: string,
  operation: readonly string[],
  total: string,
  line: readonly string[],
): string[] {
  return ['0000000001012345', number, time, ...operation, total, '', '', '', ...line]
}

function FeedJob({ job, onRun }: { job: Job; onRun: (job: Job) => void }) {
  const t = useTranslations('partner.sales')
  const format = useFormat()
  const { tally, sales, phase } = job
  const isDone = tally.done === sales.length
  const counts = { done: String(tally.done), total: String(sales.length) }
  const label = phase === 'check' ? t('checking', counts) : t('loading', counts)
  const fit = tally.accepted + tally.corrected
  return (
    <>
      <p role="status">
        {isDone ? t(phase === 'check' ? 'checked' : 'loaded', { name: job.name }) : label}
      </p>
      <Progress share={tally.done / sales.length} label={label} />
      <Figures>
        <Figure label={t('accepted')} value={format.number(tally.accepted)} tone="mine" />
        <Figure label={t('corrected')} value={format.number(tally.corrected)} />
        <Figure label={t('repeated')} value={format.number(tally.repeated)} />
        <Figure
          label={t('refused')}
          value={format.number(tally.refusals.length)}
          {...(tally.refusals.length > 0 ? { tone: 'refusal' as const } : {})}
        />
        {RETURN_OUTCOMES.map((outcome) =>
          tally.returns[outcome] === 0 ? null : (
            <Figure
              key={outcome}
              label={t(`outcomes.${outcome}`)}
              value={format.number(tally.returns[outcome])}
            />
          ),
        )}
      </Figures>
      <ProblemNotice problem={job.problem} />
      <Refusals job={job} />
      <div className={layout.row}>
        {phase === 'check' && isDone && fit > 0 ? (
          <Button
            look="primary"
            onClick={() => onRun({ ...job, phase: 'load', tally: NOTHING_FED })}
          >
            {t('load', { count: fit })}
          </Button>
        ) : null}
        {job.problem ? (
          <Button look="primary" onClick={() => onRun({ ...job, problem: null })}>
            {t('continue')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

const REFUSALS_SHOWN_MAX = 5

/** The first of them on the page, all of them as a file. */
function Refusals({ job: { name, tally } }: { job: Job }) {
  const t = useTranslations('partner.sales')
  const words = useRefusalWords()
  const { refusals } = tally
  if (refusals.length === 0) return null
  const file = [
    [t('fileRow'), t('till'), t('number'), t('why')],
    ...refusals.map((one) => [one.fileRow, one.till, one.number, words(one)]),
  ]
  return (
    <div className={layout.tight}>
      <ul className={layout.small}>
        {refusals.slice(0, REFUSALS_SHOWN_MAX).map((one) => (
          <li key={`${one.fileRow} ${one.code}`}>
            {t('refusal', { row: String(one.fileRow), number: one.number, why: words(one) })}
          </li>
        ))}
      </ul>
      <div className={layout.row}>
        <Button
          small
          icon={<Download size={16} aria-hidden="true" />}
          onClick={() => downloadCsv(`${name}-refused`, file)}
        >
          {t('refusalsDownload')}
        </Button>
      </div>
    </div>
  )
}
