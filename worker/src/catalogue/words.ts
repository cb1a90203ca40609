/**
 * One spelling for comparing and searching: lower case, `ё` as `е`, single blanks. SQLite folds
 * ASCII only. Search with `instr`: a pattern of LIKE may have 50 bytes in D1, 24 Russian letters.
 */
export function foldWords(text: string): string {
  return text
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}
