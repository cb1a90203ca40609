/**
 * Memory of one reading: every wasm instance is made here, so that the figure the isolate's limit
 * speaks of (linear memories in use) can be stated for each photo.
 */
export class WasmMemory {
  private readonly live = new Set<WebAssembly.Memory>()
  peakBytes = 0

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
    this.peakBytes = Math.max(this.peakBytes, bytes)
  }

  forget(memory: WebAssembly.Memory): void {
    this.live.delete(memory)
  }
}
