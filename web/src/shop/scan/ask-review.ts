import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review-request'
import { api } from '../../api.ts'
import { ApiProblem } from '../../problem.ts'
import { photoSettled } from './kept-photos.ts'
import type { ScanStep } from './use-submit.ts'

/** Sends a photo with what the shopper has corrected to review; answers what to show next. */
export async function askReview({ id }: Photo, request: ReviewRequest): Promise<ScanStep> {
  try {
    const photo = await api.post<Photo>(`/photos/${id}/review`, request)
    await photoSettled(id)
    return { at: 'in_review', photo }
  } catch (problem) {
    if (problem instanceof ApiProblem) return { at: 'refused', problem }
    throw problem
  }
}
