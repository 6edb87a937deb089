// Shows notices of the hour while no page is open, and keeps the built files of the pages. It never keeps an answer of the services.
const KEPT = 'built-files'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

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
  if (url.pathname.startsWith('/assets/')) return event.respondWith(kept(request))
  const isPage = request.mode === 'navigate' && !/^\/(api|auth|codec|l|internal|health|metrics)(\/|$)/.test(url.pathname)
  if (isPage) event.respondWith(shell(request))
})

async function kept(request) {
  const cache = await caches.open(KEPT)
  const known = await cache.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

/** Every page is the same file, which names the built ones. From the server where there is one. */
async function shell(request) {
  const cache = await caches.open(KEPT)
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.redirected) {
      const html = await answer.clone().text()
      await cache.put('/', answer.clone())
      // Of former versions nothing is needed that this one does not name, but what it loads later is kept again.
      const old = await cache.keys()
      if (old.length > 200)
        await Promise.all(old.filter(({ url }) => !html.includes(new URL(url).pathname)).map((one) => cache.delete(one)))
    }
    return answer
  } catch (error) {
    const known = await cache.match('/')
    if (known) return known
    throw error
  }
}
