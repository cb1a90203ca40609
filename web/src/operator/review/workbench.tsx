'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { fieldsToCheck, unmarkedOf } from '#schema/checked-reading'
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
import { MarketScope } from '../../desk/market-scope.tsx'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ApiProblem } from '../../problem.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice, Skeleton } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useTapping } from '../../ui/use-tapping.ts'
import { CaseNotices } from './case-notices.tsx'
import { Checks } from './checks.tsx'
import { DeclinePanel } from './decline-panel.tsx'
import { DocumentForm } from './document-form.tsx'
import { type Draft, documentOf, draftOf, wrongIn } from './draft.ts'
import { PhotoPane } from './photo-pane.tsx'
import { Due } from './queue.tsx'
import { ReadingFacts } from './reading-facts.tsx'
import css from './review.module.css'
import { useReviewKeys } from './review-keys.ts'
import { SpotCheckPanel } from './spot-check-panel.tsx'
import { toggled } from './toggled.ts'

interface WorkbenchProps {
  id: string
  onMove: (by: number) => void
  onDecided: (id: string) => void
}

/** One case: claimed when it is opened, so that nobody else decides it meanwhile. */
export function Workbench({ id, onMove, onDecided }: WorkbenchProps) {
  const [review, setReview] = useState<ReviewCase | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const leave = useLeaving(() => onDecided(id))
  const claim = useCallback(
    async (gone?: AbortSignal) => {
      const path = `/operator/reviews/${id}`
      const show = (one: ReviewCase) => {
        if (gone?.aborted) return
        if (one.state === 'open') setReview(one)
        else leave.current()
      }
      await api.post<ReviewCase>(`${path}/claim`).then(show, async (refusal: unknown) => {
        if (!gone?.aborted) setProblem(refusal)
        await api.get<ReviewCase>(path).then(show, () => undefined)
      })
    },
    [id, leave],
  )
  useEffect(() => {
    const gone = new AbortController()
    // Strolling past a case with the arrows takes it from nobody.
    const timer = setTimeout(() => void claim(gone.signal), CLAIM_AFTER_MS)
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [claim])
  return (
    <div className={css.bench}>
      <ProblemNotice problem={problem} />
      {review ? (
        <MarketScope code={review.market}>
          <Bench
            review={review}
            onMove={onMove}
            onDecided={() => onDecided(id)}
            onStale={() => void claim()}
          />
        </MarketScope>
      ) : (
        <Loading onMove={onMove} />
      )}
    </div>
  )
}

/** The case was decided at another screen: nothing is left to do here, and the next one opens. */
function useLeaving(onLeave: () => void) {
  const t = useTranslations('operator.review')
  const say = useToast()
  const leave = useRef<() => void>(nothing)
  leave.current = () => {
    say(t('decidedElsewhere'))
    onLeave()
  }
  return leave
}

const CLAIM_AFTER_MS = 150
const nothing = () => undefined

function Loading({ onMove }: { onMove: (by: number) => void }) {
  const keys = { a: nothing, d: nothing, e: nothing, x: nothing, z: nothing }
  useReviewKeys({
    ...keys,
    digit: nothing,
    escape: nothing,
    j: () => onMove(1),
    k: () => onMove(-1),
  })
  return <Skeleton height={520} />
}

interface BenchProps {
  review: ReviewCase
  onMove: (by: number) => void
  onDecided: () => void
  /** The case has changed meanwhile: it is fetched anew, and what was typed here stays. */
  onStale: () => void
}

function Bench({ review, onMove, onDecided, onStale }: BenchProps) {
  const desk = useCase(review, onDecided, onStale)
  const tapping = useTapping()
  const [isLarge, setIsLarge] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const t = useTranslations('operator.review')
  const { draft, marks, declining, apart } = desk
  const isCheck = review.kind === 'spot_check'
  useReviewKeys({
    j: () => onMove(1),
    k: () => onMove(-1),
    a: desk.approve,
    d: () => desk.setDeclining(isCheck ? null : 'choose'),
    e: () => first.current?.focus(),
    x: () => desk.setApart(!apart),
    z: () => setIsLarge(!isLarge),
    digit: (digit) => {
      const field = CHECKED_FIELDS[digit - 1]
      const isRead = fieldsToCheck(review.checked).some((one) => one === field)
      if (isCheck && field && isRead) desk.setMarks(toggled(marks, field))
      else if (declining) desk.setDeclining(DECLINE_REASONS[digit - 1] ?? declining)
    },
    escape: () => desk.setDeclining(null),
  })
  return (
    <>
      <PhotoPane
        review={review}
        isLarge={isLarge}
        onLarge={() => setIsLarge(!isLarge)}
        active={tapping.active}
        onPick={tapping.pick}
      />
      <div ref={tapping.forms} className={layout.stack}>
        <div className={layout.spread}>
          <Due at={review.dueAt} />
          <span className={layout.small}>{review.shopperMasked}</span>
        </div>
        <CaseNotices review={review} apart={apart} onApart={desk.setApart} />
        {isCheck ? (
          <SpotCheckPanel
            checked={review.checked}
            marks={marks}
            isTried={desk.tried}
            onMarks={desk.setMarks}
          />
        ) : (
          <>
            <DocumentForm
              review={review}
              draft={draft}
              onChange={desk.setDraft}
              wrong={desk.wrong}
              first={first}
            />
            <Checks review={review} draft={draft} />
          </>
        )}
        {desk.isStale ? <Notice tone="coming">{t('changed')}</Notice> : null}
        {desk.problem ? <ProblemNotice problem={desk.problem} /> : null}
        <Decision kind={review.kind} desk={desk} />
        <ReadingFacts review={review} />
      </div>
    </>
  )
}

type Desk = ReturnType<typeof useCase>

/** What the reviewer has on the screen of one case, and the decisions about it. */
function useCase(review: ReviewCase, onDecided: () => void, onStale: () => void) {
  const t = useTranslations('operator.review')
  const say = useToast()
  const action = useAction({ quiet: true })
  const format = useFormat()
  const [draft, setDraft] = useState<Draft>(() => draftOf(review, format))
  const [isStale, setIsStale] = useState(false)
  const [tried, setTried] = useState(false)
  const [declining, setDeclining] = useState<DeclineReason | 'choose' | null>(null)
  const [apart, setApart] = useState(false)
  const [marks, setMarks] = useState<ReviewMarks>({})
  const { version, kind, market } = review

  async function decide(decision: ReviewDecision) {
    const path = `/operator/reviews/${review.id}/decide`
    await action.run(async () => {
      setIsStale(false)
      const outcome = await api.post<ReviewOutcome>(path, decision).catch((problem: unknown) => {
        if (!isChange(problem)) throw problem
        setIsStale(true)
        onStale()
      })
      if (!outcome) return
      const { result } = outcome
      say(t(result === 'second_needed' ? 'secondNeeded' : `done.${decision.outcome}`))
      onDecided()
    })
  }
  function approve() {
    setTried(true)
    if (kind === 'spot_check') {
      if (unmarkedOf(review.checked, marks).length > 0) return
      return void decide({ outcome: 'check', version, marks })
    }
    const isPhoto = kind === 'photo'
    if (isPhoto && wrongIn(draft, market, format).length > 0) return
    const document = isPhoto ? documentOf(draft, market, format) : null
    const distinctFrom = apart ? review.collisions.map(({ receiptId }) => receiptId) : []
    void decide({ outcome: 'approve', version, document, distinctFrom })
  }
  return {
    draft,
    setDraft,
    tried,
    wrong: tried ? wrongIn(draft, market, format) : [],
    isStale,
    declining,
    setDeclining,
    apart,
    setApart,
    marks,
    setMarks,
    approve,
    decline: (reason: DeclineReason, note: string) =>
      void decide({ outcome: 'decline', version, reason, note }),
    busy: action.busy,
    problem: action.problem,
  }
}

const isChange = (problem: unknown) =>
  problem instanceof ApiProblem && problem.code === 'review_stale'

const APPROVE = { photo: 'approve', collision: 'apartIs', spot_check: 'check' } as const

/** The two ways out of a case; declining asks why. */
function Decision({ kind, desk }: { kind: ReviewCase['kind']; desk: Desk }) {
  const t = useTranslations('operator.review')
  const { declining, busy } = desk
  if (declining) {
    return (
      <DeclinePanel
        chosen={declining}
        busy={busy}
        onChoose={desk.setDeclining}
        onDecline={desk.decline}
        onClose={() => desk.setDeclining(null)}
      />
    )
  }
  return (
    <Card className={layout.row}>
      <Button look="primary" busy={busy} onClick={desk.approve}>
        {t(APPROVE[kind])} (A)
      </Button>
      {kind === 'spot_check' ? null : (
        <Button look="danger" onClick={() => desk.setDeclining('choose')}>
          {t(kind === 'collision' ? 'same' : 'decline')} (D)
        </Button>
      )}
    </Card>
  )
}
