'use client'
import { useTranslations } from 'use-intl'
import type { FiscalKey, FiscalKeyState } from '#schema/fiscal-key'
import { useFormat } from '../i18n/use-format.ts'
import { countryName } from '../market.ts'
import { Chip, type Tone } from '../ui/chip.tsx'
import layout from './layout.module.css'

/** Providers of Austrian certificates by the names that people know. */
export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  AT0: 'AT0',
  AT1: 'A-Trust (AT1)',
  AT2: 'GLOBALTRUST (AT2)',
  AT3: 'PrimeSign (AT3)',
}

const TONES: Record<FiscalKeyState, Tone> = {
  asked: 'coming',
  registered: 'mine',
  declined: 'neutral',
  revoked: 'refusal',
}

export function KeyStateChip({ state }: { state: FiscalKeyState }) {
  const t = useTranslations('desk.tillKey')
  return <Chip tone={TONES[state]}>{t(`states.${state}`)}</Chip>
}

/** A key as two people compare it: its number, its fingerprint, how long it holds. */
export function KeyFacts({ tillKey }: { tillKey: FiscalKey }) {
  const t = useTranslations('desk.tillKey')
  const format = useFormat()
  const day = (at: string | null) => (at === null ? t('noEnd') : format.instant(at, 'dayYear'))
  return (
    <>
      <div className={layout.row}>
        <KeyStateChip state={tillKey.state} />
        <span className={layout.small}>{countryName(tillKey.country, format.locale)}</span>
      </div>
      <dl className={layout.facts}>
        <dt>{t('keyId')}</dt>
        <dd className={layout.code}>{tillKey.keyId}</dd>
        {tillKey.provider ? (
          <>
            <dt>{t('provider')}</dt>
            <dd>{PROVIDER_NAMES[tillKey.provider] ?? tillKey.provider}</dd>
          </>
        ) : null}
        <dt>{t('fingerprint')}</dt>
        <dd className={layout.code}>{grouped(tillKey.fingerprint)}</dd>
        <dt>{t('validity')}</dt>
        <dd>{t('fromTo', { from: day(tillKey.validFrom), to: day(tillKey.validUntil) })}</dd>
        <dt>{t('asked')}</dt>
        <dd>{format.instant(tillKey.askedAt, 'full')}</dd>
        {tillKey.note ? (
          <>
            <dt>{t('note')}</dt>
            <dd>{tillKey.note}</dd>
          </>
        ) : null}
      </dl>
    </>
  )
}

/** Read aloud in fours: `ab12 cd34 …`. */
const grouped = (hex: string) => hex.replace(/(.{4})(?=.)/g, '$1 ')
