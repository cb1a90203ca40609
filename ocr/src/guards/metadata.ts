import { editorOf } from './editor.ts'
import type { PhotoFormat } from './format.ts'

/**
 * Takes out of a photo what the camera wrote beside the picture: place, device, owner, preview,
 * trailing clips. Of EXIF only the orientation stays, and the name of a program for changing
 * pictures, for the reviewer. The bytes passed `inspect`.
 */
export function withoutMetadata(
  bytes: Uint8Array,
  format: PhotoFormat,
  orientation: number,
): Uint8Array<ArrayBuffer> {
  if (format === 'jpeg') return joined(jpegParts(bytes, orientation))
  return format === 'png' ? joined(pngParts(bytes)) : webpWithout(bytes)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** An EXIF block that says nothing but the orientation and, if there is one, the program. */
function ownBlock(orientation: number, editor: string | null): Uint8Array {
  const name = editor === null ? [] : [...new TextEncoder().encode(`${editor}\0`)]
  const entries = editor === null ? 1 : 2
  const after = 10 + 12 * entries + 4
  const software = [1, 0x31, 0, 2, 0, 0, 0, name.length, 0, 0, 0, after]
  const tiff = [
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, entries],
    ...[1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...(editor === null ? [] : software),
    ...[0, 0, 0, 0],
    ...name,
  ]
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
  return Uint8Array.from([0xff, 0xe1, 0, exif.length + 2, ...exif])
}

/** Application data is dropped but for JFIF and Adobe's colour transform; comments are dropped. */
const isKept = (marker: number) =>
  !(marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee))

function jpegParts(bytes: Uint8Array, orientation: number): Uint8Array[] {
  const parts = [bytes.subarray(0, 2)]
  const editor = editorOf(bytes)
  if (orientation > 1 || editor !== null) parts.push(ownBlock(orientation, editor))
  let at = 2
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const next = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
    if (marker === 0xda) {
      parts.push(bytes.subarray(at, endOfImage(bytes, at)))
      break
    }
    if (isKept(marker)) parts.push(bytes.subarray(at, next))
    at = next
  }
  return parts
}

function endOfImage(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2
  }
  return bytes.length
}

const nameAt = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))

const PICTURE_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'sRGB', 'cHRM'])

function pngParts(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const next = at + 12 + view.getUint32(at)
    const name = nameAt(bytes, at + 4)
    if (PICTURE_CHUNKS.has(name)) parts.push(bytes.subarray(at, next))
    if (name === 'IEND') break
    at = next
  }
  return parts
}

/** Flags of VP8X that announce EXIF (8) and XMP (4). */
const METADATA_FLAGS = 0x0c

function webpWithout(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = [bytes.slice(0, 12)]
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true))
  for (let at = 12; at + 8 <= end; ) {
    const length = view.getUint32(at + 4, true)
    const next = at + 8 + length + (length % 2)
    const name = nameAt(bytes, at)
    const chunk = bytes.slice(at, next)
    if (name === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~METADATA_FLAGS
    if (name !== 'EXIF' && name !== 'XMP ') parts.push(chunk)
    at = next
  }
  const out = joined(parts)
  new DataView(out.buffer).setUint32(4, out.length - 8, true)
  return out
}
