'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { FormProvider, type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { type Offer, OfferDraft } from '#schema/offer'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { ApiProblem } from '../../problem.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/states.tsx'
import { PublishDialog } from '../offers/publish-dialog.tsx'
import { usePartner } from '../partner-context.tsx'
import { DraftProblems } from './clause.tsx'
import {
  BudgetClause,
  CapsClause,
  MinimumClause,
  PayoutClause,
  WhenClause,
} from './clauses-how.tsx'
import { LegalClause, NamesClause } from './clauses-law.tsx'
import { RewardClause, TargetClause, WhereClause } from './clauses-what.tsx'
import type { DraftInput } from './draft.ts'
import css from './offer-editor.module.css'
import { PreviewSide } from './preview-side.tsx'
import { type DraftProblem, mergeProblems } from './problems.ts'
import { usePreview } from './use-preview.ts'

interface EditorProps {
  /** Null while the offer is new. */
  offer: Offer | null
  initial: DraftInput
  onSaved: (offer: Offer) => void
}

/** The sentence to complete, and beside it what the shopper will see and what it costs. */
export function OfferEditor({ offer, initial, onSaved }: EditorProps) {
  const t = useTranslations('partner.editor')
  const form = useForm<DraftInput, unknown, OfferDraft>({
    resolver: zodResolver(OfferDraft),
    defaultValues: initial,
  })
  const values = useWatch({ control: form.control }) as DraftInput
  const preview = usePreview(offer?.id ?? null, values)
  const saving = useSaving(form, offer, onSaved)
  const problems = mergeProblems(preview.problems, saving.refused)
  const shown = offer !== null || form.formState.submitCount > 0
  useLeaveWarning(form.formState.isDirty)
  return (
    <FormProvider {...form}>
      <DraftProblems.Provider value={shown ? problems : []}>
        <form onSubmit={saving.save} noValidate className={css.editor}>
          <div className={layout.stack}>
            {offer?.state === 'published' ? <Notice tone="coming">{t('live')}</Notice> : null}
            <Sentence feeBps={offer?.feeBps ?? null} />
            <ProblemNotice problem={saving.problem} />
            <EditorBar offer={offer} dirty={form.formState.isDirty} saving={saving} />
          </div>
          <PreviewSide values={values} state={preview} problems={problems} />
        </form>
      </DraftProblems.Provider>
      {saving.publishing ? (
        <PublishDialog
          offer={saving.publishing}
          onPublish={saving.publish}
          onClose={saving.cancelPublish}
        />
      ) : null}
    </FormProvider>
  )
}

function Sentence({ feeBps }: { feeBps: number | null }) {
  const { partner } = usePartner()
  return (
    <Card flush>
      <RewardClause />
      <TargetClause />
      <WhereClause />
      <MinimumClause />
      <WhenClause />
      <CapsClause />
      <PayoutClause />
      <BudgetClause feeBps={feeBps ?? partner.feeBps} />
      <NamesClause />
      <LegalClause />
    </Card>
  )
}

type Saving = ReturnType<typeof useSaving>

function EditorBar({
  offer,
  dirty,
  saving,
}: {
  offer: Offer | null
  dirty: boolean
  saving: Saving
}) {
  const t = useTranslations('partner')
  return (
    <div className={css.bar}>
      <Button
        type="submit"
        look={offer === null ? 'primary' : 'secondary'}
        busy={saving.busy}
        disabled={offer !== null && !dirty}
      >
        {t('editor.save')}
      </Button>
      <Button look={offer === null ? 'secondary' : 'primary'} onClick={saving.askPublish}>
        {t('offers.publish')}
      </Button>
    </div>
  )
}

/**
 * Saving and publishing: publishing saves first, so that what is published is what is on the
 * screen.
 */
function useSaving(
  form: UseFormReturn<DraftInput, unknown, OfferDraft>,
  offer: Offer | null,
  onSaved: (offer: Offer) => void,
) {
  const t = useTranslations('partner.editor')
  const { path } = usePartner()
  const router = useRouter()
  const action = useAction({ quiet: true })
  const [publishing, setPublishing] = useState<Offer | null>(null)
  const [refused, setRefused] = useState<readonly DraftProblem[]>([])

  async function store(draft: OfferDraft): Promise<Offer> {
    const saved = offer
      ? await api.put<Offer>(path(`/offers/${offer.id}`), draft)
      : await api.post<Offer>(path('/offers'), draft)
    form.reset(draft as DraftInput, { keepValues: true })
    onSaved(saved)
    return saved
  }

  async function keep(draft: OfferDraft, then: (saved: Offer) => void, done?: string) {
    setRefused([])
    await action.run(async () => {
      try {
        then(await store(draft))
      } catch (error) {
        setRefused(problemsOf(error))
        throw error
      }
    }, done)
  }

  const toEditor = (saved: Offer) => {
    if (!offer) router.replace(`/partner/offers/edit?id=${saved.id}`)
  }

  return {
    ...action,
    refused,
    publishing,
    save: form.handleSubmit((draft) => keep(draft, toEditor, t('saved'))),
    askPublish: form.handleSubmit((draft) => keep(draft, setPublishing)),
    cancelPublish: () => {
      if (publishing) toEditor(publishing)
      setPublishing(null)
    },
    publish: async () => {
      if (!publishing) return
      try {
        await api.post<Offer>(path(`/offers/${publishing.id}/publish`), {})
      } catch (error) {
        setRefused(problemsOf(error))
        throw error
      }
      router.push(`/partner/offers/offer?id=${publishing.id}`)
    },
  }
}

/** What the server refused, field by field: the message of a field is its code. */
function problemsOf(error: unknown): DraftProblem[] {
  if (!(error instanceof ApiProblem)) return []
  return error.errors.map(({ path, message }) => ({ path, code: message }))
}

/** The browser asks before a page with unsaved words is closed. */
function useLeaveWarning(dirty: boolean) {
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [dirty])
}
