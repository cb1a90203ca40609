'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHead } from '../../desk/page-head.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FileStep } from './file-step.tsx'
import { forgetImport, useImportJob } from './import-job.ts'
import css from './import-page.module.css'
import { JobStep } from './job-step.tsx'

export interface ChosenFile {
  name: string
  heads: string[]
  rows: Record<string, string>[]
}

const STEPS = ['file', 'columns', 'check', 'load'] as const
type Step = (typeof STEPS)[number]

/** File → columns → check → load. A job that runs is shown, however the person came back here. */
export function ImportPage() {
  const t = useTranslations('partner.import')
  const products = useTranslations('partner.products')
  const job = useImportJob()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const step: Step = job ? job.phase : file ? 'columns' : 'file'
  return (
    <>
      <PageHead
        title={t('title')}
        question={t('question')}
        up={{ href: '/partner/products', label: products('title') }}
      />
      <ol className={css.steps}>
        {STEPS.map((one, index) => (
          <li key={one} aria-current={one === step ? 'step' : undefined} className={css.step}>
            <span className={css.number}>{index + 1}</span>
            {t(`steps.${one}`)}
          </li>
        ))}
      </ol>
      {step === 'file' ? <FileStep onFile={setFile} /> : null}
      {step === 'columns' && file ? (
        <ColumnsStep file={file} onOther={() => setFile(null)} />
      ) : null}
      {job ? (
        <JobStep
          job={job}
          onAgain={() => {
            forgetImport()
            setFile(null)
          }}
        />
      ) : null}
    </>
  )
}
