/** A plain text that people agree to: paragraphs under headings, in every language. */
export interface LegalText {
  title: string
  edition: string
  parts: readonly { heading: string; paragraphs: readonly string[] }[]
}
