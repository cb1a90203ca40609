'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Select } from '../../ui/field.tsx'
import { Notice } from '../../ui/states.tsx'
import { usePartner } from '../partner-context.tsx'
import {
  type ColumnMapping,
  guessMapping,
  IMPORT_COLUMNS,
  type ImportColumn,
  mapRow,
} from './csv-columns.ts'
import { normaliseValues } from './csv-values.ts'
import { startImport } from './import-job.ts'
import css from './import-page.module.css'
import type { ChosenFile } from './import-page.tsx'

const PREVIEW_ROWS = 8

/** Which column of the file means what, with the first rows as they will be sent. */
export function ColumnsStep({ file, onOther }: { file: ChosenFile; onOther: () => void }) {
  const t = useTranslations('partner.import')
  const { path } = usePartner()
  const [mapping, setMapping] = useState<ColumnMapping>(() => guessMapping(file.heads))
  const read = (row: Record<string, string>) => normaliseValues(mapRow(row, mapping))
  const named = mapping.name !== undefined

  function check() {
    startImport({
      phase: 'check',
      fileName: file.name,
      path: path('/products/import'),
      rows: file.rows.map((row, index) => ({ fileRow: index + 2, values: read(row) })),
    })
  }

  return (
    <Card className={layout.stack}>
      <div className={layout.spread}>
        <p>{t('fileRows', { name: file.name, count: file.rows.length })}</p>
        <Button small look="quiet" onClick={onOther}>
          {t('again')}
        </Button>
      </div>
      <p className={layout.muted}>{t('columnsLead')}</p>
      <div className={layout.columns}>
        {IMPORT_COLUMNS.map((column) => (
          <ColumnSelect
            key={column}
            column={column}
            heads={file.heads}
            chosen={mapping[column]}
            onChoose={(head) => setMapping(withColumn(mapping, column, head))}
          />
        ))}
      </div>
      <RowsPreview rows={file.rows.slice(0, PREVIEW_ROWS).map(read)} />
      {named ? null : <Notice tone="refusal">{t('nameNeeded')}</Notice>}
      <div className={layout.row}>
        <Button look="primary" disabled={!named} onClick={check}>
          {t('check')}
        </Button>
      </div>
    </Card>
  )
}

function withColumn(mapping: ColumnMapping, column: ImportColumn, head: string): ColumnMapping {
  const { [column]: _before, ...rest } = mapping
  return head === '' ? rest : { ...rest, [column]: head }
}

function ColumnSelect({
  column,
  heads,
  chosen,
  onChoose,
}: {
  column: ImportColumn
  heads: readonly string[]
  chosen: string | undefined
  onChoose: (head: string) => void
}) {
  const t = useTranslations('partner.import')
  return (
    <Select
      label={t(`columns.${column}`)}
      value={chosen ?? ''}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{t('notMapped')}</option>
      {heads.map((head) => (
        <option key={head} value={head}>
          {head}
        </option>
      ))}
    </Select>
  )
}

function RowsPreview({ rows }: { rows: readonly Record<ImportColumn, string>[] }) {
  const t = useTranslations('partner.import')
  return (
    <div className={css.scroll}>
      <table className={css.preview}>
        <caption className={layout.small}>{t('preview')}</caption>
        <thead>
          <tr>
            {IMPORT_COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${String(index)} ${row.name}`}>
              {IMPORT_COLUMNS.map((column) => (
                <td key={column}>{row[column] || '—'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
