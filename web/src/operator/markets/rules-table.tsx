'use client'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailedState, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useOperator } from '../operator-context.tsx'
import css from './markets.module.css'

/** A rule of a market as its operator sees it, with who departed from the default and when. */
interface MarketRule {
  changedAt: string | null
  changedBy: string | null
}

/** What the dialog of one rule is given. */
interface RuleChange {
  /** Tells the API of one change; the table shows its answer. */
  onRule: (change: object) => Promise<unknown>
  onClose: () => void
}

interface RulesTableProps<Rule> {
  /** Where the rules are read and changed. */
  path: string
  title: string
  /** Says under the title what the rules are for. */
  children: ReactNode
  /** What a row is about, and what holds there. */
  heads: readonly [about: string, rule: string]
  rowId: (rule: Rule) => string
  about: (rule: Rule) => ReactNode
  holds: (rule: Rule) => ReactNode
  dialog: (rule: Rule, change: RuleChange) => ReactNode
}

/** Rules of a market that its operator may change, each with a reason and on its own. */
export function RulesTable<Rule extends MarketRule>(props: RulesTableProps<Rule>) {
  const { path, title, children, heads, rowId, about, holds, dialog } = props
  const t = useTranslations('operator.markets')
  const format = useFormat()
  const { may } = useOperator()
  const { data, error, mutate } = useApi<{ rules: Rule[] }>(path)
  const [changing, setChanging] = useState<Rule | null>(null)
  if (error && !data) return <FailedState problem={error} onRetry={() => mutate()} />
  if (!data) return <SkeletonList rows={5} />
  const onRule = async (change: object) =>
    mutate(await api.put<{ rules: Rule[] }>(path, change), false)
  return (
    <Card className={layout.stack}>
      <h2>{title}</h2>
      {children}
      <table className={css.rules}>
        <thead>
          <tr>
            <th scope="col">{heads[0]}</th>
            <th scope="col">{heads[1]}</th>
            <th scope="col">{t('decided')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rules.map((rule) => (
            <tr key={rowId(rule)}>
              <th scope="row">{about(rule)}</th>
              <td>{holds(rule)}</td>
              <td className={layout.small}>
                {rule.changedAt
                  ? `${rule.changedBy ?? ''}, ${format.instant(rule.changedAt)}`
                  : null}
              </td>
              <td>
                {may('markets') ? (
                  <Button small onClick={() => setChanging(rule)}>
                    {t('change')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changing ? dialog(changing, { onRule, onClose: () => setChanging(null) }) : null}
    </Card>
  )
}
