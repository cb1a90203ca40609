import { z } from 'zod'

/** What a picture is known by when it comes again: smaller, darker, compressed or cut a little. */
export const PictureHash = z.object({
  /** 64 bits of its coarse look (pHash: signs of the lowest frequencies). */
  coarse: z.string().regex(/^[0-9a-f]{16}$/),
  /** 256 bits of its finer look, which tell two receipts of one till apart. */
  fine: z.string().regex(/^[0-9a-f]{64}$/),
})
export type PictureHash = z.infer<typeof PictureHash>

/**
 * Of 64 and of 256 bits; different receipts are further apart (`npm run -s photo:risk` counts it).
 */
const COARSE_MAX = 10
const FINE_MAX = 30

/** How many bits of two hex strings differ. */
function bitsApart(a: string, b: string): number {
  let bits = 0
  for (let at = 0; at < a.length; at += 1) {
    let other = Number.parseInt(a[at] ?? '0', 16) ^ Number.parseInt(b[at] ?? '0', 16)
    for (; other > 0; other >>= 1) bits += other & 1
  }
  return bits
}

/** How alike two pictures are, above 0 to 1; 0: they are not one picture. */
export function pictureLikeness(a: PictureHash, b: PictureHash): number {
  const fine = bitsApart(a.fine, b.fine)
  return bitsApart(a.coarse, b.coarse) > COARSE_MAX || fine > FINE_MAX
    ? 0
    : 1 - fine / (FINE_MAX + 1)
}

const PIECE_DIGITS = 4
const PIECE_BITS = 16

/** The coarse bits in four pieces of 16, by which pictures are looked up. */
export function hashPieces({ coarse }: PictureHash): number[] {
  return [0, 1, 2, 3].map((piece) =>
    Number.parseInt(coarse.slice(piece * PIECE_DIGITS, (piece + 1) * PIECE_DIGITS), 16),
  )
}

/**
 * A piece and all that differ from it by one bit. Of two hashes that differ by seven bits or fewer
 * at least one piece is among them; of ten bits, nearly always.
 */
export function piecesNear(piece: number): number[] {
  return [piece, ...Array.from({ length: PIECE_BITS }, (_, bit) => piece ^ (1 << bit))]
}
