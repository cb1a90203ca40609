'use client'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  CHECKED_FIELDS,
  type ReviewCase,
  type ReviewDecision,
  type ReviewMarks,
  type ReviewOutcome,
} from '#schema/review'
import { DECLINE_REASONS, type DeclineReason } from '#schema/review-verdict'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { CaseNotices } from './case-notices.tsx'
import { DeclinePanel } from './decline-panel.tsx'
import { DocumentForm } from './document-form.tsx'
import { type Draft, documentOf, draftOf, wrongIn } from './draft.ts'
import { PhotoPane } from './photo-pane.tsx'
import { Due } from './queue.tsx'
import { ReadingFacts } from './reading-facts.tsx'
import css from './review.module.css'
import { useReviewKeys } from './review-keys.ts'
import { SpotCheckPanel } from './spot-check-panel.tsx'

interface WorkbenchProps {
  id: string
  onMove: (by: number) => void
  onDecided: (id: string) => void
}

/** One case: claimed when it is opened, so that nobody else decides it meanwhile. */
export function Workbench({ id, onMove, onDecided }: WorkbenchProps) {
  const [review, setReview] = useState<ReviewCase | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  useEffect(() => {
    const gone = new AbortController()
    const { signal } = gone
    const show = (one: ReviewCase) => {
      if (!signal.aborted) setReview(one)
    }
    const path = `/operator/reviews/${id}`
    // Strolling past a case with the arrows takes it from nobody.
    const timer = setTimeout(() => {
      api.post<ReviewCase>(`${path}/claim`).then(show, async (refusal: unknown) => {
        if (!signal.aborted) setProblem(refusal)
        await api.get<ReviewCase>(path).then(show, () => undefined)
      })
    }, CLAIM_AFTER_MS)
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [id])
  return (
    <div className={css.bench}>
      <ProblemNotice problem={problem} />
      {review ? (
        <Bench review={review} onMove={onMove} onDecided={() => onDecided(id)} />
      ) : (
        <Loading onMove={onMove} />
      )}
    </div>
  )
}

const CLAIM_AFTER_MS = 150
const nothing = () => undefined

function Loading({ onMove }: { onMove: (by: number) => void }) {
  const keys = { a: nothing, d: nothing, e: nothing, x: nothing, digit: nothing, escape: nothing }
  useReviewKeys({ ...keys, j: () => onMove(1), k: () => onMove(-1) })
  return <Skeleton height={520} />
}

function Bench({
  review,
  onMove,
  onDecided,
}: {
  review: ReviewCase
  onMove: (by: number) => void
  onDecided: () => void
}) {
  const t = useTranslations('operator.review')
  const say = useToast()
  const action = useAction({ quiet: true })
  const first = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<Draft>(() => draftOf(review))
  const [tried, setTried] = useState(false)
  const [declining, setDeclining] = useState<DeclineReason | 'choose' | null>(null)
  const [apart, setApart] = useState(false)
  const [marks, setMarks] = useState<ReviewMarks>(() => marksOf(review))
  const isCheck = review.kind === 'spot_check'
  const { version } = review

  async function decide(decision: ReviewDecision) {
    const path = `/operator/reviews/${review.id}/decide`
    await action.run(async () => {
      const { result } = await api.post<ReviewOutcome>(path, decision)
      say(t(result === 'second_needed' ? 'secondNeeded' : `done.${decision.outcome}`))
      onDecided()
    })
  }
  const distinctFrom = apart ? review.collisions.map(({ receiptId }) => receiptId) : []
  function approve() {
    if (isCheck) return void decide({ outcome: 'check', version, marks })
    setTried(true)
    const isPhoto = review.kind === 'photo'
    if (isPhoto && wrongIn(draft).length > 0) return
    const document = isPhoto ? documentOf(draft) : null
    void decide({ outcome: 'approve', version, document, distinctFrom })
  }
  const decline = (reason: DeclineReason, note: string) =>
    void decide({ outcome: 'decline', version, reason, note })
  useReviewKeys({
    j: () => onMove(1),
    k: () => onMove(-1),
    a: approve,
    d: () => (isCheck ? undefined : setDeclining('choose')),
    e: () => first.current?.focus(),
    x: () => setApart(!apart),
    digit: (digit) => {
      const field = CHECKED_FIELDS[digit - 1]
      if (isCheck && field) setMarks({ ...marks, [field]: marks[field] === false })
      else if (declining) setDeclining(DECLINE_REASONS[digit - 1] ?? declining)
    },
    escape: () => setDeclining(null),
  })
  return (
    <>
      <PhotoPane review={review} />
      <div className={layout.stack}>
        <div className={layout.spread}>
          <Due at={review.dueAt} />
          <span className={layout.small}>{review.shopperMasked}</span>
        </div>
        <CaseNotices review={review} apart={apart} onApart={setApart} />
        {isCheck ? (
          <SpotCheckPanel review={review} marks={marks} onMarks={setMarks} />
        ) : (
          <DocumentForm
            review={review}
            draft={draft}
            onChange={setDraft}
            wrong={tried ? wrongIn(draft) : []}
            first={first}
          />
        )}
        {action.problem ? <ProblemNotice problem={action.problem} /> : null}
        {declining ? (
          <DeclinePanel
            chosen={declining}
            busy={action.busy}
            onChoose={setDeclining}
            onDecline={decline}
            onClose={() => setDeclining(null)}
          />
        ) : (
          <Card className={layout.row}>
            <Button look="primary" busy={action.busy} onClick={approve}>
              {t(isCheck ? 'check' : review.kind === 'collision' ? 'apartIs' : 'approve')} (A)
            </Button>
            {isCheck ? null : (
              <Button look="danger" onClick={() => setDeclining('choose')}>
                {t(review.kind === 'collision' ? 'same' : 'decline')} (D)
              </Button>
            )}
          </Card>
        )}
        <ReadingFacts review={review} />
      </div>
    </>
  )
}

/** A spot check begins with everything that was read marked as right: the wrong is what to find. */
function marksOf({ reading, lines }: ReviewCase): ReviewMarks {
  const isThere = {
    retailer: reading?.retailer,
    date: reading?.date ?? reading?.scan,
    time: reading?.time ?? reading?.scan,
    total: reading?.totalMinor ?? reading?.scan,
    numbers: reading?.scan ?? reading?.fn,
    items: (reading?.items.length ?? 0) > 0 && lines.length > 0,
  }
  return Object.fromEntries(
    CHECKED_FIELDS.flatMap((field) => (isThere[field] ? [[field, true]] : [])),
  )
}
