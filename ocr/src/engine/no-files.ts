/** Stands in for `fs` in the print reader's glue, which asks for it on Node only. */
export function readFileSync(): never {
  throw new Error('a Worker has no files')
}
