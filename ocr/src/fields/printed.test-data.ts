import { lineOf, type Pass } from './word.ts'

/** A reading out of plain text: a word a blank-separated piece, a line every 30 px. */
export function passOf(name: string, text: string, model = 'one'): Pass {
  const lines = text
    .trim()
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row, index) => {
      let left = 0
      const words = row.split(/\s+/).map((word) => {
        const box = {
          left,
          top: index * 30,
          right: left + word.length * 12,
          bottom: index * 30 + 20,
        }
        left = box.right + 12
        return { text: word, box, confidence: 90 }
      })
      return lineOf(words)
    })
  return { name, model, lines }
}
