import book from '../../../schema/sql/cell/0001_book.sql'
import tasks from '../../../schema/sql/cell/0002_tasks.sql'
import cell from '../../../schema/sql/cell/0003_cell.sql'
import directory from '../../../schema/sql/cell/0004_directory.sql'
import budget from '../../../schema/sql/cell/0005_budget.sql'
import refusals from '../../../schema/sql/cell/0006_directory_refusals.sql'
import noCounters from '../../../schema/sql/cell/0007_no_counters.sql'
import byFingerprint from '../../../schema/sql/cell/0008_receipts_by_fingerprint.sql'
import photos from '../../../schema/sql/cell/0009_photos.sql'
import sales from '../../../schema/sql/cell/0010_receipt_sales.sql'
import purchases from '../../../schema/sql/cell/0011_directory_purchases.sql'
import reviews from '../../../schema/sql/cell/0012_reviews.sql'
import photoShots from '../../../schema/sql/cell/0013_photo_shots.sql'
import returns from '../../../schema/sql/cell/0014_returns.sql'
import identities from '../../../schema/sql/cell/0015_directory_identities.sql'
import photoCountries from '../../../schema/sql/cell/0016_photo_countries.sql'
import namedReturns from '../../../schema/sql/cell/0017_named_returns.sql'
import desk from '../../../schema/sql/cell/0018_desk.sql'
import photosOfWaiting from '../../../schema/sql/cell/0019_photos_of_waiting.sql'
import reviewCountries from '../../../schema/sql/cell/0020_review_countries.sql'
import moments from '../../../schema/sql/cell/0021_directory_moments.sql'
import type { Migration } from './sql-store.ts'

/** Which schema files each kind of object runs on, in order; the simulator reads the same files. */
const BOOK: Migration = { name: '0001_book', sql: book }
const TASKS: Migration = { name: '0002_tasks', sql: tasks }

export const CELL_MIGRATIONS = [
  BOOK,
  TASKS,
  { name: '0003_cell', sql: cell },
  { name: '0007_no_counters', sql: noCounters },
  { name: '0008_receipts_by_fingerprint', sql: byFingerprint },
  { name: '0009_photos', sql: photos },
  { name: '0010_receipt_sales', sql: sales },
  { name: '0012_reviews', sql: reviews },
  { name: '0013_photo_shots', sql: photoShots },
  { name: '0014_returns', sql: returns },
  { name: '0016_photo_countries', sql: photoCountries },
  { name: '0017_named_returns', sql: namedReturns },
  { name: '0018_desk', sql: desk },
  { name: '0019_photos_of_waiting', sql: photosOfWaiting },
  { name: '0020_review_countries', sql: reviewCountries },
]
export const DIRECTORY_MIGRATIONS = [
  { name: '0004_directory', sql: directory },
  { name: '0006_directory_refusals', sql: refusals },
  { name: '0011_directory_purchases', sql: purchases },
  { name: '0015_directory_identities', sql: identities },
  { name: '0021_directory_moments', sql: moments },
]
export const BUDGET_MIGRATIONS = [BOOK, { name: '0005_budget', sql: budget }]
export const PARTNER_BOOK_MIGRATIONS = [BOOK, TASKS]
