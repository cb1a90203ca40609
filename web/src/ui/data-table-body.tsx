import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import css from './data-table.module.css'
import type { DataColumn, TableOf } from './data-table-model.ts'

interface BodyProps<Row> {
  table: TableOf<Row>
  columns: readonly DataColumn<Row>[]
  name: string
  onOpen: ((row: Row) => void) | undefined
  words: { empty: string; keys: string }
}

/** Head and rows. Arrows, Home and End move the focus between rows; Enter and Space open one. */
export function DataTableBody<Row>({ table, columns, name, onOpen, words }: BodyProps<Row>) {
  const shown = table.getVisibleLeafColumns()
  const byId = new Map(columns.map((column) => [column.id, column]))
  const rows = table.getRowModel().rows
  return (
    <table className={css.table}>
      <caption className="visually-hidden">
        {name}. {onOpen ? words.keys : ''}
      </caption>
      <DataTableHead table={table} byId={byId} />
      <tbody>
        {rows.map((row, index) => (
          <tr
            key={row.id}
            className={onOpen ? css.row : undefined}
            tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
            onClick={onOpen ? () => onOpen(row.original) : undefined}
            onKeyDown={onOpen ? (event) => onRowKey(event, () => onOpen(row.original)) : undefined}
          >
            {shown.map((column) => {
              const definition = byId.get(column.id)
              if (!definition) return null
              return (
                <td key={column.id} className={definition.align === 'end' ? css.end : undefined}>
                  {definition.cell?.(row.original) ?? plain(definition, row.original)}
                </td>
              )
            })}
          </tr>
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={shown.length} className={css.empty}>
              {words.empty}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  )
}

function plain<Row>(column: DataColumn<Row>, row: Row): string {
  const value = column.value(row)
  if (value === null) return '—'
  return column.words ? column.words(value) : String(value)
}

function DataTableHead<Row>({
  table,
  byId,
}: {
  table: TableOf<Row>
  byId: Map<string, DataColumn<Row>>
}) {
  return (
    <thead>
      <tr>
        {table.getVisibleLeafColumns().map((column) => {
          const definition = byId.get(column.id)
          const sorted = column.getIsSorted()
          const order = sorted === 'asc' ? 'ascending' : sorted ? 'descending' : 'none'
          return (
            <th
              key={column.id}
              scope="col"
              className={definition?.align === 'end' ? css.end : undefined}
              aria-sort={column.getCanSort() ? order : undefined}
            >
              {column.getCanSort() ? (
                <button type="button" className={css.sort} onClick={() => column.toggleSorting()}>
                  {definition?.header}
                  <SortIcon sorted={sorted} />
                </button>
              ) : (
                <span className={css.plain}>{definition?.header}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SortIcon({ sorted }: { sorted: false | 'asc' | 'desc' }) {
  if (sorted === 'asc') return <ArrowUp aria-hidden="true" />
  if (sorted === 'desc') return <ArrowDown aria-hidden="true" />
  return <ChevronsUpDown aria-hidden="true" opacity={0.5} />
}

function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void) {
  if (event.target !== event.currentTarget) return
  const row = event.currentTarget
  const siblings = row.parentElement?.children
  const moves: Record<string, Element | null | undefined> = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: siblings?.[0],
    End: siblings?.[siblings.length - 1],
  }
  if (event.key in moves) {
    event.preventDefault()
    const next = moves[event.key]
    if (next instanceof HTMLElement) next.focus()
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    open()
  }
}
