import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import opentype, { type Command } from 'opentype.js'

/** Glyphs of PT Mono as polygons: tills print one width. */

const require = createRequire(import.meta.url)

const fonts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext'].map((part) => {
  const file = readFileSync(
    require.resolve(`@fontsource/pt-mono/files/pt-mono-${part}-400-normal.woff`),
  )
  return opentype.parse(
    file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
  )
})

/** Of an editor's own letters: a face without serifs that no till prints. */
const sans = opentype.parse(
  new Uint8Array(readFileSync(require.resolve('next/dist/compiled/@vercel/og/Geist-Regular.ttf')))
    .buffer,
)

type Polygon = readonly (readonly [x: number, y: number])[]

/** Advance of every glyph, in ems. */
const ADVANCE = 0.6

const CURVE_STEPS = 6

/** Outlines at one pixel an em, y downwards from the baseline. */
function contours(commands: readonly Command[]): Polygon[] {
  const polygons: [number, number][][] = []
  let current: [number, number][] = []
  for (const command of commands) {
    if (command.type === 'Z') continue
    const [fromX, fromY] = current.at(-1) ?? [0, 0]
    if (command.type === 'M') {
      current = [[command.x, command.y]]
      polygons.push(current)
    } else if (command.type === 'L') current.push([command.x, command.y])
    else {
      const { x, y, x1, y1 } = command
      const [x2, y2] = command.type === 'C' ? [command.x2, command.y2] : [x1, y1]
      for (let step = 1; step <= CURVE_STEPS; step += 1) {
        const t = step / CURVE_STEPS
        const u = 1 - t
        const at = (a: number, b: number, c: number, d: number) =>
          command.type === 'C'
            ? u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
            : u * u * a + 2 * u * t * b + t * t * d
        current.push([at(fromX, x1, x2, x), at(fromY, y1, y2, y)])
      }
    }
  }
  return polygons
}

/** How much ink a glyph puts on each pixel of its cell, 0–1. */
export type Stamp = { readonly width: number; readonly height: number; readonly ink: Float32Array }

const stamps = new Map<string, Stamp>()
const SAMPLES = 4

/** A character drawn in a cell of `width` × `height` px; double height is a taller cell. */
export function stampOf(character: string, width: number, height: number): Stamp {
  const key = `${character} ${width} ${height}`
  const known = stamps.get(key)
  if (known !== undefined) return known
  const font = fonts.find((one) => one.charToGlyphIndex(character) > 0)
  const stamp = drawn(font, character, width, height, 0)
  stamps.set(key, stamp)
  return stamp
}

/** The same of a face that no till prints, `left` of a pixel further right. */
export const sansStampOf = (character: string, width: number, height: number, left: number) =>
  drawn(sans, character, width, height, left)

function drawn(
  font: ReturnType<typeof opentype.parse> | undefined,
  character: string,
  cellWidth: number,
  height: number,
  left: number,
): Stamp {
  const width = Math.ceil(cellWidth + left)
  const ink = new Float32Array(width * height)
  if (font === undefined) return { width, height, ink }
  const scaleX = cellWidth / ADVANCE
  const scaleY = height / 1.25
  const polygons = contours(font.getPath(character, 0, 0, 1000).commands).map((points) =>
    points.map(([x, y]) => [left + (x / 1000) * scaleX, (y / 1000 + 0.95) * scaleY] as const),
  )
  fill(polygons, ink, width, height)
  return { width, height, ink }
}

/** Non-zero winding, `SAMPLES` scan lines a pixel. */
function fill(polygons: readonly Polygon[], ink: Float32Array, width: number, height: number) {
  for (let row = 0; row < height * SAMPLES; row += 1) {
    const y = (row + 0.5) / SAMPLES
    const crossings: [x: number, winding: number][] = []
    for (const polygon of polygons) {
      for (const [index, [x1, y1]] of polygon.entries()) {
        const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1]
        if (y1 <= y === y2 <= y) continue
        crossings.push([x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), y1 < y2 ? 1 : -1])
      }
    }
    crossings.sort(([a], [b]) => a - b)
    let winding = 0
    for (const [index, [x, turn]] of crossings.entries()) {
      winding += turn
      const until = crossings[index + 1]?.[0]
      if (winding === 0 || until === undefined) continue
      span(ink, width, Math.floor(row / SAMPLES), x, until)
    }
  }
}

function span(ink: Float32Array, width: number, row: number, from: number, to: number): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(width, to); x += 1) {
    const covered = Math.min(x + 1, to) - Math.max(x, from)
    const at = row * width + x
    ink[at] = Math.min(1, (ink[at] ?? 0) + covered / SAMPLES)
  }
}
