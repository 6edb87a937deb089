import { expect, test } from 'vitest'
import { healthUrls, ownerOf } from './settings.ts'

test.each([
  ['/api/cases', 'cases'],
  ['/api/cases/1/acts/contact-made', 'cases'],
  ['/api/worklist', 'cases'],
  ['/api/hand-overs', 'cases'],
  ['/api/break-glass/1/review', 'cases'],
  ['/api/people', 'directory'],
  ['/api/me', 'directory'],
  ['/api/notices/1/read', 'notifications'],
  ['/api/referrals/1/files/2', 'referrals'],
  ['/api/casesx', undefined],
  ['/api/internal', undefined],
  ['/internal/notices', undefined],
  ['/api/cases/../../internal/notices', undefined],
  ['/api/cases%2f..%2finternal', undefined],
  ['/api//cases', undefined],
  ['/api/toString', undefined],
  ['/api/__proto__', undefined],
])('%s belongs to %s', (path, owner) => {
  expect(ownerOf(path)).toBe(owner)
})

test('the health of all parts is asked at the ports of the block, or where the settings say', () => {
  const config = { CASES_URL: 'http://c:1/', DIRECTORY_URL: 'http://d:2', NOTIFICATIONS_URL: 'http://n:3', ISSUER_URL: 'http://i' }
  expect(healthUrls(config, { PORT_BASE: '4000' })).toMatchObject({
    cases: 'http://c:1/health',
    worker: 'http://127.0.0.1:4005/health',
    watchdog: 'http://127.0.0.1:4008/health',
    relay: 'http://127.0.0.1:4009/health',
  })
  expect(healthUrls(config, { PORT_BASE: '4000', HEALTH_PARTS: 'worker=http://w/health' })).toEqual({
    cases: 'http://c:1/health',
    directory: 'http://d:2/health',
    notifications: 'http://n:3/health',
    worker: 'http://w/health',
  })
})
