import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { systemOf } from './system.ts'

const RELAY = `# HELP tirek_outbox_oldest_ms Age of the oldest row that is due
# TYPE tirek_outbox_oldest_ms gauge
tirek_outbox_oldest_ms{service="relay"} 61000
tirek_outbox_rows{service="relay"} 4
tirek_deadlines_overdue{service="relay"} Nan
tirek_queue_workers{queue="cases",type="activity",service="relay"} 1
tirek_queue_workers{queue="urgent",type="workflow",service="relay"} 0
tirek_queue_poll_age_seconds{queue="cases",type="activity",service="relay"} 3.5
`
const LETTERS = `tirek_letters_oldest_unsent_seconds{lane="urgent",service="notifications"} 12
tirek_letters_oldest_unsent_seconds{lane="ordinary",service="notifications"} 700
tirek_letters{state="bounced",service="notifications"} 2
`

test('each process tells how it is; figures are those of their /metrics, and what is not told is not known', async () => {
  const answers: Record<string, [number, string]> = {
    '/relay/health': [503, '{"status":"unwell","parts":{"database":"ok","temporal":"away"}}'],
    '/relay/metrics': [200, RELAY],
    '/notifications/health': [200, '{"status":"ok","parts":{"database":"ok"},"beside":{"mail":"absent"}}'],
    '/notifications/metrics': [200, LETTERS],
    '/cases/health': [502, '<html>a gateway</html>'],
    '/cases/metrics': [404, ''],
  }
  const server = createServer(({ url }, response) => {
    const [status, body] = answers[url!]!
    response.writeHead(status).end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const at = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}/health`
  try {
    const found = await systemOf({
      relay: at('relay'),
      notifications: at('notifications'),
      cases: at('cases'),
      worker: 'http://127.0.0.1:9/health',
    })
    expect(found.processes).toEqual([
      { name: 'relay', state: 'unwell', parts: { database: 'ok', temporal: 'away' } },
      { name: 'notifications', state: 'ok', parts: { database: 'ok', mail: 'absent' } },
      { name: 'cases', state: 'away', parts: {} },
      { name: 'worker', state: 'away', parts: {} },
    ])
    expect(found.figures).toEqual({ relayOldestMs: 61_000, relayRows: 4, urgentLetterSeconds: 12, letterSeconds: 700, lettersBounced: 2 })
    expect(found.queues).toEqual([
      { queue: 'cases', type: 'activity', workers: 1, seconds: 3.5 },
      { queue: 'urgent', type: 'workflow', workers: 0 },
    ])
  } finally {
    server.close()
  }
})
