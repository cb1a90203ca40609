'use client'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ApiProblem } from '../problem.ts'
import { useProblemWords } from '../ui/problem-words.ts'
import { Notice } from '../ui/states.tsx'

/** A refusal inside a form or a dialog, in words, with the request's number for support. */
export function ProblemNotice({ problem }: { problem: unknown }) {
  const t = useTranslations('desk.action')
  const words = useProblemWords()
  if (problem === null || problem === undefined) return null
  const requestId = problem instanceof ApiProblem ? problem.requestId : null
  const fields = problem instanceof ApiProblem ? problem.errors.map((error) => error.path) : []
  return (
    <Notice tone="refusal" icon={<CircleAlert size={20} aria-hidden="true" />}>
      <span>{words(problem)}</span>
      {fields.length > 0 ? <small>{fields.join(', ')}</small> : null}
      {requestId ? <small>{t('requestId', { id: requestId })}</small> : null}
    </Notice>
  )
}
