import { hashPieces, type PictureHash, pictureLikeness, piecesNear } from '#schema/picture-hash'
import type { PhotoHashes } from './photo-hashes.ts'

/** Candidates that share a piece; more of them are rather one till's paper than one picture. */
const CANDIDATES_MAX = 300
/** Parameters of a statement of D1. */
const KEYS_MAX = 90

/** The hashes of photos in D1. */
export function createPhotoHashes(db: D1Database, now: () => number): PhotoHashes {
  async function nearest(walletId: string, hash: PictureHash) {
    const pieces = hashPieces(hash).map(piecesNear)
    const places = pieces.map(
      (near, index) => `piece_${index} IN (${near.map(() => '?').join(', ')})`,
    )
    const { results } = await db
      .prepare(
        `SELECT photo_id AS photoId, coarse, fine FROM photo_hashes
         WHERE (${places.join(' OR ')}) AND wallet_id <> ? LIMIT ${CANDIDATES_MAX}`,
      )
      .bind(...pieces.flat(), walletId)
      .all<{ photoId: string; coarse: string; fine: string }>()
    const alike = results.map((other) => ({
      photoId: other.photoId,
      score: pictureLikeness(hash, other),
    }))
    return alike.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)[0]
  }

  return {
    async note({ id, key, walletId }, shots) {
      const insert = db.prepare(
        `INSERT OR REPLACE INTO photo_hashes (key, shot, photo_id, wallet_id, created_at,
           piece_0, piece_1, piece_2, piece_3, coarse, fine)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      // Noted before it is looked for: of two that are read at once at least one sees the other.
      await db.batch(
        shots.map((hash, shot) =>
          insert.bind(
            ...[key, shot, id, walletId, now()],
            ...hashPieces(hash),
            ...[hash.coarse, hash.fine],
          ),
        ),
      )
      const found = await Promise.all(
        shots.map(async (hash, shot) => {
          const near = await nearest(walletId, hash)
          return near === undefined ? [] : [{ shot, ...near }]
        }),
      )
      return found.flat()
    },
    async forget(keys) {
      for (let from = 0; from < keys.length; from += KEYS_MAX) {
        const some = keys.slice(from, from + KEYS_MAX)
        const places = some.map(() => '?').join(', ')
        const forget = db.prepare(`DELETE FROM photo_hashes WHERE key IN (${places})`)
        await forget.bind(...some).run()
      }
    },
  }
}
