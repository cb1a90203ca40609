import { ChevronLeft, ChevronRight, Columns3, Download, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button, IconButton } from './button.tsx'
import { downloadCsv } from './csv.ts'
import css from './data-table.module.css'
import type { DataColumn, TableOf } from './data-table-model.ts'
import { Checkbox } from './field.tsx'

const PAGE_SIZES = [20, 50, 100]

interface ToolsProps<Row> {
  table: TableOf<Row>
  columns: readonly DataColumn<Row>[]
  name: string
  children?: ReactNode
}

/** Search, filters by choice, the choice of columns, and the export of what the filters left. */
export function DataTableTools<Row>({ table, columns, name, children }: ToolsProps<Row>) {
  const t = useTranslations('common.table')
  return (
    <div className={css.tools}>
      <label className={css.search}>
        <Search size={16} aria-hidden="true" />
        <span className="visually-hidden">{t('search')}</span>
        <input
          type="search"
          placeholder={t('search')}
          value={String(table.state.globalFilter ?? '')}
          onChange={(event) => {
            table.setGlobalFilter(event.target.value)
            table.setPageIndex(0)
          }}
        />
      </label>
      {columns
        .filter((column) => column.choice)
        .map((column) => (
          <ChoiceFilter key={column.id} table={table} column={column} />
        ))}
      <span className={css.gap} />
      {children}
      <details className={css.menu}>
        <summary>
          <Columns3 size={16} aria-hidden="true" />
          {t('columns')}
        </summary>
        <div className={css.menuBody}>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              label={column.header}
              checked={table.getColumn(column.id)?.getIsVisible() ?? true}
              onChange={(event) =>
                table.getColumn(column.id)?.toggleVisibility(event.currentTarget.checked)
              }
            />
          ))}
        </div>
      </details>
      <Button
        small
        icon={<Download size={16} aria-hidden="true" />}
        onClick={() => downloadCsv(name, exported(table, columns))}
      >
        {t('export')}
      </Button>
    </div>
  )
}

function exported<Row>(table: TableOf<Row>, columns: readonly DataColumn<Row>[]) {
  const rows = table.getSortedRowModel().rows.map((row) =>
    columns.map((column) => {
      const value = column.value(row.original)
      return value === null ? '' : column.words ? column.words(value) : value
    }),
  )
  return [columns.map((column) => column.header), ...rows]
}

function ChoiceFilter<Row>({ table, column }: { table: TableOf<Row>; column: DataColumn<Row> }) {
  const t = useTranslations('common.table')
  const values = new Set<string | number>()
  for (const row of table.getCoreRowModel().rows) {
    const value = column.value(row.original)
    if (value !== null) values.add(value)
  }
  const filter = table.getColumn(column.id)
  return (
    <select
      className={css.filter}
      aria-label={t('filter', { column: column.header })}
      value={String(filter?.getFilterValue() ?? '')}
      onChange={(event) => {
        filter?.setFilterValue(event.target.value || undefined)
        table.setPageIndex(0)
      }}
    >
      <option value="">{t('anyValue', { column: column.header })}</option>
      {[...values].map((value) => (
        <option key={value} value={value}>
          {column.words ? column.words(value) : value}
        </option>
      ))}
    </select>
  )
}

function pageOf(pageIndex: number, pages: number) {
  return { page: String(pageIndex + 1), pages: String(Math.max(1, pages)) }
}

/** Which page this is, how many rows there are, and the way to the others. */
export function DataTablePages<Row>({
  table,
  onMore,
}: {
  table: TableOf<Row>
  onMore: (() => void) | undefined
}) {
  const t = useTranslations('common.table')
  const more = useTranslations('common')('more')
  const { pageIndex, pageSize } = table.state.pagination
  const total = table.getFilteredRowModel().rows.length
  return (
    <div className={css.foot}>
      <span role="status">{t('rows', { count: total })}</span>
      {onMore ? (
        <Button small look="quiet" onClick={onMore}>
          {more}
        </Button>
      ) : null}
      <span className={css.pages}>
        <select
          className={css.filter}
          aria-label={t('pageSize')}
          value={pageSize}
          onChange={(event) => table.setPageSize(Number(event.target.value))}
        >
          {[...new Set([...PAGE_SIZES, pageSize])]
            .sort((a, b) => a - b)
            .map((size) => (
              <option key={size}>{size}</option>
            ))}
        </select>
        <IconButton
          label={t('previous')}
          disabled={!table.getCanPreviousPage()}
          onClick={() => table.previousPage()}
        >
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        {t('page', pageOf(pageIndex, table.getPageCount()))}
        <IconButton
          label={t('next')}
          disabled={!table.getCanNextPage()}
          onClick={() => table.nextPage()}
        >
          <ChevronRight aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  )
}
