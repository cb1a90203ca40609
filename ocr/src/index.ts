import { answering } from './answer.ts'
import type { ModelStore } from './engine/models.ts'
import { workerdPlatform } from './engine/workerd.ts'
import { photoReader } from './read.ts'

/** The `ocr` Worker. */

type Env = { readonly MODELS: { fetch(url: string): Promise<Response> } }

/** The models of further markets are static assets of this Worker, reached by nobody else. */
const assetsOf =
  ({ MODELS }: Env): ModelStore =>
  async (path) => {
    const response = await MODELS.fetch(`https://models.internal/${path}`)
    return response.ok ? response.arrayBuffer() : null
  }

let answer: ReturnType<typeof answering> | null = null

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    answer ??= answering(photoReader(workerdPlatform(assetsOf(env))))
    return answer(request)
  },
}
