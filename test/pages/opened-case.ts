/** A case of one's own for a test of the pages: a call of a minute ago, of medium risk, taken by timur. */
import { expect } from 'vitest'
import type { RunningSystem } from '../world/running.ts'

/** `more`: of the form, in place of what stands here. Returns the summary of the case. */
export async function openedCase(
  system: RunningSystem,
  name: string,
  more: { child?: Record<string, string>; [field: string]: unknown } = {},
): Promise<{ id: string; number: string; version: number }> {
  const { child, ...form } = more
  const { status, body } = await system.insist('timur', 'POST', '/api/cases', {
    child: { name, birthDate: '2024-02-02', sex: 'female', ...child },
    asker: { notNamed: true },
    ground: 'слова соседки',
    channel: 'phone',
    source: 'public',
    reportedAt: new Date(Date.now() - 60_000).toISOString(),
    criteria: ['M1'],
    level: 'medium',
    anotherChild: true,
    ...form,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.summary
}
