// Shows notices of the hour while no page is open, and keeps the built files of the pages. It never keeps an answer of the services.
const KEPT = 'built-files'

self.addEventListener('install', (event) => {
  // What is nothing to this worker does not wait for it, where the browser can be told so.
  for (const pathname of ['/api/*', '/auth/*'])
    void event.addRoutes?.({ condition: { urlPattern: { pathname } }, source: 'network' }).catch(() => {})
  return self.skipWaiting()
})
self.addEventListener('activate', (event) =>
  // A page is asked for while this worker is still being woken.
  event.waitUntil(Promise.all([self.registration.navigationPreload?.enable(), self.clients.claim()])),
)

self.addEventListener('push', (event) => {
  const { title, case: number, link } = event.data.json()
  event.waitUntil(
    self.registration.showNotification(title, { body: number, tag: link, renotify: true, icon: '/icon-192.png', data: { link } }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const link = new URL(event.notification.data.link)
  // Whatever was pushed, only pages of this address are opened.
  const page = link.origin === self.location.origin ? link.href : '/'
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then(async (open) => {
      const [one] = open
      if (!one) return self.clients.openWindow(page)
      await one.focus()
      return one.navigate(page)
    }),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  // Built files carry the hash of their content in their name: what is kept is never old.
  if (url.pathname.startsWith('/assets/')) return event.respondWith(kept(event))
  const isPage = request.mode === 'navigate' && !/^\/(api|auth|codec|l|internal|health|metrics)(\/|$)/.test(url.pathname)
  if (isPage) shell(event)
})

async function kept(event) {
  const cache = await caches.open(KEPT)
  const known = await cache.match(event.request)
  if (known) return known
  const answer = await fetch(event.request)
  // Read while it is kept.
  if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()))
  return answer
}

/** Every page is the same file, which names the built ones. From the server where there is one. */
function shell(event) {
  const answer = Promise.resolve(event.preloadResponse).then((begun) => begun ?? fetch(event.request))
  event.respondWith(
    answer.catch(async (error) => {
      const known = await (await caches.open(KEPT)).match('/')
      if (known) return known
      throw error
    }),
  )
  event.waitUntil(answer.then((page) => keepShell(page.clone())).catch(() => {}))
}

async function keepShell(page) {
  if (!page.ok || page.redirected) return
  const cache = await caches.open(KEPT)
  const html = await page.clone().text()
  await cache.put('/', page)
  // Of former versions nothing is needed that this one does not name, but what it loads later is kept again.
  const old = await cache.keys()
  if (old.length > 200) await Promise.all(old.filter(({ url }) => !html.includes(new URL(url).pathname)).map((one) => cache.delete(one)))
}
