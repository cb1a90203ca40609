'use client'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Figure, Figures } from '../../desk/figure.tsx'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { downloadCsv } from '../../ui/csv.ts'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'
import { Progress } from '../../ui/states.tsx'
import { IMPORT_COLUMNS, type RowError } from './csv-columns.ts'
import { continueImport, type ImportJob, startImport, stopImport } from './import-job.ts'
import css from './import-page.module.css'

/** A dry run or a load: its progress, what it found, and what may be done next. */
export function JobStep({ job, onAgain }: { job: ImportJob; onAgain: () => void }) {
  const t = useTranslations('partner.import')
  const share = job.tally.done / job.rows.length
  const counts = { done: String(job.tally.done), total: String(job.rows.length) }
  const label = job.phase === 'check' ? t('checking', counts) : t('loading', counts)
  return (
    <>
      <Card className={layout.stack}>
        <div className={layout.spread}>
          <p role="status">{job.state === 'running' ? label : <JobWords job={job} />}</p>
          {job.state === 'running' ? (
            <Button small onClick={stopImport}>
              {t('stop')}
            </Button>
          ) : null}
        </div>
        <Progress share={share} label={label} />
        {job.state === 'running' && job.phase === 'load' ? (
          <p className={layout.small}>{t('leave')}</p>
        ) : null}
        <ProblemNotice problem={job.problem} />
        <Tally job={job} />
        <JobActions job={job} onAgain={onAgain} />
      </Card>
      {job.tally.errors.length > 0 ? <RowErrors job={job} /> : null}
    </>
  )
}

function JobWords({ job }: { job: ImportJob }) {
  const t = useTranslations('partner.import')
  const { created, updated, unchanged, done } = job.tally
  if (job.state === 'stopped') return <>{t('stopped')}</>
  if (job.state === 'failed') return <>{t('interrupted', { row: String(done + 2) })}</>
  if (job.phase === 'check') return <>{t('checked')}</>
  const counts = {
    created: String(created),
    updated: String(updated),
    unchanged: String(unchanged),
  }
  return <>{t('done', counts)}</>
}

function Tally({ job }: { job: ImportJob }) {
  const t = useTranslations('partner.import')
  const format = useFormat()
  const { created, updated, unchanged, errors } = job.tally
  const wrong = new Set(errors.map((error) => error.fileRow)).size
  const load = job.phase === 'load'
  return (
    <Figures>
      <Figure
        label={load ? t('createdNow') : t('created')}
        value={format.number(created)}
        tone="mine"
      />
      <Figure label={load ? t('updatedNow') : t('updated')} value={format.number(updated)} />
      <Figure label={t('unchanged')} value={format.number(unchanged)} />
      <Figure
        label={t('wrong')}
        value={format.number(wrong)}
        {...(wrong > 0 ? { tone: 'refusal' as const } : {})}
      />
    </Figures>
  )
}

function JobActions({ job, onAgain }: { job: ImportJob; onAgain: () => void }) {
  const t = useTranslations('partner.import')
  if (job.state === 'running') return null
  const wrong = new Set(job.tally.errors.map((error) => error.fileRow))
  const rows = job.rows.filter((row) => !wrong.has(row.fileRow))
  const loadable = job.phase === 'check' && job.state === 'done' && rows.length > 0
  return (
    <div className={layout.row}>
      {loadable ? (
        <Button
          look="primary"
          onClick={() =>
            startImport({ phase: 'load', fileName: job.fileName, path: job.path, rows })
          }
        >
          {t('load', { count: rows.length })}
        </Button>
      ) : null}
      {job.state !== 'done' ? (
        <Button look="primary" onClick={continueImport}>
          {t('continue')}
        </Button>
      ) : null}
      {job.phase === 'load' && job.state === 'done' ? (
        <ButtonLink look="primary" href="/partner/products">
          {t('toProducts')}
        </ButtonLink>
      ) : null}
      <Button onClick={onAgain}>{t('again')}</Button>
    </div>
  )
}

function RowErrors({ job }: { job: ImportJob }) {
  const t = useTranslations('partner.import')
  const words = useRowErrorWords()
  const columns: DataColumn<RowError>[] = [
    { id: 'row', header: t('errorRow'), align: 'end', value: (error) => error.fileRow },
    { id: 'column', header: t('errorColumn'), choice: true, value: words.column },
    { id: 'what', header: t('errorWhat'), choice: true, value: words.what },
  ]
  return (
    <Card flush aria-labelledby="row-errors">
      <div className={css.head}>
        <h2 id="row-errors">{t('errors')}</h2>
        <p className={layout.small}>{t('errorsWhy')}</p>
      </div>
      <DataTable
        name={t('errors')}
        rows={job.tally.errors}
        columns={columns}
        rowId={(error) => `${error.fileRow} ${error.column} ${error.code}`}
      >
        <Button
          small
          icon={<Download size={16} aria-hidden="true" />}
          onClick={() => downloadCsv(`${job.fileName}-errors`, wrongRows(job, words.what))}
        >
          {t('errorsDownload')}
        </Button>
      </DataTable>
    </Card>
  )
}

/** The rows that failed, as they were read, with what is wrong: to be mended and loaded again. */
function wrongRows(job: ImportJob, what: (error: RowError) => string) {
  const byRow = new Map<number, string[]>()
  for (const error of job.tally.errors) {
    byRow.set(error.fileRow, [...(byRow.get(error.fileRow) ?? []), what(error)])
  }
  const rows = job.rows
    .filter((row) => byRow.has(row.fileRow))
    .map((row) => [
      ...IMPORT_COLUMNS.map((column) => row.values[column] ?? ''),
      (byRow.get(row.fileRow) ?? []).join('; '),
    ])
  return [[...IMPORT_COLUMNS, 'error'], ...rows]
}

function useRowErrorWords() {
  const t = useTranslations('partner.import')
  return {
    column: ({ column }: RowError) =>
      t.has(`columns.${column}` as 'columns.name')
        ? t(`columns.${column}` as 'columns.name')
        : column,
    what: ({ code }: RowError) =>
      t.has(`codes.${code}` as 'codes.invalid') ? t(`codes.${code}` as 'codes.invalid') : code,
  }
}
