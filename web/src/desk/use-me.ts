import type { Me } from '#schema/member'
import { useApi } from '../use-api.ts'

/** Where the page learns who is signed in. */
export const ME = '/me'

/** Who is signed in; asked again when the window is looked at again. */
export function useMe() {
  return useApi<Me>(ME, { dedupingInterval: 5_000 })
}
