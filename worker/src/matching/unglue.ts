/**
 * Words that lost the blank between them (`йогчудо`, `юбилейноемолоч`), as photos and narrow tills
 * bring them. The catalogue's own words tell where one ends.
 */

import type { LineToken } from './similarity.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A known word shorter than this ends or begins too many others. */
const KNOWN_LETTERS_MIN = 4
/** What is left beside the known word must say something by itself. */
const REST_LETTERS_MIN = 3

/** The longest known word that the text begins or ends with; where the text parts, or 0. */
function partingOf(vocabulary: Vocabulary, text: string): number {
  const most = text.length - REST_LETTERS_MIN
  for (let letters = most; letters >= KNOWN_LETTERS_MIN; letters -= 1) {
    if (vocabulary.has(text.slice(0, letters))) return letters
    if (vocabulary.has(text.slice(-letters))) return text.length - letters
  }
  return 0
}

/** The texts of the words that a glued word consists of; the word alone when it is not glued. */
export function unglued(vocabulary: Vocabulary, token: LineToken): readonly string[] {
  if (token.kind !== 'word' || vocabulary.has(token.text)) return [token.text]
  const parts: string[] = []
  let rest = token.text
  for (let at = partingOf(vocabulary, rest); at > 0; at = partingOf(vocabulary, rest)) {
    const [head, tail] = [rest.slice(0, at), rest.slice(at)]
    if (vocabulary.has(head)) {
      parts.push(head)
      rest = tail
    } else {
      // The known word stands behind; what stands before it may be glued itself.
      return [...parts, head, tail]
    }
  }
  return [...parts, rest]
}
