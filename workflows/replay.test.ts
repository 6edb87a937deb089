/** The replay gate: a workflow that is changed must still tell the stories of the histories that were recorded before. */
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { Worker, type ReplayResult } from '@temporalio/worker'
import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { bundleWorkflows } from './bundle.ts'

const HISTORIES = new URL('../test/histories/', import.meta.url)
type Saved = { name: string; json: string }

let saved: Saved[]
let workflowBundle: { code: string }
beforeAll(async () => {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json'))
  saved = await Promise.all(names.map(async (name) => ({ name, json: await readFile(new URL(name, HISTORIES), 'utf8') })))
  workflowBundle = await bundleWorkflows()
})

/** Replays and names each history with what went wrong. */
async function replay(histories: Saved[]): Promise<Record<string, string>> {
  const asked = histories.map(({ name, json }) => ({ workflowId: name, history: historyFromJSON(JSON.parse(json)) }))
  const results: Record<string, string> = {}
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, replayName: 'gate' }, asked))
    results[workflowId] = outcome(error)
  return results
}
const outcome = (error: ReplayResult['error']) => (error ? `${error.name}: ${error.message}` : 'same')

test('every recorded history is told the same way', async () => {
  expect(Object.keys(await replay(saved)).length).toBeGreaterThanOrEqual(12)
  expect(await replay(saved)).toEqual(Object.fromEntries(saved.map(({ name }) => [name, 'same'])))
})

test('all workflows, a failing activity, continue-as-new and an end are among them', () => {
  const all = saved.map(({ json }) => json).join('\n')
  for (const needed of [
    '"caseWorkflow"',
    '"urgentResponse"',
    '"meetingWorkflow"',
    'WORKFLOW_EXECUTION_CONTINUED_AS_NEW',
    'ACTIVITY_TASK_FAILED',
    'TIMER_FIRED',
    'TIMER_CANCELED',
    'WORKFLOW_EXECUTION_COMPLETED',
  ])
    expect(all).toContain(needed)
})

test('the gate is awake: another activity, a timer left out and another workflow are all caught', async () => {
  const kept = saved.find(({ name }) => name === 'hour-kept.json')!.json
  const events = (json: string) => JSON.parse(json) as { events: { eventType: string }[] }
  const withoutTimer = events(kept)
  const from = withoutTimer.events.findIndex(({ eventType }) => eventType === 'EVENT_TYPE_TIMER_STARTED')
  withoutTimer.events[from] = { ...withoutTimer.events[from], eventType: 'EVENT_TYPE_MARKER_RECORDED' }
  const bad = {
    'another activity': kept.replaceAll('"takeSteps"', '"takeOneStep"'),
    'a timer left out': JSON.stringify(withoutTimer),
    'another workflow': kept.replace('"urgentResponse"', '"caseWorkflow"'),
  }
  const results = await replay(Object.entries(bad).map(([name, json]) => ({ name, json })))
  for (const name of Object.keys(bad)) expect(results[name]).toMatch(/Determinism|Nondeterminism|nondeterm/i)
})
