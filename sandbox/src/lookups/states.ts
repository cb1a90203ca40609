import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { chainById } from '../catalogue.ts'
import type { SandboxEnv } from '../env.ts'
import type { IssuedReceipt } from '../receipts/receipt.ts'
import { answerAs } from './answering.ts'
import { journalOf } from './journal.ts'
import {
  HOURS_AHEAD,
  iicOf,
  instantOf,
  invoiceNumberOf,
  keyOfIic,
  keyOfOkp,
  keyOfReceiptId,
  keyOfSign,
  okpOf,
  readTaxCore,
  receiptIdOf,
  signOf,
  taxNumberOf,
  tillOf,
} from './numbers.ts'

/** The look-ups of states and operators outside Russia, on the paths of their own protocols. */
export const stateRoutes = new Hono<{ Bindings: SandboxEnv }>()

type TwinContext = Context<{ Bindings: SandboxEnv }>

const units = (minor: number) => minor / 100
const legalName = ({ chainId }: IssuedReceipt) => chainById(chainId)?.legalName ?? ''

const EkasaQuestion = z.union([
  z.strictObject({ receiptId: z.string().regex(/^O-[0-9A-F]{32}$/) }),
  z.strictObject({
    okp: z.string().regex(/^[0-9A-F]{8}(?:-[0-9A-F]{8}){4}$/),
    cashRegisterCode: z.string(),
    receiptNumber: z.int(),
    totalAmount: z.string(),
    issueDateFormatted: z.string(),
  }),
])

stateRoutes.post('/mdu/api/v1/opd/receipt/find', async (c) => {
  const parsed = EkasaQuestion.safeParse(await c.req.json().catch(() => null))
  if (!parsed.success) return c.json({ returnValue: -1 }, 400)
  const asked = parsed.data
  return answerAs(c, {
    switchKey: 'lookup',
    key: 'receiptId' in asked ? keyOfReceiptId(asked.receiptId) : keyOfOkp(asked.okp),
    fits: ({ scan }) =>
      'receiptId' in asked ||
      (asked.receiptNumber === scan.i &&
        Number(asked.totalAmount) === units(scan.totalMinor) &&
        asked.issueDateFormatted === slovakTime(scan.time)),
    found: (paper) => ({
      returnValue: 0,
      receipt: ekasaReceipt(paper),
      searchIdentification: null,
    }),
    absent: () => c.json({ returnValue: 1, receipt: null, searchIdentification: null }),
  })
})

function slovakTime(time: string): string {
  return `${time.replace(/^(\d{4})-(\d{2})-(\d{2})T(.*)$/, '$3.$2.$1 $4')}:00`
}

function ekasaReceipt(paper: IssuedReceipt) {
  const { scan } = paper
  return {
    receiptId: receiptIdOf(scan),
    okp: okpOf(scan),
    ico: scan.fn.slice(-8),
    dic: `20${scan.fn.slice(-8)}`,
    cashRegisterCode: scan.fn,
    issueDate: slovakTime(scan.time),
    receiptNumber: scan.i,
    type: 'PD',
    totalPrice: units(scan.totalMinor),
    items: paper.lines.map((line) => ({
      name: line.name,
      itemType: 'K',
      quantity: line.quantityMilli / 1_000,
      vatRate: line.vatPercent,
      price: units(line.sumMinor),
    })),
    organization: { name: legalName(paper), streetName: '', municipality: paper.storeAddress },
    unit: { name: paper.storeName, streetName: '', municipality: paper.storeAddress },
  }
}

for (const [path, country] of [
  ['/ic/api/verifyInvoice', 'me'],
  ['/invoice-check/api/verifyInvoice', 'al'],
] as const) {
  stateRoutes.post(path, (c) => verifyInvoice(c, country))
}

async function verifyInvoice(c: TwinContext, country: 'me' | 'al'): Promise<Response> {
  const { iic = '', tin, dateTimeCreated = '' } = await c.req.parseBody()
  const written = String(dateTimeCreated).replace(/[+ ](?=\d{2}:\d{2}$)/, '+')
  return answerAs(c, {
    switchKey: 'lookup',
    key: /^[0-9A-F]{32}$/i.test(String(iic)) ? keyOfIic(String(iic)) : null,
    fits: ({ scan }) =>
      tin === taxNumberOf(country, scan) && Date.parse(written) === instantOf(scan, country),
    found: (paper) => {
      const idNum = taxNumberOf(country, paper.scan)
      return {
        iic: iicOf(paper.scan),
        totalPrice: units(paper.scan.totalMinor),
        invoiceOrderNumber: paper.scan.i,
        cashRegister: paper.tillRegistration,
        issuerTaxNumber: idNum,
        dateTimeCreated: `${paper.scan.time}:00.000+0${HOURS_AHEAD[country]}00`,
        seller: {
          idType: 'TIN',
          idNum,
          name: legalName(paper),
          address: paper.storeAddress,
          town: '',
        },
        items: paper.lines.map((line) => ({
          name: line.name,
          code: line.gtin ?? '',
          quantity: line.quantityMilli / 1_000,
          unitPriceAfterVat: units(line.priceMinor),
          priceAfterVat: units(line.sumMinor),
        })),
      }
    },
    absent: () => new Response(''),
  })
}

stateRoutes.get('/tax-web-control/client/api/v1/ticket', async (c) => {
  const asked = c.req.query()
  return answerAs(c, {
    switchKey: 'lookup',
    key: { fn: asked.fn_number ?? '', i: Number(asked.fd_number), fp: Number(asked.fm) },
    fits: ({ scan }) =>
      asked.tin === taxNumberOf('kg', scan) && Number(asked.sum) === scan.totalMinor,
    found: (paper) => ({
      dateTime: new Date(instantOf(paper.scan, 'kg')).toISOString().replace('.000', ''),
      tin: taxNumberOf('kg', paper.scan),
      fnSerialNumber: paper.scan.fn,
      crRegisterNumber: tillOf(paper.scan),
      fdNumber: paper.scan.i,
      documentFiscalMark: String(paper.scan.fp),
      crData: { locationName: paper.storeName, locationAddress: paper.storeAddress },
      ticketTotalSum: paper.scan.totalMinor,
      operationType: paper.scan.kind,
      items: paper.lines.map((line) => ({
        goodName: line.name,
        goodPrice: line.priceMinor,
        goodQuantity: line.quantityMilli / 1_000,
        goodCost: line.sumMinor,
      })),
    }),
    absent: () => c.json({ message: 'Чек не найден' }, 404),
  })
})

stateRoutes.get('/api/tickets/get-by-url', async (c) => {
  const { i = '', f = '', s, t } = c.req.query()
  return answerAs(c, {
    switchKey: 'lookup',
    key: keyOfSign(f, i),
    fits: ({ scan }) =>
      Number(s) === units(scan.totalMinor) && t === `${scan.time.replace(/[-:]/g, '')}00`,
    found: (paper) => ({
      orgTitle: legalName(paper),
      orgId: `0808${paper.scan.fn.slice(-8)}`,
      retailPlaceAddress: paper.storeAddress,
      kkmFnsId: tillOf(paper.scan),
      ticket: {
        fiscalId: signOf(paper.scan),
        operationType: paper.scan.kind === 2 ? 3 : 2,
        totalSum: units(paper.scan.totalMinor),
        transactionDate: `${paper.scan.time}:00`,
        items: paper.lines.map((line) => ({
          commodity: {
            name: line.name,
            barcode: line.gtin,
            quantity: line.quantityMilli / 1_000,
            price: units(line.priceMinor),
            sum: units(line.sumMinor),
          },
        })),
      },
    }),
    absent: () => c.json({ message: 'ticket.not.found.error' }, 404),
  })
})

stateRoutes.get('/v/', async (c) => {
  const record = readTaxCore(c.req.query('vl') ?? '')
  return answerAs(c, {
    switchKey: 'lookup',
    key: record,
    fits: ({ scan }) =>
      record?.totalMinor === scan.totalMinor && record.at === instantOf(scan, 'rs'),
    found: (paper) => ({
      invoiceRequest: {
        taxId: `1${paper.scan.fn.slice(-8)}`,
        businessName: legalName(paper),
        locationName: paper.storeName,
        address: paper.storeAddress,
        city: '',
      },
      invoiceResult: {
        totalAmount: units(paper.scan.totalMinor),
        invoiceNumber: invoiceNumberOf(paper.scan),
        sdcTime: new Date(instantOf(paper.scan, 'rs')).toISOString(),
      },
      journal: journalOf(paper),
      isValid: true,
    }),
    absent: () => c.json({ isValid: true, invoiceRequest: null, invoiceResult: null, journal: '' }),
  })
})
