import QRCode from 'qrcode'
import { blank, type Gray } from '../../ocr/src/image/gray.ts'
import { stampOf } from './type-face.ts'

/** A line of a receipt: left and right text, or one centred; `tall` is of double height. */
export type PaperLine =
  | { readonly left: string; readonly right?: string; readonly tall?: boolean }
  | { readonly middle: string; readonly tall?: boolean }
  | { readonly rule: string }
  | { readonly code: string }

/** Size of a character's cell, px, and how black the head burns, 0–1. */
export type Till = {
  readonly columns: number
  readonly cellWidth: number
  readonly cellHeight: number
  readonly burn: number
}

const MARGIN_CELLS = 2
const CODE_MODULE_PX = 5
const PAPER = 244

function textOf(line: PaperLine, columns: number): string {
  if ('rule' in line) return line.rule.repeat(columns)
  if ('code' in line) return ''
  if ('middle' in line)
    return ' '.repeat(Math.max(0, (columns - line.middle.length) >> 1)) + line.middle
  const right = line.right ?? ''
  return line.left.slice(0, columns - right.length).padEnd(columns - right.length) + right
}

const modulesOf = (text: string) => QRCode.create(text, { errorCorrectionLevel: 'M' }).modules

function heightOf(line: PaperLine, till: Till): number {
  if ('code' in line) return (modulesOf(line.code).size + 8) * CODE_MODULE_PX
  return till.cellHeight * ('tall' in line && line.tall ? 2 : 1)
}

/** Prints the lines on white paper. */
export function printPaper(lines: readonly PaperLine[], till: Till): Gray {
  const width = (till.columns + 2 * MARGIN_CELLS) * till.cellWidth
  const height = lines.reduce((sum, line) => sum + heightOf(line, till), 4 * till.cellHeight)
  const paper = blank(width, height, PAPER)
  let top = 2 * till.cellHeight
  for (const line of lines) {
    if ('code' in line) printCode(paper, line.code, top, till)
    else printText(paper, textOf(line, till.columns), top, heightOf(line, till), till)
    top += heightOf(line, till)
  }
  return paper
}

function printText(paper: Gray, text: string, top: number, height: number, till: Till): void {
  for (const [column, character] of [...text].entries()) {
    if (character === ' ') continue
    const stamp = stampOf(character, till.cellWidth, height)
    const left = (MARGIN_CELLS + column) * till.cellWidth
    for (let y = 0; y < stamp.height; y += 1) {
      for (let x = 0; x < stamp.width; x += 1) {
        const ink = (stamp.ink[y * stamp.width + x] ?? 0) * till.burn
        const at = (top + y) * paper.width + left + x
        paper.data[at] = (paper.data[at] ?? 0) * (1 - ink)
      }
    }
  }
}

function printCode(paper: Gray, text: string, top: number, till: Till): void {
  const { size, data } = modulesOf(text)
  const left = (paper.width - size * CODE_MODULE_PX) >> 1
  for (let y = 0; y < size * CODE_MODULE_PX; y += 1) {
    for (let x = 0; x < size * CODE_MODULE_PX; x += 1) {
      const module = Math.floor(y / CODE_MODULE_PX) * size + Math.floor(x / CODE_MODULE_PX)
      if (!data[module]) continue
      paper.data[(top + 4 * CODE_MODULE_PX + y) * paper.width + left + x] = PAPER * (1 - till.burn)
    }
  }
}
