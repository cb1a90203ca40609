import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import { ROOT } from './place.ts'

/** What `ocr/wrangler.toml` says to wrangler, said to esbuild and workerd. */
type Modules = {
  readonly modulesRoot: string
  readonly modules: { type: 'ESModule' | 'CompiledWasm' | 'Data'; path: string }[]
}

const KINDS = [
  [/\.wasm$/, 'CompiledWasm'],
  [/\.traineddata\.gz$/, 'Data'],
] as const

/** Bundles the reader of photos into a folder, its wasm and models as modules beside the script. */
export async function ocrModules(folder: string): Promise<Modules> {
  await mkdir(folder, { recursive: true })
  const script = path.join(folder, 'index.mjs')
  const modules: Modules['modules'] = [{ type: 'ESModule', path: script }]
  await build({
    entryPoints: [path.join(ROOT, 'ocr/src/index.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    alias: { fs: path.join(ROOT, 'ocr/src/engine/no-files.ts') },
    // Asked for by the glue of Tesseract where it takes the platform for Node, which it does not.
    external: ['crypto'],
    plugins: [besideTheScript(folder, modules)],
    logLevel: 'error',
  })
  return { modulesRoot: folder, modules }
}

/** Copies binary imports beside the script and leaves them to workerd. */
function besideTheScript(folder: string, modules: Modules['modules']): Plugin {
  return {
    name: 'beside the script',
    setup({ onResolve }) {
      for (const [filter, type] of KINDS) {
        onResolve({ filter }, async ({ path: wanted, resolveDir }) => {
          const from = wanted.startsWith('.') ? resolveDir : path.join(ROOT, 'node_modules')
          const name = path.basename(wanted)
          await copyFile(path.join(from, wanted), path.join(folder, name))
          modules.push({ type, path: path.join(folder, name) })
          return { path: `./${name}`, external: true }
        })
      }
    },
  }
}
