import { type CodesRead, receiptAmong } from '#fiscal/receipt-among'
import { parseRuQr } from '#fiscal/ru'
import type { PictureHash } from '#schema/picture-hash'
import type { RuScan } from '#schema/receipt'
import { type ReadCode, readCodes } from './codes/read-codes.ts'
import { codeReader } from './engine/code-reader.ts'
import { decodePhoto } from './engine/decode.ts'
import { WasmMemory } from './engine/memory.ts'
import type { Language, Platform } from './engine/wasm-modules.ts'
import type { DayOrder } from './fields/dates.ts'
import { type Fields, fieldsOf } from './fields/fields.ts'
import { identityOf, type PrintedIdentity } from './fields/identity.ts'
import type { Box, Pass } from './fields/word.ts'
import { editorOf } from './guards/editor.ts'
import { inspect, type RefusalCode } from './guards/format.ts'
import type { Gray } from './image/gray.ts'
import {
  compose,
  IDENTITY,
  type Point,
  type Projection,
  project,
  scaling,
  warp,
} from './image/projection.ts'
import { readPrint } from './print/read-print.ts'
import { cutSheet, turned } from './print/sheet.ts'
import { pictureHash } from './risk/hash.ts'
import { payingBoxes } from './risk/paying.ts'
import { type Measured, measureRisk, type Risk, risksOf } from './risk/risk.ts'
import { joinShots, type ShotPrint } from './stitch/join.ts'

/** Four corners in px of an upright shot: words of a tilted receipt have no upright box. */
type Corners = readonly Point[]

/** Where something stands: on which shot, counted from 0. */
export type Place = { readonly corners: Corners; readonly shot: number }

type ReadOptions = {
  /** No receipt is of a later day, `YYYY-MM-DD`: today in the easternmost market. */
  readonly latest: string
  /**
   * The print: `when_needed` leaves it when a fiscal code says all, `always` reads it as well,
   * `never` looks for codes alone.
   */
  readonly print: 'when_needed' | 'always' | 'never'
  /** Languages of the market's receipts; none leaves them to the script and words of the print. */
  readonly languages?: readonly Language[]
  /** How the market writes its dates; without it the paper tells. */
  readonly dayOrder?: DayOrder
  /** Names of retailers that the network knows. */
  readonly retailers?: readonly string[]
}

export type Reading =
  | { readonly ok: false; readonly code: RefusalCode; readonly figures: Figures }
  | {
      readonly ok: true
      /** Sizes of the upright shots, px, in the order they were given. */
      readonly shots: readonly Size[]
      /** Of all shots; the receipt's first, however many adverts stand around it. */
      readonly codes: readonly (ReadCode & { readonly shot: number })[]
      /** What a reviewer should look at twice. */
      readonly risk: readonly (Risk & { readonly shot: number })[]
      /** What each shot is known by when it comes again. */
      readonly hashes: readonly PictureHash[]
      /** The complete Russian scan among the codes. */
      readonly scan: RuScan | null
      /** Null when the print was not read. */
      readonly fields: Fields | null
      /** Rebuilt of the printed numbers; ask the authority, pay nothing on it alone. */
      readonly printed: PrintedIdentity | null
      readonly words: readonly (Place & { text: string; confidence: number })[]
      /** Where a field's box is. */
      readonly placeOf: (box: Box) => Place
      /** Goes to the authority without a person: it, not the picture, then says what is paid. */
      readonly trusted: boolean
      readonly reasons: readonly string[]
      readonly figures: Figures
    }

type Figures = {
  readonly ms: number
  /** Until the codes were known. */
  readonly codeMs: number
  /** The most that was held at once, bytes: the heap, or else wasm memories and pictures. */
  readonly peakBytes: number
}

type Size = { readonly width: number; readonly height: number }

/** Reads the shots of one receipt, in the order they were taken; an isolate reads one at a time. */
export type PhotoReader = (shots: readonly Uint8Array[], options: ReadOptions) => Promise<Reading>

/** Builds the reader of photos for a platform: Node or workerd, the same code. */
export function photoReader(platform: Platform): PhotoReader {
  const memory = new WasmMemory(platform.heapBytes)
  const codeRead = codeReader(platform.modules, memory)
  return async (shots, options) => {
    memory.startAnew()
    const start = platform.now()
    let codeMs = 0
    const figures = (): Figures => ({
      ms: platform.now() - start,
      codeMs,
      peakBytes: memory.peakBytes,
    })
    const open = (bytes: Uint8Array) => openPhoto(bytes, platform, memory)
    // A frame that waits keeps all it has named: the photo is named where nothing waits for long.
    const lookAt = async (bytes: Uint8Array): Promise<Looked | Refused> => {
      const photo = await open(bytes)
      if ('code' in photo) return photo
      const codes = await readCodes(photo, codeRead.read).finally(codeRead.giveUp)
      const { width, height } = photo
      // Where the code says all, nothing is taken from the print: its edits change nothing.
      const isSaid = isEnough(codedIn([{ codes }]), options)
      const suspect = isSaid ? null : { measured: measureRisk(photo), editor: editorOf(bytes) }
      const look = { width, height, codes, suspect, hash: pictureHash(photo) }
      return { look, view: forPrint(photo) }
    }
    const viewOf = async (bytes: Uint8Array): Promise<PrintView | Refused> => {
      const photo = await open(bytes)
      return 'code' in photo ? photo : forPrint(photo)
    }
    const looks: Look[] = []
    // The only shot stays open for its print; of several, one at a time is in memory.
    let last: PrintView | null = null
    for (const bytes of shots) {
      last = null
      const looked = await lookAt(bytes)
      if ('code' in looked) return { ok: false, code: looked.code, figures: figures() }
      looks.push(looked.look)
      last = looked.view
    }
    codeMs = platform.now() - start
    const coded = codedIn(looks)
    if (isEnough(coded, options))
      return { ok: true, ...judge(looks, coded, null, options), figures: figures() }
    if (shots.length > 1) last = null
    const sheets: SheetPrint[] = []
    for (const bytes of shots) {
      const view: PrintView | Refused = last ?? (await viewOf(bytes))
      if ('code' in view) return { ok: false, code: view.code, figures: figures() }
      sheets.push(await readSheet(view, platform, memory, options))
      last = null
    }
    const sheeted = fieldsOfSheets(sheets, options)
    return { ok: true, ...judge(looks, coded, sheeted, options), figures: figures() }
  }
}

/** What is kept of a shot once its codes were looked for. */
type Look = Size & {
  readonly codes: readonly ReadCode[]
  /** Judged when the places of the fields are known; null where the print is not read. */
  readonly suspect: { readonly measured: Measured; readonly editor: string | null } | null
  readonly hash: PictureHash
}

type Looked = { readonly look: Look; readonly view: PrintView }
type Refused = { readonly code: RefusalCode }

async function openPhoto(
  bytes: Uint8Array,
  platform: Platform,
  memory: WasmMemory,
): Promise<Gray | Refused> {
  const inspected = inspect(bytes)
  if (!inspected.ok) return { code: inspected.code }
  const photo = await decodePhoto(bytes, inspected.header, platform.modules, memory)
  return photo ?? { code: 'photo_damaged' }
}

/** What the codes of all shots say. */
type Coded = {
  readonly read: CodesRead
  /** The complete Russian scan among them. */
  readonly scan: RuScan | null
  /** One receipt, and nothing of its identity is left to the print. */
  readonly isWhole: boolean
}

/** The one receipt among the codes; two different ones make it nobody's. */
function codedIn(looks: readonly Pick<Look, 'codes'>[]): Coded {
  const read = receiptAmong(looks.flatMap(({ codes }) => codes.map(({ text }) => text)))
  if (read.kind !== 'receipt') return { read, scan: null, isWhole: false }
  if (read.code.country !== 'ru') return { read, scan: null, isWhole: true }
  const parsed = parseRuQr(read.text)
  return { read, scan: parsed.ok ? parsed.scan : null, isWhole: parsed.ok }
}

/** Whether the print need not be read. */
const isEnough = ({ isWhole, read }: Coded, { print }: ReadOptions): boolean =>
  print === 'never' || (isWhole && print === 'when_needed' && !isNumberedTwice(read))

/** Croatia's codes have one of its two numbers, and the print may show both. */
const isNumberedTwice = (read: CodesRead) => read.kind === 'receipt' && read.code.country === 'hr'

/** Codes of all shots, the receipt's before what stands beside it. */
function codesOf(looks: readonly Look[], { read }: Coded) {
  const codes = looks.flatMap((look, shot) => look.codes.map((code) => ({ ...code, shot })))
  const isReceipt = ({ text }: ReadCode) => 'text' in read && text === read.text
  return [...codes.filter(isReceipt), ...codes.filter((code) => !isReceipt(code))]
}

const CODE_REASONS = {
  receipt: 'fiscal_code_read',
  several: 'several_receipts',
  damaged: 'code_damaged',
  none: 'code_not_fiscal',
} as const satisfies Record<CodesRead['kind'], string>

/** The readings of a shot's sheet and the way back to the shot; the picture itself is let go. */
type SheetPrint = ShotPrint & { readonly toPhoto: Projection }

async function readSheet(
  { gray, toPhoto }: PrintView,
  platform: Platform,
  memory: WasmMemory,
  options: ReadOptions,
): Promise<SheetPrint> {
  const sheet = cutSheet(gray)
  // Names of retailers settle nothing while the print is read.
  const { retailers: _, ...wanted } = options
  const { passes, turn } = await readPrint(sheet, platform, memory, wanted)
  const { height, capitals } = sheet
  return { passes, height, capitals, toPhoto: compose(toPhoto, turned(sheet, turn)) }
}

/** Print is read with capitals of 24–36 px; several pictures of this size stand in memory. */
const PRINT_PIXELS_MAX = 9_500_000

/** A shot as its print is read, and the way back to the shot. */
type PrintView = { readonly gray: Gray; readonly toPhoto: Projection }

function forPrint(photo: Gray): PrintView {
  const factor = Math.sqrt(photo.data.length / PRINT_PIXELS_MAX)
  if (factor <= 1) return { gray: photo, toPhoto: IDENTITY }
  const toPhoto = scaling(factor)
  const [width, height] = [Math.floor(photo.width / factor), Math.floor(photo.height / factor)]
  return { gray: warp(photo, toPhoto, width, height), toPhoto }
}

type Sheeted = {
  readonly passes: readonly Pass[]
  readonly fields: Fields
  readonly placeOf: (box: Box) => Place
  readonly reasons: readonly string[]
}

function fieldsOfSheets(sheets: readonly SheetPrint[], options: ReadOptions): Sheeted {
  const { passes, placeOf, reasons } = joinShots(sheets)
  return {
    passes,
    fields: fieldsOf(passes, options),
    reasons,
    placeOf(onReceipt) {
      const { shot, box } = placeOf(onReceipt)
      const toPhoto = sheets[shot]?.toPhoto ?? IDENTITY
      return { shot, corners: cornersOf(box).map((corner) => project(toPhoto, corner)) }
    },
  }
}

const cornersOf = ({ left, top, right, bottom }: Box): Point[] => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
]

function judge(
  looks: readonly Look[],
  coded: Coded,
  sheeted: Sheeted | null,
  { latest }: ReadOptions,
) {
  const { read, scan } = coded
  const codes = codesOf(looks, coded)
  const fields = sheeted?.fields ?? null
  const printed = fields === null ? null : identityOf(fields)
  const placeOf = sheeted?.placeOf ?? (() => ({ corners: [], shot: 0 }))
  const best = sheeted?.passes[0]?.lines ?? []
  const words = best.flatMap((line) =>
    line.words.map(({ text, confidence, box }) => ({ text, confidence, ...placeOf(box) })),
  )
  const isSale = scan !== null && scan.kind === 1
  const isLater = scan !== null && scan.time.slice(0, 10) > latest
  const reasons = [
    codes.length === 0 ? 'no_code' : CODE_REASONS[read.kind],
    ...(scan !== null && !isSale ? ['not_a_sale'] : []),
    ...(isLater ? ['date_in_future'] : []),
    ...(coded.isWhole || printed === null ? [] : printed.reasons),
    ...(sheeted?.reasons ?? []),
  ]
  const isPrinted = scan === null && read.kind !== 'several' && printed?.isProved === true
  // Whether another country's printed numbers are asked about, its market says, as of a scan.
  const isRussian = isPrinted && printed.scan !== null
  const trusted = (isSale && !isLater) || isRussian
  const shots = looks.map(({ width, height }) => ({ width, height }))
  const paying = fields === null ? [] : payingBoxes(fields).map(placeOf)
  const risk = looks.flatMap(({ suspect }, shot) => {
    if (suspect === null) return []
    const places = paying.filter((place) => place.shot === shot).map(({ corners }) => corners)
    return risksOf(suspect.measured, places, suspect.editor).map((one) => ({ ...one, shot }))
  })
  const hashes = looks.map(({ hash }) => hash)
  return { shots, risk, hashes, codes, scan, fields, printed, words, placeOf, trusted, reasons }
}
