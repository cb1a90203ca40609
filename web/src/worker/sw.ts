/// <reference lib="webworker" />
import { ExpirationPlugin, NetworkFirst, NetworkOnly, type PrecacheEntry, Serwist } from 'serwist'
import { QUEUE_SYNC_TAG } from '../shop/scan/device-store.ts'
import { flushAll } from '../shop/scan/flush.ts'

declare const self: ServiceWorkerGlobalScope & { __SW_MANIFEST: (PrecacheEntry | string)[] }

/** What a shopper may read without a connection: the last answer seen, replaced at every chance. */
const READABLE_OFFLINE = /^\/v1\/(me$|markets|offers|retailers|wallets?|receipts|payouts)/
const NETWORK_SECONDS_MAX = 5
const ANSWERS_MAX = 200

/** One address answers differently in each market. */
function keyOf({ url, headers }: Request): string {
  const market = headers.get('x-market')
  if (market === null) return url
  return `${url}${url.includes('?') ? '&' : '?'}x-market=${market}`
}

const serwist = new Serwist({
  precacheEntries: self.__SW_MANIFEST,
  precacheOptions: {
    // The pages are exported without data: the query never changes the document.
    ignoreURLParametersMatching: [/.*/],
  },
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ request, url, sameOrigin }) =>
        sameOrigin &&
        request.method === 'GET' &&
        READABLE_OFFLINE.test(url.pathname) &&
        !url.searchParams.has('after'),
      handler: new NetworkFirst({
        cacheName: 'api-seen',
        networkTimeoutSeconds: NETWORK_SECONDS_MAX,
        plugins: [
          { cacheKeyWillBeUsed: async ({ request }) => keyOf(request) },
          { cacheWillUpdate: async ({ response }) => (response.status === 200 ? response : null) },
          new ExpirationPlugin({ maxEntries: ANSWERS_MAX, maxAgeSeconds: 30 * 86_400 }),
        ],
      }),
    },
    {
      // Pages that are not kept, such as the partners': without a connection, the offline page.
      matcher: ({ request, sameOrigin }) => sameOrigin && request.mode === 'navigate',
      handler: new NetworkOnly(),
    },
  ],
  fallbacks: {
    entries: [{ url: '/offline', matcher: ({ request }) => request.destination === 'document' }],
  },
})

serwist.addEventListeners()

self.addEventListener('sync', (event: Event) => {
  if (!('tag' in event) || event.tag !== QUEUE_SYNC_TAG) return
  if (event instanceof ExtendableEvent) event.waitUntil(flushAll())
})

// A page that has just been opened asks for the newer version at once; one in use is left alone.
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})
