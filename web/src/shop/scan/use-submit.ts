import { useRouter } from 'next/router'
import { useCallback, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { RuRecognised } from '#fiscal/ru'
import type { MarketCode } from '#schema/market'
import type { Photo } from '#schema/photo'
import type { Receipt, RuScan } from '#schema/receipt'
import { api } from '../../api.ts'
import { countryName, HOME, useMarket } from '../../market.ts'
import { ApiProblem, isOffline } from '../../problem.ts'
import { useToast } from '../../ui/toast.tsx'
import { useRefresh } from '../../use-api.ts'
import { enterMarket } from '../enter-market.ts'
import type { SeenCodes } from './among.ts'
import { askBackgroundSync } from './device-store.ts'
import { isRefusedCode, recognisedOn } from './photo-fields.ts'
import { enqueue } from './queue.ts'
import { type Reading, readCode, readFields, type SeenCode, type SumUnit } from './read-code.ts'

/** What the scanner is at; everything but `aiming` stands over the picture. */
export type ScanStep =
  | { at: 'aiming' }
  | { at: 'sending'; seen: SeenCode }
  | { at: 'queued'; seen: SeenCode }
  | { at: 'product'; gtin: string; shots: readonly Blob[] }
  | { at: 'several' }
  | { at: 'same'; receiptId: string | null }
  | { at: 'refused'; problem: ApiProblem }
  | { at: 'not_fiscal'; text: string; country: MarketCode | null; shots: readonly Blob[] }
  | { at: 'ambiguous'; text: string; roublesMinor: number; kopecksMinor: number }
  | { at: 'photo'; shots: readonly Blob[] }
  /** Taking one more shot, after those. */
  | { at: 'capture'; shots: readonly Blob[] }
  | { at: 'typing'; recognised: RuRecognised; photo?: Photo }
  | { at: 'reviewing'; photo: Photo }
  | { at: 'in_review'; photo: Photo }
  | { at: 'pasting' }

const BUZZ_MS = 60

/** From the text of a code, or typed fields, to a submitted or kept receipt. */
export function useSubmit() {
  const [step, setStep] = useState<ScanStep>({ at: 'aiming' })
  const router = useRouter()
  const here = useMarket()
  const open = useOpenReceipt()
  /** Whether there is a receipt now that may come to something, here or in the queue. */
  const take = useCallback(
    async (reading: Reading, shots: readonly Blob[] = []): Promise<boolean> => {
      const next = stepOf(reading, shots)
      if (next) setStep(next)
      if (reading.kind !== 'receipt') return false
      setStep({ at: 'sending', seen: reading.seen })
      const outcome = await submit(reading)
      if (outcome.step) setStep(outcome.step)
      else await open(outcome.receiptId, outcome.market)
      return outcome.isTaken
    },
    [open],
  )

  const takeText = useCallback(
    async (text: string, sumUnit?: SumUnit) => {
      await take(await readCode(text, new Date().toISOString(), sumUnit))
    },
    [take],
  )
  /** What was seen on `shots`, or by the camera. */
  const takeCodes = useCallback(
    async (seen: SeenCodes, shots: readonly Blob[] = []) => {
      navigator.vibrate?.(BUZZ_MS)
      if (seen.kind === 'several') return setStep({ at: 'several' })
      await take(await readCode(seen.text, new Date().toISOString()), shots)
    },
    [take],
  )
  const takeFields = useCallback(
    async (fields: RuScan, photoId?: string) => {
      const isTaken = await take(await readFields(fields, new Date().toISOString(), photoId))
      // A typing error must not cost the picture: it waits for better numbers, or for a person.
      if (photoId === undefined || !isTaken) return
      const { photoSettled } = await import('./kept-photos.ts')
      await photoSettled(photoId)
    },
    [take],
  )
  const takePhoto = useCallback(
    async (photo: Photo) => {
      if (photo.receiptId === null) {
        const next = stepBeside(photo)
        if (next) setStep(next)
        else await router.push('/receipts')
        return
      }
      const { photoSettled } = await import('./kept-photos.ts')
      await photoSettled(photo.id)
      shown.add(photo.receiptId)
      await open(photo.receiptId, photo.country ?? here.code)
    },
    [open, router, here.code],
  )
  return { step, setStep, takeText, takeCodes, takeFields, takePhoto }
}

/** What a photo asks of its owner; null when its verdict stands among the receipts. */
function stepBeside(photo: Photo): ScanStep | null {
  switch (photo.state) {
    case 'in_review':
      return { at: 'in_review', photo }
    case 'declined':
      return null
    default:
      // Elsewhere no printed numbers say what the authority knows: a person reads the paper.
      return photo.market === HOME.code || isRefusedCode(photo)
        ? { at: 'typing', recognised: recognisedOn(photo), photo }
        : { at: 'reviewing', photo }
  }
}

/** Shows a receipt, in the market whose it is. */
function useOpenReceipt() {
  const router = useRouter()
  const refresh = useRefresh()
  const here = useMarket()
  const say = useToast()
  const locale = useLocale()
  const t = useTranslations('shop.scan')
  return useCallback(
    async (receiptId: string, market: MarketCode) => {
      await refresh('/receipts')
      if (market !== here.code && (await enterMarket(market))) {
        say(t('switched', { country: countryName(market, locale) }))
      }
      await router.push(`/receipt?id=${receiptId}`)
    },
    [router, refresh, here.code, say, t, locale],
  )
}

function stepOf(reading: Reading, shots: readonly Blob[]): ScanStep | null {
  switch (reading.kind) {
    case 'receipt':
      return null
    case 'ambiguous':
      return {
        at: 'ambiguous',
        text: reading.text,
        roublesMinor: reading.roublesMinor,
        kopecksMinor: reading.kopecksMinor,
      }
    case 'incomplete':
      return { at: 'typing', recognised: reading.recognised }
    case 'product':
      return { at: 'product', gtin: reading.gtin, shots }
    case 'refused':
      return { at: 'not_fiscal', text: reading.text, country: reading.country, shots }
  }
}

/** `isTaken`: it was neither refused nor rejected at once, or waits to be sent. */
type Outcome = { isTaken: boolean } & (
  | { step: ScanStep; receiptId?: never }
  | { step?: never; receiptId: string; market: MarketCode }
)

/**
 * Receipts that this page has shown since it was loaded: a camera that still looks at one of them
 * says so and does not open it by itself again.
 */
const shown = new Set<string>()

/**
 * Sends at once when it can; without a connection or a session the scan is kept and sent later.
 * Every scan is sent, also of a receipt that was sent before: only the server knows whether it may
 * be tried again, and answers with the first one when not.
 */
async function submit(reading: Extract<Reading, { kind: 'receipt' }>): Promise<Outcome> {
  try {
    if (!navigator.onLine) throw new ApiProblem({ code: 'offline', status: 0 })
    const receipt = await api.post<Receipt>('/receipts', reading.submission)
    const isTaken = receipt.state !== 'rejected'
    if (shown.has(receipt.id)) return { isTaken, step: { at: 'same', receiptId: receipt.id } }
    shown.add(receipt.id)
    return { isTaken, receiptId: receipt.id, market: receipt.market }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (!mayWait(error)) return { isTaken: false, step: { at: 'refused', problem: error } }
    const { identity, submission, totalMinor } = reading
    const scannedAt = submission.scannedAt ?? ''
    const isNew = await enqueue({ identity, submission, totalMinor, scannedAt })
    await askBackgroundSync()
    if (!isNew) return { isTaken: true, step: { at: 'same', receiptId: null } }
    const isQuiet = isOffline(error) || error.status >= 500
    const step: ScanStep = isQuiet
      ? { at: 'queued', seen: reading.seen }
      : { at: 'refused', problem: error }
    return { isTaken: true, step }
  }
}

function mayWait(problem: ApiProblem): boolean {
  return problem.status === 0 || problem.status >= 500 || [401, 403, 429].includes(problem.status)
}
