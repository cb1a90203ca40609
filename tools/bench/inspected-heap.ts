/** Memory of one isolate of workerd, as its inspector tells it. */

const READY_MS_MAX = 10_000
const ASK_AGAIN_MS = 100

/** Bytes. */
export type IsolateMemory = {
  /** Objects of JavaScript. */
  readonly heap: number
  /** What stands outside of the heap: array buffers, code, handles of the runtime. */
  readonly outside: number
}

type HeapUsage = { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number }
type Reply = { id: number; result: HeapUsage; error?: { message: string } }

type Target = { id: string; webSocketDebuggerUrl: string }

async function targetsAt(listing: string): Promise<readonly Target[]> {
  try {
    return await (await fetch(listing)).json()
  } catch {
    return []
  }
}

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error(`${url} does not open`)), {
      once: true,
    })
  })
  return socket
}

/** Asks the inspector of the Worker `name` on this port; to be closed. */
export class InspectedHeap {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, PromiseWithResolvers<Reply>>()
  #last = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const reply: Reply = JSON.parse(String(data))
      this.#waiting.get(reply.id)?.resolve(reply)
      this.#waiting.delete(reply.id)
    })
  }

  static async open(port: number, name: string): Promise<InspectedHeap> {
    const listing = `http://127.0.0.1:${port}/json`
    for (const deadline = Date.now() + READY_MS_MAX; ; ) {
      const targets = await targetsAt(listing)
      const found = targets.find(({ id }) => id.endsWith(`:${name}`) || id === name)
      if (found !== undefined) return new InspectedHeap(await opened(found.webSocketDebuggerUrl))
      if (Date.now() > deadline) {
        const names = targets.map(({ id }) => id).join(', ')
        throw new Error(`${listing} does not list ${name} but: ${names}`)
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    }
  }

  /** What the isolate holds now, what nobody needs any more included. */
  async memory(): Promise<IsolateMemory> {
    const usage = await this.#ask('Runtime.getHeapUsage')
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage
    return { heap: usedSize, outside: embedderHeapUsedSize + backingStorageSize }
  }

  close(): void {
    this.#socket.close()
  }

  async #ask(method: string): Promise<HeapUsage> {
    this.#last += 1
    const waiting = Promise.withResolvers<Reply>()
    this.#waiting.set(this.#last, waiting)
    this.#socket.send(JSON.stringify({ id: this.#last, method }))
    const { error, result } = await waiting.promise
    if (error) throw new Error(`${method}: ${error.message}`)
    return result
  }
}
