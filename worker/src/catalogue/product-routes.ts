import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import { pageOf } from '#schema/page'
import { Product, ProductDraft, ProductImport, ProductImportResult } from '#schema/partner'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts } from '../partners/ports.ts'
import {
  ANY_ROLE,
  EDITORS,
  OfPartner,
  published,
  SearchPageQuery,
  SearchText,
} from '../partners/route-parts.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import { importProducts } from './product-import.d1.ts'
import { addProduct, changeProduct, listBrands, listProducts } from './products.d1.ts'

const tags = ['Products']
const PRODUCTS = '/v1/partners/{partnerId}/products'
const ProductChange = ProductDraft.partial().extend({ archived: z.boolean().optional() })

/** 500 rows of a few hundred characters each. */
const IMPORT_BYTES_MAX = 1_000_000

const list = defineRoute({
  method: 'get',
  path: PRODUCTS,
  access: ANY_ROLE,
  tags,
  summary: "The partner's products, the newest first",
  request: { params: OfPartner, query: SearchPageQuery },
  responses: answer(200, pageOf(Product)),
})

const add = defineRoute({
  method: 'post',
  path: PRODUCTS,
  access: EDITORS,
  tags,
  summary: 'Add a product',
  request: { params: OfPartner, ...jsonBody(ProductDraft) },
  responses: answer(201, Product),
})

const change = defineRoute({
  method: 'patch',
  path: '/v1/partners/{partnerId}/products/{productId}',
  access: EDITORS,
  tags,
  summary: 'Change, archive or restore a product',
  request: {
    params: z.object({ partnerId: idOf('partner'), productId: idOf('product') }),
    ...jsonBody(ProductChange),
  },
  responses: answer(200, Product),
})

const importRows = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/products/import',
  access: EDITORS,
  bodyBytesMax: IMPORT_BYTES_MAX,
  tags,
  summary: 'Import one batch of rows; a dry run answers the same errors and writes nothing',
  request: { params: OfPartner, ...jsonBody(ProductImport) },
  responses: answer(200, ProductImportResult),
})

const catalogue = defineRoute({
  method: 'get',
  path: '/v1/catalogue/products',
  access: [ANY_ROLE, { operator: ['admin', 'support'] }],
  tags,
  summary: 'Products of the whole network',
  request: { query: SearchPageQuery },
  responses: answer(200, pageOf(Product)),
})

const brands = defineRoute({
  method: 'get',
  path: '/v1/catalogue/brands',
  access: ANY_ROLE,
  tags,
  summary: 'Brands of the whole network',
  request: { query: z.strictObject({ q: SearchText }) },
  responses: answer(200, z.object({ items: z.array(z.string()) })),
})

/** `/v1/partners/{partnerId}/products…`, `/v1/catalogue/…` */
export function productRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(list, async (c) => {
      const { q, ...page } = c.req.valid('query')
      const { partnerId } = c.req.valid('param')
      return c.json(await listProducts(db, { partnerId, q }, pageStart(page, 2)), 200)
    })
    .openapi(add, async (c) => {
      const { partnerId } = c.req.valid('param')
      const doer = doerOf(c)
      const edit = addProduct(db, partnerId, c.req.valid('json'), ports.random(20), doer)
      return c.json(await published(ports, doer, edit), 201)
    })
    .openapi(change, async (c) => {
      const { partnerId, productId } = c.req.valid('param')
      const doer = doerOf(c)
      const edit = changeProduct(db, partnerId, productId, c.req.valid('json'), doer)
      return c.json(await published(ports, doer, edit), 200)
    })
    .openapi(importRows, async (c) => {
      const { partnerId } = c.req.valid('param')
      const batch = c.req.valid('json')
      const doer = doerOf(c)
      const work = importProducts(ports, partnerId, batch, doer)
      return c.json(await (batch.dryRun ? work : published(ports, doer, work)), 200)
    })
    .openapi(catalogue, async (c) => {
      const { q, ...page } = c.req.valid('query')
      return c.json(await listProducts(db, { partnerId: null, q }, pageStart(page, 2)), 200)
    })
    .openapi(brands, async (c) => {
      return c.json({ items: await listBrands(db, c.req.valid('query').q) }, 200)
    })
}
