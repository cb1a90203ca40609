import type { CatalogueRow, PublishedCatalogue } from '../src/catalogue/published.ts'

/** All products of a small catalogue. */
export async function rowsOf(
  catalogue: PublishedCatalogue | null,
): Promise<readonly CatalogueRow[]> {
  if (catalogue === null) throw new Error('the catalogue was not published')
  return catalogue.rows(Array.from({ length: catalogue.index.products }, (_, at) => at))
}
