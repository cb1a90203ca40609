import { ensurePages } from './local/pages.ts'

/** `npm run build`: the pages of `web/`, when their sources have changed since the last build. */
await ensurePages((words) => console.log(words))
