'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { BANK_QUESTION_DAYS_MAX, type BankFile, type BankResubmission } from '#schema/bank-file'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useOperator } from '../operator-context.tsx'
import type { FileViewProps } from './bank-file-page.tsx'
import { FourEyes } from './four-eyes.tsx'

const DAY_MS = 86_400_000

/** Nobody has confirmed it, and it was said lately enough to be confirmed. */
const isOpen = ({ confirmedAt, askedAt }: BankResubmission) =>
  confirmedAt === null && Date.now() - Date.parse(askedAt) <= BANK_QUESTION_DAYS_MAX * DAY_MS

/** A file that never entered the bank: one person says so, another confirms, and it goes again. */
export function Resubmissions({ file, onChanged }: FileViewProps) {
  const t = useTranslations('operator.bank.again')
  const { may } = useOperator()
  const [asking, setAsking] = useState(false)
  const { resubmissions, reports, messageId } = file
  const isAnswered = reports.length > 0
  const said = isAnswered ? undefined : resubmissions.find(isOpen)
  const written = resubmissions.filter(({ confirmedAt }) => confirmedAt)
  const mayAsk = may('payouts') && !isAnswered && !said
  if (!mayAsk && !said && written.length === 0) return null
  return (
    <Card className={layout.stack} aria-labelledby="bank-again">
      <h2 id="bank-again">{t(isAnswered ? 'titleAnswered' : 'title')}</h2>
      {isAnswered ? null : <p className={layout.muted}>{t('how')}</p>}
      {said ? <Said file={file} said={said} onChanged={onChanged} /> : null}
      {mayAsk ? (
        <div className={layout.row}>
          <Button onClick={() => setAsking(true)}>{t('ask')}</Button>
        </div>
      ) : null}
      {written.map((one) => (
        <Written key={one.number} resubmission={one} />
      ))}
      {asking ? (
        <ConfirmDialog
          title={t('askTitle')}
          confirm={t('ask')}
          withReason
          done={t('asked')}
          onConfirm={async (reason) => {
            const path = `/operator/bank-files/${file.id}/resubmissions`
            onChanged(await api.post<BankFile>(path, { reason }))
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('askWhy', { id: messageId })}</p>
        </ConfirmDialog>
      ) : null}
    </Card>
  )
}

/** What waits for a second pair of eyes; whoever said it does not confirm it. */
function Said({
  file,
  said: { number, reason, askedAt, askedBy, askerId },
  onChanged,
}: FileViewProps & { said: BankResubmission }) {
  const t = useTranslations('operator.bank.again')
  const format = useFormat()
  return (
    <FourEyes
      said={t('said', { name: askedBy, date: format.instant(askedAt, 'full'), reason })}
      besides={[askerId]}
      besidesWhy={t('waitsNot')}
      dialog={{
        title: t('confirmTitle'),
        why: t('confirmWhy', { id: file.messageId }),
        done: t('confirmed'),
      }}
      path={`/operator/bank-files/${file.id}/resubmissions/${number}/confirmation`}
      onChanged={onChanged}
    />
  )
}

function Written({ resubmission }: { resubmission: BankResubmission }) {
  const t = useTranslations('operator.bank.again')
  const format = useFormat()
  const { confirmedBy, confirmedAt, askedAt, reason } = resubmission
  const date = format.instant(confirmedAt ?? askedAt, 'full')
  return <span className={layout.small}>{t('written', { name: confirmedBy, date, reason })}</span>
}
