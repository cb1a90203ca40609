import { parseRuQr } from '#fiscal/ru'
import type { RuScan } from '#schema/receipt'
import { type ReadCode, readCodes } from './codes/read-codes.ts'
import { codeReader } from './engine/code-reader.ts'
import { decodePhoto } from './engine/decode.ts'
import { WasmMemory } from './engine/memory.ts'
import type { Language, Platform } from './engine/wasm-modules.ts'
import { type Fields, fieldsOf } from './fields/fields.ts'
import { identityOf, type PrintedIdentity } from './fields/identity.ts'
import type { Box } from './fields/word.ts'
import { inspect, type RefusalCode } from './guards/format.ts'
import type { Gray } from './image/gray.ts'
import { type Point, project } from './image/projection.ts'
import { type Print, readPrint } from './print/read-print.ts'
import { cutSheet, turned } from './print/sheet.ts'

/** Four corners in px of the upright photo: words of a tilted receipt have no upright box. */
export type Corners = readonly Point[]

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
  /** Names of retailers that the network knows. */
  readonly retailers?: readonly string[]
}

export type Reading =
  | { readonly ok: false; readonly code: RefusalCode; readonly figures: Figures }
  | {
      readonly ok: true
      readonly width: number
      readonly height: number
      readonly codes: readonly ReadCode[]
      /** The complete Russian scan among the codes. */
      readonly scan: RuScan | null
      /** Null when the print was not read. */
      readonly fields: Fields | null
      /** Rebuilt of the printed numbers; ask the authority, pay nothing on it alone. */
      readonly printed: PrintedIdentity | null
      readonly words: readonly { text: string; confidence: number; corners: Corners }[]
      /** Corners of a field's box, on the photo. */
      readonly cornersOf: (box: Box) => Corners
      /** Goes to the authority without a person: it, not the picture, then says what is paid. */
      readonly trusted: boolean
      readonly reasons: readonly string[]
      readonly figures: Figures
    }

type Figures = {
  readonly ms: number
  /** Until the codes were known. */
  readonly codeMs: number
  /** The most that wasm memories and pictures held at once, bytes. */
  readonly peakBytes: number
}

/** One reader of codes for an isolate; it reads one photo at a time. */
export type PhotoReader = (bytes: Uint8Array, options: ReadOptions) => Promise<Reading>

/** Builds the reader of photos for a platform: Node or workerd, the same code. */
export function photoReader(platform: Platform): PhotoReader {
  const memory = new WasmMemory()
  const readCode = codeReader(platform.modules, memory)
  return async (bytes, options) => {
    memory.peakBytes = 0
    const start = platform.now()
    let codeMs = 0
    const figures = (): Figures => ({
      ms: platform.now() - start,
      codeMs,
      peakBytes: memory.peakBytes,
    })
    const inspected = inspect(bytes)
    if (!inspected.ok) return { ok: false, code: inspected.code, figures: figures() }
    const photo = await decodePhoto(bytes, inspected.header, platform.modules, memory)
    if (photo === null) return { ok: false, code: 'photo_damaged', figures: figures() }
    const codes = await readCodes(photo, readCode)
    codeMs = platform.now() - start
    const scan = scanOf(codes)
    const isEnough = options.print === 'never' || (scan !== null && options.print === 'when_needed')
    const print = isEnough ? null : await readSheet(photo, platform, memory, options)
    return { ok: true, ...judge(photo, codes, scan, print, options), figures: figures() }
  }
}

/** The one Russian receipt among the codes; two different ones make it nobody's. */
function scanOf(codes: readonly ReadCode[]): RuScan | null {
  const scans = new Map<string, RuScan>()
  for (const { text } of codes) {
    const parsed = parseRuQr(text)
    if (parsed.ok) scans.set(`${parsed.scan.fn}:${parsed.scan.i}:${parsed.scan.fp}`, parsed.scan)
  }
  const [scan = null] = scans.values()
  return scans.size === 1 ? scan : null
}

type Sheeted = { print: Print; fields: Fields; cornersOf: (box: Box) => Corners }

async function readSheet(
  photo: Gray,
  platform: Platform,
  memory: WasmMemory,
  options: ReadOptions,
): Promise<Sheeted> {
  const sheet = cutSheet(photo)
  const print = await readPrint(sheet, platform, memory, options)
  const toPhoto = turned(sheet, print.turn)
  const cornersOf = ({ left, top, right, bottom }: Box) =>
    [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ].map((corner) => project(toPhoto, corner))
  return { print, fields: fieldsOf(print.passes, options), cornersOf }
}

function judge(
  photo: Gray,
  codes: readonly ReadCode[],
  scan: RuScan | null,
  sheeted: Sheeted | null,
  { latest }: ReadOptions,
) {
  const fields = sheeted?.fields ?? null
  const printed = fields === null ? null : identityOf(fields)
  const cornersOf = sheeted?.cornersOf ?? (() => [])
  const best = sheeted?.print.passes[0]?.lines ?? []
  const words = best.flatMap((line) =>
    line.words.map(({ text, confidence, box }) => ({ text, confidence, corners: cornersOf(box) })),
  )
  const isSale = scan !== null && scan.kind === 1
  const isLater = scan !== null && scan.time.slice(0, 10) > latest
  const reasons = [
    scan !== null ? 'fiscal_code_read' : codes.length > 0 ? 'code_not_fiscal' : 'no_code',
    ...(scan !== null && !isSale ? ['not_a_sale'] : []),
    ...(isLater ? ['date_in_future'] : []),
    ...(scan === null && printed !== null ? printed.reasons : []),
  ]
  const trusted = (isSale && !isLater) || (scan === null && printed?.isProved === true)
  const { width, height } = photo
  return { width, height, codes, scan, fields, printed, words, cornersOf, trusted, reasons }
}
