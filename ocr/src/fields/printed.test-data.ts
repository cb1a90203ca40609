import { lineOf, type Pass } from './word.ts'

/** A reading by a model of its own out of plain text: a word a blank-separated piece, a line every 30 px. */
export function passOf(name: string, text: string): Pass {
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
  return { name, model: name, lines }
}
