import { CloudOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { ApiProblem } from '../../problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useRefresh } from '../../use-api.ts'
import { useOnline } from '../online.ts'
import { flushAll } from '../scan/flush.ts'
import type { KeptPhoto } from '../scan/kept-photos.ts'
import { dropQueued, type QueuedScan } from '../scan/queue.ts'
import { KeptPhotosList } from './kept-photos-list.tsx'
import css from './receipts.module.css'

interface QueuedProps {
  scans: readonly QueuedScan[]
  photos: readonly KeptPhoto[]
}

/** Scans and photos that wait on this device, and scans that the server refused for good. */
export function QueuedList({ scans, photos }: QueuedProps) {
  const waiting = scans.filter((scan) => !scan.refusedCode)
  const refused = scans.filter((scan) => scan.refusedCode)
  return (
    <>
      {waiting.length + photos.length > 0 ? <Waiting scans={waiting} photos={photos} /> : null}
      {refused.length > 0 ? <Refused scans={refused} /> : null}
    </>
  )
}

function Waiting({ scans, photos }: QueuedProps) {
  const t = useTranslations('shop.receipts')
  const online = useOnline()
  const refresh = useRefresh()
  const [busy, setBusy] = useState(false)
  // What has been read or refused is its owner's to act on: nothing of it is left to be sent.
  const isUnsent = ({ needsFields, refusedCode }: KeptPhoto) => !needsFields && refusedCode === null
  const waits = scans.length > 0 || photos.some(isUnsent)

  async function send() {
    setBusy(true)
    await flushAll()
    await refresh('/receipts')
    setBusy(false)
  }

  return (
    <section className={css.section}>
      <h2>{t(waits ? 'queuedTitle' : 'keptTitle')}</h2>
      {waits ? <p className={css.say}>{t('queuedWhy')}</p> : null}
      <ul className={css.list}>
        {scans.map((scan) => (
          <Scan key={scan.id} scan={scan} />
        ))}
      </ul>
      <KeptPhotosList photos={photos} />
      {online && waits ? (
        <Button wide busy={busy} onClick={() => void send()}>
          {t('sendNow')}
        </Button>
      ) : null}
    </section>
  )
}

function Scan({ scan }: { scan: QueuedScan }) {
  const t = useTranslations('shop.receipts')
  const format = useFormat()
  return (
    <li className={css.item}>
      <strong>
        {scan.totalMinor === null ? '' : t('of', { amount: format.amount(scan.totalMinor) })}
      </strong>
      <Chip tone="coming" icon={<CloudOff aria-hidden="true" />}>
        {t('waiting')}
      </Chip>
      <span className={css.meta}>{t('scannedAt', { date: format.instant(scan.scannedAt) })}</span>
    </li>
  )
}

function Refused({ scans }: { scans: readonly QueuedScan[] }) {
  const t = useTranslations('shop.receipts')
  const remove = useTranslations('common')('remove')
  const words = useProblemWords()
  const format = useFormat()
  return (
    <section className={css.section}>
      <h2>{t('refusedTitle')}</h2>
      <ul className={css.list}>
        {scans.map((scan) => (
          <li key={scan.id} className={css.item}>
            <span>
              <strong>
                {scan.totalMinor === null
                  ? ''
                  : t('of', { amount: format.amount(scan.totalMinor) })}
              </strong>
              <p className={css.say}>
                {words(new ApiProblem({ code: scan.refusedCode ?? 'internal', status: 0 }))}
              </p>
            </span>
            <Button small onClick={() => void dropQueued(scan.id)}>
              {remove}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
