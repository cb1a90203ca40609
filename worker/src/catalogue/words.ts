/**
 * One spelling for comparing and searching: lower case, `ё` as `е`, single blanks. SQLite folds
 * ASCII only.
 */
export function foldWords(text: string): string {
  return text
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}

/** A pattern for `LIKE ? ESCAPE '\'` that finds the folded text anywhere. */
export function likeAnywhere(text: string): string {
  return `%${foldWords(text).replace(/[\\%_]/g, '\\$&')}%`
}
