'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Progress } from '../../ui/states.tsx'
import { useImportJob } from './import-job.ts'
import css from './import-progress.module.css'

/** The import in the rail while its page is left; a click goes back to it. */
export function ImportProgress() {
  const t = useTranslations('partner.import')
  const job = useImportJob()
  if (job?.state !== 'running') return null
  const share = job.tally.done / job.rows.length
  const label = t('underWay', { percent: String(Math.round(share * 100)) })
  return (
    <Link href="/partner/products/import" className={css.link}>
      <span>{label}</span>
      <Progress share={share} label={label} />
    </Link>
  )
}
