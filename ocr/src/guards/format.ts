/**
 * What a file is, read from its first bytes and headers before anything decodes it. A photo is
 * refused here or never: decoders only see JPEG, PNG and WebP of known size.
 */

/** One photo, bytes. Phones give 2–8 MB at 12 megapixels. */
export const PHOTO_BYTES_MAX = 15 * 1024 * 1024
/** Pixels: RGBA of 16 megapixels is 64 MB, what an isolate of 128 MB holds beside the readers. */
const PHOTO_PIXELS_MAX = 16_000_000
/**
 * JPEG of several scans, progressive or a component at a time, is decoded with all its coefficients
 * in memory, three more bytes a pixel.
 */
const SCANS_PIXELS_MAX = 9_000_000
/** A side shorter than this holds no code: the smallest QR has 21 modules and a margin. */
const PHOTO_SIDE_MIN = 16
/** A long receipt stitched of several shots is at most this high. */
const PHOTO_SIDE_MAX = 12_000

export type PhotoFormat = 'jpeg' | 'png' | 'webp'

export type RefusalCode =
  | 'photo_empty'
  | 'photo_too_large'
  | 'photo_too_many_pixels'
  | 'photo_too_small'
  | 'photo_heic'
  | 'photo_svg'
  | 'photo_pdf'
  | 'photo_animated'
  | 'photo_polyglot'
  | 'photo_format_unknown'
  | 'photo_damaged'

export type PhotoHeader = {
  readonly format: PhotoFormat
  readonly width: number
  readonly height: number
  /** EXIF orientation, 1–8; 1 when absent. */
  readonly orientation: number
}

export type Inspection =
  | { readonly ok: true; readonly header: PhotoHeader }
  | { readonly ok: false; readonly code: RefusalCode }

const refused = (code: RefusalCode): Inspection => ({ ok: false, code })

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))

/** Foreign brands of ISO media files: HEIC and AVIF of phones. */
const HEIF_BRANDS = /^(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif|avis)$/

/** Decides by magic bytes and declared size alone. Never throws, whatever the bytes. */
export function inspect(bytes: Uint8Array): Inspection {
  if (bytes.length === 0) return refused('photo_empty')
  if (bytes.length > PHOTO_BYTES_MAX) return refused('photo_too_large')
  const head = text(bytes, 0, Math.min(1024, bytes.length))
  if (head.startsWith('\xff\xd8\xff')) return bounded(bytes, readJpeg(bytes))
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return bounded(bytes, readPng(bytes))
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') {
    return bounded(bytes, readWebp(bytes))
  }
  if (head.slice(4, 8) === 'ftyp' && HEIF_BRANDS.test(head.slice(8, 12))) {
    return refused('photo_heic')
  }
  if (head.startsWith('GIF8')) return refused('photo_animated')
  if (head.includes('%PDF-')) return refused('photo_pdf')
  if (/^\s*(<\?xml|<!--|<!doctype svg|<svg)/i.test(head.replace(/^\xef\xbb\xbf/, ''))) {
    return refused('photo_svg')
  }
  return refused('photo_format_unknown')
}

/** What a header reader found: the header and where the picture's data ends. */
type Found = { header: PhotoHeader; end: number; hasScans?: boolean } | RefusalCode

/** Trailing bytes a phone may add (padding, a motion clip is not padding). */
const TRAILING_BYTES_MAX = 64 * 1024
/** How another file hidden behind the picture begins. */
const HIDDEN = [
  'PK\x03\x04',
  '%PDF-',
  '<script',
  '<svg',
  '<html',
  '<?php',
  'Rar!',
  '7z\xbc\xaf',
  '\x7fELF',
  'MZ\x90\x00',
]

function bounded(bytes: Uint8Array, found: Found): Inspection {
  if (typeof found === 'string') return refused(found)
  const { width, height } = found.header
  if (Math.min(width, height) < PHOTO_SIDE_MIN) return refused('photo_too_small')
  const pixelsMax = found.hasScans ? SCANS_PIXELS_MAX : PHOTO_PIXELS_MAX
  if (width * height > pixelsMax || Math.max(width, height) > PHOTO_SIDE_MAX) {
    return refused('photo_too_many_pixels')
  }
  const trailing = bytes.subarray(Math.min(found.end, bytes.length))
  if (trailing.length > 0 && isHiding(trailing)) return refused('photo_polyglot')
  return { ok: true, header: found.header }
}

function isHiding(trailing: Uint8Array): boolean {
  if (trailing.length > TRAILING_BYTES_MAX) {
    return trailing.some((byte) => byte !== 0 && byte !== 0xff) && !isJpegTail(trailing)
  }
  const words = new TextDecoder('latin1').decode(trailing).toLowerCase()
  return HIDDEN.some((start) => words.includes(start.toLowerCase()))
}

/** Phones append further JPEG pictures (depth, preview); those are never decoded. */
function isJpegTail(trailing: Uint8Array): boolean {
  const start = trailing.findIndex((byte) => byte !== 0)
  return trailing[start] === 0xff && trailing[start + 1] === 0xd8
}

const u16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const u32 = (bytes: Uint8Array, at: number) => u16(bytes, at) * 65_536 + u16(bytes, at + 2)
const u24le = (bytes: Uint8Array, at: number) =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
const u32le = (bytes: Uint8Array, at: number) =>
  u24le(bytes, at) + (bytes[at + 3] ?? 0) * 16_777_216

/** SOF markers of Huffman JPEG, baseline to progressive; arithmetic and lossless ones are not. */
const PROGRESSIVE = 0xc2
const SCAN = 0xda
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2

function readJpeg(bytes: Uint8Array): Found {
  let at = 2
  let orientation = 1
  let hasScans = false
  let components = 0
  let size: { width: number; height: number } | null = null
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return 'photo_damaged'
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = u16(bytes, at + 2)
    if (length < 2) return 'photo_damaged'
    if (marker === 0xe1 && text(bytes, at + 4, at + 10) === 'Exif\0\0') {
      orientation = exifOrientation(bytes.subarray(at + 10, at + 2 + length))
    }
    if (marker === PROGRESSIVE) hasScans = true
    if (isFrame(marker)) {
      size = { height: u16(bytes, at + 5), width: u16(bytes, at + 7) }
      components = bytes[at + 9] ?? 0
    }
    // What the first scan lacks comes in further ones.
    if (marker === SCAN && (bytes[at + 4] ?? 0) < components) hasScans = true
    at += 2 + length
    if (marker === SCAN) break
  }
  if (size === null || size.width === 0 || size.height === 0) return 'photo_damaged'
  const header = { format: 'jpeg' as const, ...size, orientation }
  return { header, hasScans, end: jpegEnd(bytes, at) }
}

/** The first end-of-image marker after the scans began; scans stuff every 0xFF of their data. */
function jpegEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2
  }
  return bytes.length
}

/** Orientation out of a TIFF block; 1 when it is absent or makes no sense. */
function exifOrientation(tiff: Uint8Array): number {
  const order = text(tiff, 0, 2)
  if (order !== 'II' && order !== 'MM') return 1
  const isLittle = order === 'II'
  const short = (at: number) =>
    isLittle ? (tiff[at] ?? 0) | ((tiff[at + 1] ?? 0) << 8) : u16(tiff, at)
  const directory = isLittle ? u32le(tiff, 4) : u32(tiff, 4)
  const entries = Math.min(short(directory), 200)
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * 12
    if (short(entry) !== 0x0112) continue
    const value = short(entry + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

const CHUNKS_MAX = 10_000

function readPng(bytes: Uint8Array): Found {
  if (text(bytes, 12, 16) !== 'IHDR') return 'photo_damaged'
  const header = { width: u32(bytes, 16), height: u32(bytes, 20) }
  let orientation = 1
  let at = 8
  for (let count = 0; at + 12 <= bytes.length && count < CHUNKS_MAX; count += 1) {
    const length = u32(bytes, at)
    const kind = text(bytes, at + 4, at + 8)
    if (kind === 'acTL') return 'photo_animated'
    if (kind === 'eXIf') orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
    if (kind === 'IEND') return { header: { format: 'png', ...header, orientation }, end: at }
  }
  return 'photo_damaged'
}

/** RIFF chunks of a WebP file: VP8, VP8L or VP8X with its flags. */
function readWebp(bytes: Uint8Array): Found {
  const end = 8 + u32le(bytes, 4)
  let orientation = 1
  let size: { width: number; height: number } | null = null
  let at = 12
  for (let count = 0; at + 8 <= Math.min(end, bytes.length) && count < CHUNKS_MAX; count += 1) {
    const kind = text(bytes, at, at + 4)
    const length = u32le(bytes, at + 4)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (kind === 'ANIM' || kind === 'ANMF') return 'photo_animated'
    if (kind === 'EXIF') orientation = exifOrientation(withoutExifMark(body))
    size ??= webpSize(kind, body)
    at += 8 + length + (length % 2)
  }
  if (size === null) return 'photo_damaged'
  return { header: { format: 'webp', ...size, orientation }, end }
}

const withoutExifMark = (body: Uint8Array) =>
  text(body, 0, 4) === 'Exif' ? body.subarray(6) : body

function webpSize(kind: string, body: Uint8Array): { width: number; height: number } | null {
  if (kind === 'VP8X') return { width: u24le(body, 4) + 1, height: u24le(body, 7) + 1 }
  if (kind === 'VP8 ') {
    return { width: u24le(body, 6) & 0x3fff, height: u24le(body, 8) & 0x3fff }
  }
  if (kind === 'VP8L') {
    const bits = u32le(body, 1)
    return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 16_384) & 0x3fff) + 1 }
  }
  return null
}
