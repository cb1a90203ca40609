import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review'
import { api } from '../../api.ts'
import { ApiProblem } from '../../problem.ts'
import type { ScanStep } from './use-submit.ts'

/** Sends a photo with what the shopper has corrected to review; answers what to show next. */
export async function askReview({ id }: Photo, request: ReviewRequest): Promise<ScanStep> {
  try {
    const { review } = await api.post<Photo>(`/photos/${id}/review`, request)
    return { at: 'in_review', dueAt: review?.dueAt ?? '' }
  } catch (problem) {
    if (problem instanceof ApiProblem) return { at: 'refused', problem }
    throw problem
  }
}
