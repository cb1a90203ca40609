'use client'
import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { classes } from '../../ui/classes.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { Notice } from '../../ui/states.tsx'
import { IMPORT_COLUMNS } from './csv-columns.ts'
import css from './import-page.module.css'
import type { ChosenFile } from './import-page.tsx'
import type { CsvFailure } from './parse-csv.ts'
import { readCsvFile } from './read-file.ts'

/** Two rows that pass, to be overwritten. */
const TEMPLATE = [
  [...IMPORT_COLUMNS],
  ['4607025392408', 'Молоко 3,2 % пастеризованное', 'Луговое', 'dairy', '930', 'ml'],
  ['', 'Творог 5 % мягкий', 'Луговое', 'dairy', '200', 'g'],
]

/** Pick or drop a file; it is read beside the page. */
export function FileStep({ onFile }: { onFile: (file: ChosenFile) => void }) {
  const t = useTranslations('partner.import')
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<CsvFailure | null>(null)

  async function read(file: File | null | undefined) {
    if (!file) return
    setReading(true)
    setFailure(null)
    const result = await readCsvFile(file)
    setReading(false)
    if (result.ok) onFile({ name: file.name, heads: result.heads, rows: result.rows })
    else setFailure(result.code)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void read(event.dataTransfer.files[0])
  }

  return (
    <Card className={layout.stack}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by keys */}
      <div
        className={classes(css.drop, over && css.over)}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileUp size={32} aria-hidden="true" />
        <h2>{t('drop')}</h2>
        <p className={layout.muted}>{t('dropWhy')}</p>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/csv"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('pick')}
          onChange={(event) => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button look="primary" busy={reading} onClick={() => input.current?.click()}>
          {reading ? t('reading') : t('pick')}
        </Button>
        <Button look="quiet" onClick={() => downloadCsv('kopilka-products', TEMPLATE)}>
          {t('template')}
        </Button>
      </div>
      {failure ? <Notice tone="refusal">{t(`failed.${failure}`)}</Notice> : null}
    </Card>
  )
}
