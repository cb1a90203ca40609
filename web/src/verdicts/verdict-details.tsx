import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Verdict } from '#schema/verdict'
import { useFormat } from '../i18n/use-format.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { useVerdictWords, verdictTone } from './verdict-words.ts'
import css from './verdicts.module.css'

/** This many are shown at first, and more at each press: an offer is on few of all goods. */
const STEP = 10

/** Every verdict in full: the rule, the value seen, the value needed, the reward, what to do. */
export function VerdictDetails({
  verdicts,
  availableAt,
  label,
  onToggle,
  children,
}: {
  verdicts: readonly Verdict[]
  availableAt: string | null
  label: string
  onToggle?: (isOpen: boolean) => void
  children?: ReactNode
}) {
  const more = useTranslations('common')('more')
  const [shown, setShown] = useState(STEP)
  return (
    <details className={css.details} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary>{label}</summary>
      <ul className={css.list}>
        {verdicts.slice(0, shown).map((verdict) => (
          <VerdictFacts
            key={`${verdict.offerId}-${verdict.line}-${verdict.rule}`}
            verdict={verdict}
            availableAt={availableAt}
          />
        ))}
      </ul>
      {verdicts.length > shown ? (
        <Button small onClick={() => setShown(shown + STEP)}>
          {more}
        </Button>
      ) : null}
      {children}
    </details>
  )
}

/** One verdict in full, for a page that is about one offer. */
export function VerdictRecord({ verdict }: { verdict: Verdict }) {
  return (
    <ul className={css.list}>
      <VerdictFacts verdict={verdict} availableAt={null} />
    </ul>
  )
}

function VerdictFacts({ verdict, availableAt }: { verdict: Verdict; availableAt: string | null }) {
  const t = useTranslations('verdict.facts')
  const words = useVerdictWords()
  const format = useFormat()
  const facts: [string, string | null][] = [
    [t('seen'), verdict.seen && words.value(verdict.seen)],
    [t('needed'), verdict.needed && words.value(verdict.needed)],
    [t('reward'), verdict.rewardMinor > 0 ? format.amount(verdict.rewardMinor) : null],
    [t('limit'), verdict.limitedBy && words.why(verdict.limitedBy)],
    [t('doNext'), verdict.action === 'none' ? null : words.action(verdict)],
  ]
  return (
    <li className={css.one}>
      {verdict.offerTitle ? <strong>{verdict.offerTitle[format.locale]}</strong> : null}
      <span>
        <Chip tone={verdictTone(verdict)}>{words.chip(verdict, availableAt)}</Chip>
      </span>
      <p>{words.why(verdict.rule)}</p>
      <dl className={css.facts}>
        {facts.map(([name, fact]) =>
          fact ? (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </li>
  )
}
