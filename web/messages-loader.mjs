import { pathToFileURL } from 'node:url'
import compile from 'icu-minify/compile'

/**
 * Compiles the ICU messages of `src/messages/<locale>/*.ts` while the pages are built, so that the
 * browser gets the small formatter without the parser (9 kB gzip of the first load).
 */
export default async function messagesLoader() {
  const done = this.async()
  try {
    const module = await import(`${pathToFileURL(this.resourcePath)}?at=${Date.now()}`)
    const lines = Object.entries(module).map(
      ([name, tree]) => `export const ${name} = ${JSON.stringify(compiled(tree))}`,
    )
    done(null, `${lines.join('\n')}\n`)
  } catch (error) {
    done(error)
  }
}

function compiled(tree) {
  if (typeof tree === 'string') return compile(tree)
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, compiled(value)]))
}
