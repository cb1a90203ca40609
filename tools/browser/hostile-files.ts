import type { problem } from '../../web/src/messages/ru/problem.ts'

/** Files that are no photo of a receipt, each with the word by which it is refused. */

export type HostileFile = {
  readonly code: keyof typeof problem
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const file = (
  code: HostileFile['code'],
  name: string,
  mimeType: string,
  buffer: Buffer,
): HostileFile => ({ code, name, mimeType, buffer })

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
/** Two frames of one pixel, 0.1 s each. */
const GIF =
  'R0lGODlhAQABAIAAAP///wAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAKAAAALAAAAAABAAEAAAICRAEAOw=='
const SIDE_MAX = 65_000

/** `jpeg`: a photo that would be read, if nothing were hidden behind it. */
export function hostileFiles(jpeg: Buffer): readonly HostileFile[] {
  const heic = Buffer.concat([size(24), Buffer.from('ftypheic\0\0\0\0mif1heic')])
  return [
    file('photo_pdf', 'receipt.jpg', 'image/jpeg', Buffer.from('%PDF-1.7\n1 0 obj\n')),
    file('photo_svg', 'receipt.svg', 'image/svg+xml', Buffer.from(SVG)),
    file('photo_animated', 'receipt.gif', 'image/gif', Buffer.from(GIF, 'base64')),
    file('photo_animated', 'receipt.webp', 'image/webp', animatedWebp()),
    file('photo_heic', 'IMG_0001.HEIC', 'image/heic', heic),
    file('photo_too_many_pixels', 'bomb.png', 'image/png', declaredPng(SIDE_MAX)),
    file('photo_polyglot', 'archive.jpg', 'image/jpeg', withArchive(jpeg)),
  ]
}

/** A zip that begins where the picture ends: viewers open the one, archivers the other. */
const withArchive = (jpeg: Buffer) =>
  Buffer.concat([jpeg, Buffer.from('PK\x03\x04\x14\0\0\0 behind the picture', 'latin1')])

/** A header that declares gigabytes of pixels, and nothing behind it. */
function declaredPng(side: number): Buffer {
  const header = Buffer.concat([size(side), size(side), Buffer.from([8, 2, 0, 0, 0])])
  const chunk = Buffer.concat([size(header.length), Buffer.from('IHDR'), header, size(0)])
  const end = Buffer.concat([size(0), Buffer.from('IEND'), size(0)])
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk, end])
}

/** Of 100 by 100 pixels, which says that it moves. */
function animatedWebp(): Buffer {
  const canvas = Buffer.from([0x02, 0, 0, 0, 99, 0, 0, 99, 0, 0])
  const moving = Buffer.from([255, 255, 255, 255, 0, 0])
  const body = Buffer.concat([Buffer.from('WEBP'), part('VP8X', canvas), part('ANIM', moving)])
  return Buffer.concat([Buffer.from('RIFF'), little(body.length), body])
}

const part = (kind: string, body: Buffer) =>
  Buffer.concat([Buffer.from(kind), little(body.length), body])

function size(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function little(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
