import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '#schema/page'
import type { ReviewCase, ReviewPhotoLink, ReviewSummary } from '#schema/review'
import { defaultPlace, originOf } from './local/place.ts'
import { fromCaller, refuse } from './photo/folder.ts'
import { labelOf } from './photo/label.ts'
import { signInStaff } from './seed/sign-in.ts'

/**
 * `npm run -s label -- [--out DIR]`: what reviewers have approved or checked in the local network,
 * as labelled samples: the pictures that are still kept, every shot of a receipt, and the
 * `ground-truth.json` that `photo:score` reads. As a reviewer over the API: each picture that is
 * taken is in the audit log.
 */

const REVIEWER = 'admin@kopilka.example'
const STATES = ['approved', 'checked']

const parameters = process.argv.slice(2)
const at = parameters.indexOf('--out')
if (at >= 0 && parameters[at + 1] === undefined) refuse('usage: npm run -s label -- [--out DIR]')
const folder = fromCaller(at >= 0 ? (parameters[at + 1] ?? '') : 'labelled')
const { port, sandboxPort } = defaultPlace(process.env)
const world = { origin: originOf(port), sandbox: originOf(sandboxPort) }

const reviewer = await signInStaff(world, REVIEWER)
mkdirSync(folder, { recursive: true })
const truths: Record<string, object> = {}
let skipped = 0
for (const state of STATES) {
  for (const { id } of await decided(state)) {
    const review = await reviewer.call<ReviewCase>('GET', `/v1/operator/reviews/${id}`)
    const truth = labelOf(review)
    if (truth === null || !review.hasPicture) skipped += 1
    else {
      const [first = '', ...more] = await savePictures(review)
      truths[first] = more.length > 0 ? { ...truth, shots: more } : truth
    }
  }
}
writeFileSync(path.join(folder, 'ground-truth.json'), JSON.stringify(truths, null, 1))
console.log(`${Object.keys(truths).length} labelled, ${skipped} without a picture or a truth`)

async function decided(state: string): Promise<ReviewSummary[]> {
  const found: ReviewSummary[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const query = `/v1/operator/reviews?state=${state}&limit=100${from}`
    const page: Page<ReviewSummary> = await reviewer.call('GET', query)
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}

/** Writes the shots of a case, in the order they were taken; answers their files' names. */
async function savePictures({ id, shots }: ReviewCase): Promise<string[]> {
  const asked = `/v1/operator/reviews/${id}/photo-link`
  const { url } = await reviewer.call<ReviewPhotoLink>('POST', asked)
  const files: string[] = []
  for (let shot = 0; shot < shots; shot += 1) {
    const picture = await reviewer.send('GET', `${url}&shot=${shot}`)
    const [, format = 'jpeg'] = (picture.headers.get('content-type') ?? '').split('/')
    const name = shots > 1 ? `${id}-${shot + 1}` : id
    const file = `${name}.${format === 'jpeg' ? 'jpg' : format}`
    writeFileSync(path.join(folder, file), Buffer.from(await picture.arrayBuffer()))
    files.push(file)
  }
  return files
}
