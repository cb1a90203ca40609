import type { ReactNode } from 'react'
import type { PhotoReading } from '#schema/photo'
import css from './read-boxes.module.css'
import { restOf } from './read-rest.ts'

/** What a box on the picture can be of, besides single goods; the last ones are drawn on top. */
const FIELDS = ['retailer', 'taxNumber', 'totalMinor', 'fn', 'fd', 'fp', 'time', 'date'] as const
export type ReadField = (typeof FIELDS)[number]

/** How the box of a line of goods is named: `items.3`. */
export const itemBox = (index: number) => `items.${index}`

type Corners = readonly { x: number; y: number }[]

interface Box {
  name: string
  look: 'proved' | 'plausible' | 'doubtful' | 'item' | 'risk'
  corners: Corners
}

interface BoxesProps {
  reading: PhotoReading
  shot: number
  /** The field that is being looked at. */
  active: string | null
  onPick: (name: string) => void
}

/** What was read on one of the shots, outlined; the fields beside it are the way for the keyboard. */
export function ReadBoxes({ reading, shot, active, onPick }: BoxesProps) {
  const { width = 0, height = 0 } = reading.shots[shot] ?? {}
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={css.boxes} aria-hidden="true">
      {boxesOn(reading, shot).map(({ name, look, corners }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the form's fields are the way in
        <polygon
          key={name}
          onClick={() => onPick(name)}
          data-read-box={name}
          data-look={look}
          data-active={name === active}
          points={around(corners, width * MARGIN)}
        />
      ))}
    </svg>
  )
}

interface EnlargeProps {
  isLarge: boolean
  onLarge: () => void
  children: ReactNode
}

/** In the corner of the picture: makes it larger, and as wide as its frame again. */
export function Enlarge({ isLarge, onLarge, children }: EnlargeProps) {
  return (
    <button type="button" className={css.enlarge} aria-pressed={isLarge} onClick={onLarge}>
      {children}
    </button>
  )
}

/** A box has a place and no words. */
const UNWORDED = { amount: String, method: String }

/** Of the shot's width: between the print and its outline. */
const MARGIN = 0.008

/** The corners, moved outwards, so that the outline stands around the print and not on it. */
function around(corners: Corners, margin: number): string {
  const middle = (name: 'x' | 'y') =>
    corners.reduce((sum, corner) => sum + corner[name], 0) / corners.length
  const [x, y] = [middle('x'), middle('y')]
  const out = (at: number, from: number) => at + Math.sign(at - from) * margin
  return corners.map((corner) => `${out(corner.x, x)},${out(corner.y, y)}`).join(' ')
}

function boxesOn(reading: PhotoReading, shot: number): Box[] {
  const goods = reading.items.map((item, index): Box & { shot: number } => {
    return { name: itemBox(index), look: 'item', corners: item.corners, shot: item.shot }
  })
  const risks = reading.risk.map((risk, index): Box & { shot: number } => {
    return { name: `risk.${index}`, look: 'risk', corners: risk.corners, shot: risk.shot }
  })
  const fields = FIELDS.flatMap((name): (Box & { shot: number })[] => {
    const field = reading[name]
    return field ? [{ name, look: field.certainty, corners: field.corners, shot: field.shot }] : []
  })
  const rest = restOf(reading, UNWORDED).map(({ name, read }): Box & { shot: number } => {
    return { name, look: read.certainty, corners: read.corners, shot: read.shot }
  })
  return [...goods, ...risks, ...rest, ...fields].filter(
    (box) => box.shot === shot && box.corners.length > 0,
  )
}
