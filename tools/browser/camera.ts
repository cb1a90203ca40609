import { rename, writeFile } from 'node:fs/promises'
import { qrMatrix } from '../../sandbox/src/receipts/qr.ts'

/** What the fake camera films: 640 × 480, a few frames, repeated by the browser for ever. */
const WIDTH = 640
const HEIGHT = 480
const FRAMES = 4
const QUIET_MODULES = 4
const WHITE = 235
const BLACK = 16
const NO_COLOUR = 128

/**
 * Writes a film of a QR code on white paper, as plain YUV4MPEG2: a header, and for each frame the
 * word FRAME, the brightness of every pixel and two planes of colour at a quarter of the size.
 * A null text films blank paper. The file appears whole: the browser may be opening it.
 */
export async function film(file: string, text: string | null): Promise<void> {
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420mpeg2\n`)
  const frame = Buffer.concat([
    Buffer.from('FRAME\n'),
    brightness(text),
    Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR),
  ])
  await writeFile(`${file}.part`, Buffer.concat([head, ...Array(FRAMES).fill(frame)]))
  await rename(`${file}.part`, file)
}

function brightness(text: string | null): Buffer {
  const pixels = Buffer.alloc(WIDTH * HEIGHT, WHITE)
  if (text === null) return pixels
  const matrix = qrMatrix(text)
  const scale = Math.floor(HEIGHT / (matrix.length + 2 * QUIET_MODULES))
  const left = Math.floor((WIDTH - matrix.length * scale) / 2)
  const top = Math.floor((HEIGHT - matrix.length * scale) / 2)
  for (const [y, row] of matrix.entries()) {
    for (const [x, dark] of row.entries()) {
      if (!dark) continue
      for (let line = 0; line < scale; line += 1) {
        const start = (top + y * scale + line) * WIDTH + left + x * scale
        pixels.fill(BLACK, start, start + scale)
      }
    }
  }
  return pixels
}
