/**
 * Memory of one reading: every wasm instance is made here, so that the figure the isolate's limit
 * speaks of can be stated for each photo. Where the platform can weigh its heap, the heap is
 * weighed whenever the linear memories and pictures in use are more than before in the stage: what
 * stands beside them uncounted differs from stage to stage.
 */
export class WasmMemory {
  private readonly live = new Set<WebAssembly.Memory>()
  private readonly heapBytes: (() => number) | null
  private mostCounted = 0
  private mostCountedInStage = 0
  private mostWeighed = 0

  constructor(heapBytes: (() => number) | null = null) {
    this.heapBytes = heapBytes
  }

  get peakBytes(): number {
    return Math.max(this.mostCounted, this.mostWeighed)
  }

  /** Another reading begins. */
  startAnew(): void {
    this.mostCounted = 0
    this.mostWeighed = 0
    this.startStage()
  }

  /** Decoding is over, or a reader of print is open: other pictures stand in memory. */
  startStage(): void {
    this.mostCountedInStage = 0
  }

  /** The `instantiateWasm` hook of an Emscripten module; remembers the memory it grows. */
  hook(module: WebAssembly.Module, onMemory?: (memory: WebAssembly.Memory) => void) {
    return (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(module, imports)
      for (const value of Object.values(instance.exports)) {
        if (!(value instanceof WebAssembly.Memory)) continue
        this.live.add(value)
        onMemory?.(value)
      }
      done(instance)
      return instance.exports
    }
  }

  /** Notes the present size; called after each piece of work that may have grown something. */
  note(pictureBytes = 0): void {
    let bytes = pictureBytes
    for (const memory of this.live) bytes += memory.buffer.byteLength
    if (bytes <= this.mostCountedInStage) return
    this.mostCountedInStage = bytes
    this.mostCounted = Math.max(this.mostCounted, bytes)
    this.mostWeighed = Math.max(this.mostWeighed, this.heapBytes?.() ?? 0)
  }

  forget(memory: WebAssembly.Memory): void {
    this.live.delete(memory)
  }
}
