'use client'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import css from './data-table.module.css'
import { DataTableBody } from './data-table-body.tsx'
import { type DataColumn, useDataTable } from './data-table-model.ts'
import { DataTablePages, DataTableTools } from './data-table-tools.tsx'
import { SkeletonList } from './states.tsx'

export interface DataTableProps<Row> {
  /** Read to assistive technology, and the name of the exported file. */
  name: string
  rows: readonly Row[] | undefined
  columns: readonly DataColumn<Row>[]
  rowId: (row: Row) => string
  /** Enter, Space or a click on a row. */
  onOpen?: (row: Row) => void
  /** What to show instead of rows when there is no data at all. */
  empty?: ReactNode
  pageSize?: number
  /** Actions beside the search, for example "Add". */
  children?: ReactNode
  /** Set when the server holds more rows than were read. */
  onMore?: (() => void) | undefined
}

/**
 * The one table of the portals: sorts, filters, searches, pages, hides columns, exports CSV, and is
 * walked by arrow keys. `rows` undefined means that they are being read.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useTranslations('common')
  const table = useDataTable(props.rows, props.columns, props.rowId, props.pageSize ?? 20)
  if (!props.rows) return <SkeletonList rows={6} height={40} />
  if (props.rows.length === 0 && props.empty) {
    return (
      <>
        {props.children ? <div className={css.tools}>{props.children}</div> : null}
        {props.empty}
      </>
    )
  }
  return (
    <div>
      <DataTableTools table={table} columns={props.columns} name={props.name}>
        {props.children}
      </DataTableTools>
      <div className={css.scroll}>
        <DataTableBody
          table={table}
          columns={props.columns}
          name={props.name}
          onOpen={props.onOpen}
          words={{ empty: t('table.empty'), keys: t('table.keys') }}
        />
      </div>
      <DataTablePages table={table} onMore={props.onMore} />
    </div>
  )
}

export type { DataColumn } from './data-table-model.ts'
