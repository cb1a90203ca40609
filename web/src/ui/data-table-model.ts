import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  filterFn_equalsString,
  filterFn_includesString,
  globalFilteringFeature,
  type ReactTable,
  rowPaginationFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo } from 'react'

/** One column: `value` is what sorting, search and the export see; `cell` is how it looks. */
export interface DataColumn<Row> {
  id: string
  header: string
  value: (row: Row) => string | number | null
  cell?: (row: Row) => ReactNode
  /** Numbers stand at the end. */
  align?: 'end'
  /** Hidden until chosen in "Columns". */
  hidden?: boolean
  /** Offers a choice of the column's values as a filter. */
  choice?: boolean
  /** Words for a value in the choice and in the export. */
  words?: (value: string | number) => string
  sortable?: boolean
}

const features = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowPaginationFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { equalsString: filterFn_equalsString, includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
})

type Features = typeof features
export type TableOf<Row> = ReactTable<Features, Row & object>

const NO_ROWS: never[] = []

/** The state and the row models of a table over rows that are all in memory. */
export function useDataTable<Row>(
  rows: readonly Row[] | undefined,
  columns: readonly DataColumn<Row>[],
  rowId: (row: Row) => string,
  pageSize: number,
): TableOf<Row> {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row & object) => column.value(row) ?? undefined,
        enableSorting: column.sortable ?? true,
        sortUndefined: 'last' as const,
        filterFn: 'equalsString' as const,
      })),
    [columns],
  )
  const hidden = useMemo(
    () => Object.fromEntries(columns.filter((c) => c.hidden).map((c) => [c.id, false])),
    [columns],
  )
  return useTable({
    features,
    columns: definitions,
    data: (rows ?? NO_ROWS) as readonly (Row & object)[],
    getRowId: (row: Row & object) => rowId(row),
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: () => true,
    initialState: { pagination: { pageIndex: 0, pageSize }, columnVisibility: hidden },
    autoResetPageIndex: false,
  })
}
