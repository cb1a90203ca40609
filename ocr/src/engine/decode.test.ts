import { readFile } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { inspect } from '../guards/format.ts'
import { decodePhoto } from './decode.ts'
import { WasmMemory } from './memory.ts'
import { nodePlatform } from './node.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Remembers every memory without holding it. */
class WatchedMemory extends WasmMemory {
  readonly seen: WeakRef<WebAssembly.Memory>[] = []

  override hook(module: WebAssembly.Module, onMemory?: (memory: WebAssembly.Memory) => void) {
    return super.hook(module, (memory) => {
      this.seen.push(new WeakRef(memory))
      onMemory?.(memory)
    })
  }
}

const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0))

test.each(['scans/discounter.jpg', 'codes/zx1_8.webp'])(
  'the decoder of %s is gone with its photo, the first one of an isolate too',
  async (file) => {
    const bytes = await readFile(new URL(`../../corpus/${file}`, import.meta.url))
    const inspected = inspect(bytes)
    if (!inspected.ok) throw new Error(inspected.code)
    const memory = new WatchedMemory()
    const { modules } = await nodePlatform()
    const gray = await decodePhoto(bytes, inspected.header, modules, memory)
    expect(gray?.data.length).toBe(inspected.header.width * inspected.header.height)
    await nextTurn()
    collect()
    await nextTurn()
    collect()
    expect(memory.seen).toHaveLength(1)
    expect(memory.seen.map((one) => one.deref())).toEqual([undefined])
  },
)
