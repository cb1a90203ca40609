import path from 'node:path'

/** npm runs a script in the project's folder; the paths are those of the caller's folder. */
export function fromCaller(script: string, file: string): string {
  const isScript = process.env.npm_lifecycle_event === script
  return path.resolve((isScript && process.env.INIT_CWD) || '.', file)
}
