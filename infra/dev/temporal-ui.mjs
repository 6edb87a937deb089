// The Temporal UI on this machine, before which this stands: the development server cannot be told that its pages may send the cookie of the
// sign-in to the codec server (TEMPORAL_CODEC_INCLUDE_CREDENTIALS of the UI's own image) nor what to say to whoever may not read, so its settings
// are completed on the way. It also asks nobody outside for news.
import { createServer, request } from 'node:http'

const SETTINGS = '/api/v1/settings'

/** Passes everything on to the UI behind it; `webUrl`: where one signs in. Resolves when it listens. */
export async function startTemporalUi({ port, behind, webUrl }) {
  const server = createServer((asked, answer) => {
    const isSettings = asked.url.split('?')[0] === SETTINGS
    const headers = { ...asked.headers, ...(isSettings && { 'accept-encoding': 'identity' }) }
    const onward = request({ host: '127.0.0.1', port: behind, method: asked.method, path: asked.url, headers }, (given) => {
      if (isSettings && given.statusCode === 200) return void complete(given, answer, webUrl)
      answer.writeHead(given.statusCode, given.headers)
      given.pipe(answer)
    })
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()))
    answer.on('close', () => onward.destroy())
    asked.pipe(onward)
  })
  await new Promise((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', ready))
  return { close: () => new Promise((closed) => (server.close(closed), server.closeAllConnections())) }
}

async function complete(given, answer, webUrl) {
  try {
    const parts = []
    for await (const part of given) parts.push(part)
    const settings = JSON.parse(Buffer.concat(parts).toString('utf8'))
    const says = { DefaultErrorMessage: 'Sign in to Tirek as an administrator to see what is sealed.', DefaultErrorLink: webUrl }
    const codec = { ...settings.Codec, IncludeCredentials: true, ...says }
    const body = Buffer.from(JSON.stringify({ ...settings, DisableNewsFetch: true, Codec: codec }))
    const { 'content-length': _, 'transfer-encoding': __, ...headers } = given.headers
    answer.writeHead(200, { ...headers, 'content-length': body.length }).end(body)
  } catch {
    answer.writeHead(502).end()
  }
}
