import { keyedDigest } from '../members/codes.ts'

/** The longest life of a link to a picture, ms. */
const LINK_MS_MAX = 5 * 60_000

type LinkParts = { readonly reviewId: string; readonly reviewerId: string; readonly until: number }

const textOf = ({ reviewId, reviewerId, until }: LinkParts) =>
  `review-image\n${reviewId}\n${reviewerId}\n${until}`

/** A link to the picture of a case for one reviewer, for the next minutes. */
export async function signedImageLink(
  secret: string,
  reviewId: string,
  reviewerId: string,
  now: number,
): Promise<{ url: string; expiresAt: string }> {
  const until = now + LINK_MS_MAX
  const signature = await keyedDigest(secret, textOf({ reviewId, reviewerId, until }))
  return {
    url: `/v1/operator/reviews/${reviewId}/image?until=${until}&signature=${signature}`,
    expiresAt: new Date(until).toISOString(),
  }
}

/** Whether this reviewer may still open the picture by that link. */
export async function opensImage(
  secret: string,
  link: LinkParts & { readonly signature: string },
  now: number,
): Promise<boolean> {
  if (link.until <= now || link.until > now + LINK_MS_MAX) return false
  return sameText(link.signature, await keyedDigest(secret, textOf(link)))
}

/** Compares in a time that says nothing about where two texts of one length differ. */
function sameText(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let different = 0
  for (let at = 0; at < one.length; at += 1) different |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return different === 0
}
