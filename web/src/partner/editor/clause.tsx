'use client'
import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslations } from 'use-intl'
import css from './clause.module.css'
import { type Clause as ClauseId, clauseOf, type DraftProblem } from './problems.ts'

/** What is wrong with the draft, for the clauses below; empty until the person asked to save. */
export const DraftProblems = createContext<readonly DraftProblem[]>([])

/** What the contract's own checks mean in a field, where their kind alone would say too little. */
const BY_PATH = {
  'title.ru': 'titleRu',
  'title.en': 'titleEn',
  'rule.reward.args.rateBps': 'rewardNeeded',
  'rule.reward.args.amountMinor': 'rewardNeeded',
  'rule.target.args.productIds': 'products_missing',
  'rule.target.args.brand': 'brandNeeded',
  'rule.retailers': 'retailersNeeded',
  'rule.reward': 'perUnitNotHere',
  'rule.caps.perPeriod': 'periodNeeded',
  'rule.caps.perLineMinor': 'lineCapNotHere',
  'rule.startsAt': 'momentNeeded',
  'rule.endsAt': 'momentNeeded',
  'rule.submissionDays': 'submissionRange',
  'rule.holdDays': 'holdRange',
  'legal.rulesUrl': 'urlWrong',
  budgetMinor: 'budgetNeeded',
} as const

/** The kinds of zod's own issues, and the server's `invalid`: the field says what they mean. */
const CONTRACT_CODES = [
  'too_small',
  'too_big',
  'invalid_type',
  'invalid_format',
  'invalid_union',
  'invalid',
]

/** Words of a problem; a code without words gets the general ones. */
export function useDraftProblemWords(): (problem: DraftProblem) => string {
  const t = useTranslations('partner.editor.problems')
  return ({ path, code }) => {
    if (CONTRACT_CODES.includes(code) && path in BY_PATH) {
      return t(BY_PATH[path as keyof typeof BY_PATH])
    }
    return t.has(code as 'invalid') ? t(code as 'invalid') : t('invalid')
  }
}

/** True when a problem stands at the path or under it. */
export function useWrong(path: string): boolean {
  const problems = useContext(DraftProblems)
  return problems.some((one) => one.path === path || one.path.startsWith(`${path}.`))
}

/** Words for exactly one field, for the clauses that are made of ordinary fields. */
export function useDraftFieldWords(): (path: string) => string | undefined {
  const problems = useContext(DraftProblems)
  const words = useDraftProblemWords()
  return (path) => {
    const problem = problems.find((one) => one.path === path)
    return problem ? words(problem) : undefined
  }
}

/** A part of the sentence with its name in the margin and its problems under it. */
export function Clause({
  id,
  children,
  fields,
}: {
  id: ClauseId
  children: ReactNode
  /** Ordinary fields say their problems themselves. */
  fields?: boolean
}) {
  const t = useTranslations('partner.editor.clauses')
  const problems = useContext(DraftProblems).filter((one) => clauseOf(one.path) === id)
  const words = useDraftProblemWords()
  return (
    <section className={css.clause} aria-labelledby={`clause-${id}`}>
      <h2 id={`clause-${id}`} className={css.name}>
        {t(id)}
      </h2>
      <div className={css.body}>
        {fields ? children : <div className={css.sentence}>{children}</div>}
        {fields || problems.length === 0 ? null : (
          <div role="alert">
            <ul className={css.problems}>
              {problems.map((problem) => (
                <li key={problem.path}>
                  <CircleAlert size={16} aria-hidden="true" />
                  {words(problem)}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  )
}

/** A muted remark under a sentence. */
export function Remark({ children }: { children: ReactNode }) {
  return <span className={css.remark}>{children}</span>
}
