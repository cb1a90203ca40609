import { create } from 'qrcode'

/** A QR code as rows of modules; true is dark. */
export type QrMatrix = boolean[][]

/** Standard quiet zone, in modules. */
const QUIET = 4
const PIXELS_PER_MODULE = 8

/** Encodes a text at level M, as tills do. */
export function qrMatrix(text: string): QrMatrix {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (__, x) => modules.get(y, x) === 1),
  )
}

/** The code as SVG markup, always dark on white: scanners need the contrast in either theme. */
export function qrSvg(matrix: QrMatrix, label: string): string {
  const size = matrix.length + 2 * QUIET
  const path = matrix
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" ` +
    `aria-label="${label}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  )
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc >>> 0
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** A chunk of a PNG: length, type, data, checksum of type and data (PNG, section 5). */
function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

/** Rows of 8-bit greys, each after its filter type 0. */
function pixelRows(matrix: QrMatrix): Uint8Array<ArrayBuffer> {
  const side = (matrix.length + 2 * QUIET) * PIXELS_PER_MODULE
  const rows = new Uint8Array(side * (side + 1)).fill(0xff)
  for (let y = 0; y < side; y += 1) {
    rows[y * (side + 1)] = 0
    const row = matrix[Math.floor(y / PIXELS_PER_MODULE) - QUIET]
    if (row === undefined) continue
    for (let x = 0; x < side; x += 1) {
      const isDark = row[Math.floor(x / PIXELS_PER_MODULE) - QUIET] === true
      if (isDark) rows[y * (side + 1) + 1 + x] = 0
    }
  }
  return rows
}

/** The code as a PNG picture, black on white. */
export async function qrPng(matrix: QrMatrix): Promise<Blob> {
  const side = (matrix.length + 2 * QUIET) * PIXELS_PER_MODULE
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, side)
  view.setUint32(4, side)
  header.set([8, 0, 0, 0, 0], 8)
  const packed = new Blob([pixelRows(matrix)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'))
  const data = new Uint8Array(await new Response(packed).arrayBuffer())
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const parts = [
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]
  return new Blob(parts, { type: 'image/png' })
}
