/**
 * Records the histories that the replay gate replays: `npm run histories`. Real runs on a real server; a report time in the past
 * brings the steps near, so nobody waits. Record anew when a story is added, never to make a red gate green.
 */
import { dayOf, addDays } from '@tirek/procedure/time'
import { ApplicationFailure } from '@temporalio/common'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import type { MeetingFacts } from '@tirek/procedure/meetings/facts'
import type { ReferralFacts } from '@tirek/procedure/referrals/facts'
import { caseWorkflowId, urgentWorkflowId } from '@tirek/workflows/messages'
import { days, minutes } from '@tirek/workflows/testing/words'
import { World, type CaseFile } from '@tirek/workflows/testing/world'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../', import.meta.url)

const world = await World.real()
const seconds = (n: number) => n * 1_000
const letPass = async (milliseconds: number) => world.until((await world.now()) + milliseconds)
const started = Date.now()
const today = dayOf(started)
const high = (reportedAt: number) => ({ criteria: ['H1'], level: 'high', takenByOther: false, oneOffHelp: false, reportedAt }) as const

async function reported(ago: number): Promise<CaseFile> {
  const child = world.newCase()
  const receivedAt = Date.now() - ago
  await child.saved('help-request-registered', high(receivedAt), receivedAt)
  await child.tell('help-request-registered')
  await child.startHour(0)
  return child
}

async function takenOver(planDaysAgo: number): Promise<CaseFile> {
  const child = world.newCase()
  const planDay = addDays(today, -planDaysAgo)
  await child.saved('taken-over-from-paper', {
    stage: 'implementation',
    level: 'medium',
    registeredDay: addDays(planDay, -30),
    assessmentDecidedDay: addDays(planDay, -28),
    assessmentFinishedDay: addDays(planDay, -3),
    placement: 'with-parents',
    placementSince: addDays(planDay, -300),
    planDay,
  }, Date.now() - days(planDaysAgo - 1))
  await child.tell('taken-over-from-paper')
  return child
}

/** Writes every run of a workflow: `<name>.json`, `<name>.2.json`… */
async function save(name: string, workflowId: string): Promise<void> {
  let handle = world.client.workflow.getHandle(workflowId, await firstRun(workflowId))
  for (let run = 1; ; run++) {
    const history = await handle.fetchHistory()
    const file = new URL(`./${name}${run > 1 ? `.${run}` : ''}.json`, import.meta.url)
    // Stack traces of failures name this machine's folders; a replay reads none of them.
    const text = historyToJSON(history).replaceAll(ROOT.href, '').replaceAll(fileURLToPath(ROOT), '')
    await writeFile(file, `${JSON.stringify(JSON.parse(text), undefined, 1)}\n`)
    const next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId
    if (!next) return
    handle = world.client.workflow.getHandle(workflowId, next)
  }
}

async function firstRun(workflowId: string): Promise<string | undefined> {
  const { raw } = await world.client.workflow.getHandle(workflowId).describe()
  return raw.workflowExecutionInfo?.firstRunId ?? undefined
}

/** A meeting called ten days ago that begins in so many ms. */
const calledTenDaysAgo = (startsIn: number): Omit<MeetingFacts, 'version'> => {
  const since = Date.now() - days(10)
  const invitees = [0, 1, 2].map((n) => ({ id: randomUUID(), needed: n === 0, askedAt: since, reach: n === 2 ? ('phone' as const) : ('mail' as const) }))
  const startsAt = Date.now() + startsIn
  return { kind: 'interagency', state: 'called', calendar: CURRENT_CALENDAR, since, startsAt, endsAt: startsAt + seconds(2), sequence: 0, invitees }
}

/** A referral sent so long ago, whose answer is awaited in so many days. */
const sentBefore = (ago: number, dueIn: number): Omit<ReferralFacts, 'version'> => {
  const sentAt = Date.now() - ago
  return {
    ...{ body: 'commission', state: 'sent', calendar: CURRENT_CALENDAR, preparedAt: sentAt - minutes(60), since: sentAt, sendings: 1, answers: 0, isNobodySet: false },
    ...{ delivery: { reach: 'mail', state: 'delivered', since: sentAt }, dueDay: addDays(today, dueIn), isFollowed: false, placement: 'none' },
  }
}

const stories: Record<string, () => Promise<string>> = {
  async 'meeting-to-its-protocol'() {
    const meeting = world.newMeeting()
    const called = calledTenDaysAgo(seconds(4))
    await meeting.told(called)
    await letPass(seconds(2))
    const answer = { answer: 'accepted' as const, at: Date.now() }
    await meeting.told({ ...called, invitees: called.invitees.map((one) => ({ ...one, answer })) })
    await letPass(seconds(7))
    const held = { ...called, state: 'held' as const, heldAt: called.startsAt }
    await meeting.told(held)
    const approvedAt = Date.now()
    const sent = (state: 'waiting' | 'failed' | 'delivered') => ({
      ...held,
      protocol: { approvedAt, version: 1, recipients: called.invitees.map(({ id, reach }) => ({ id, reach, state, since: approvedAt })) },
    })
    await meeting.told(sent('waiting'))
    await letPass(seconds(2))
    await meeting.told(sent('failed'))
    await letPass(seconds(2))
    await meeting.told(sent('delivered'))
    await letPass(seconds(2))
    return meeting.workflowId
  },
  async 'meeting-moved-in-trouble'() {
    const meeting = world.newMeeting()
    let left = 2
    world.meetings.failures.set(meeting.id, () => (left-- > 0 ? ApplicationFailure.nonRetryable('away', 'RecordAway') : undefined))
    const called = calledTenDaysAgo(days(1))
    await meeting.told(called)
    await letPass(seconds(40))
    await meeting.told({ ...called, sequence: 1, startsAt: called.startsAt + days(7), endsAt: called.endsAt + days(7) })
    await letPass(seconds(2))
    await meeting.told({ ...called, sequence: 2, state: 'cancelled' })
    await letPass(seconds(2))
    return meeting.workflowId
  },
  async 'meeting-long'() {
    const meeting = world.newMeeting()
    const called = calledTenDaysAgo(days(20))
    for (let n = 0; n < 60; n++) await meeting.told(called)
    await letPass(seconds(2))
    return meeting.workflowId
  },
  async 'referral-to-its-decision'() {
    const referral = world.newReferral()
    const sent = sentBefore(days(12), 3)
    await referral.told({ ...sent, state: 'prepared', sendings: 0, isNobodySet: true, delivery: undefined })
    await letPass(seconds(2))
    await referral.told(sent)
    await letPass(seconds(2))
    await referral.told({ ...sent, delivery: { reach: 'mail', state: 'failed', since: Date.now() } })
    await letPass(seconds(2))
    await referral.told({ ...sent, state: 'more-asked-for', answers: 1, answeredBy: 'link', since: Date.now() })
    await letPass(seconds(2))
    await referral.told({ ...sent, state: 'postponed', sendings: 2, answers: 2, answeredBy: 'link', since: Date.now(), dueDay: addDays(today, 30) })
    await letPass(seconds(2))
    await referral.told({ ...sent, state: 'decided', sendings: 2, answers: 3, answeredBy: 'link', since: Date.now(), placement: 'waiting' })
    await letPass(seconds(2))
    await referral.told({ ...sent, state: 'decided', sendings: 2, answers: 3, answeredBy: 'link', since: Date.now(), placement: 'recorded' })
    await letPass(seconds(1))
    return referral.workflowId
  },
  async 'referral-in-trouble'() {
    const referral = world.newReferral()
    let left = 2
    world.referrals.failures.set(referral.id, () => (left-- > 0 ? ApplicationFailure.nonRetryable('away', 'RecordAway') : undefined))
    await referral.told(sentBefore(days(12), 3))
    await letPass(seconds(100))
    await referral.told({ ...sentBefore(days(12), 3), state: 'withdrawn' })
    await letPass(seconds(1))
    return referral.workflowId
  },
  async 'referral-long'() {
    const referral = world.newReferral()
    for (let n = 0; n < 60; n++) await referral.told(sentBefore(minutes(5), 40))
    await letPass(seconds(2))
    return referral.workflowId
  },
  async 'hour-kept'() {
    const child = await reported(minutes(30) - seconds(4))
    await letPass(seconds(7))
    const at = Date.now()
    await child.saved('urgent-measures-evidenced', { hour: 0, measuresAgreedAt: at })
    await child.tellHour(0, 'urgent-measures-evidenced')
    await child.saved('urgent-measures-evidenced', { hour: 0, lawEnforcementInformedAt: at, juvenileInspectionInformedAt: at })
    await child.tellHour(0, 'urgent-measures-evidenced')
    return urgentWorkflowId(child.id, 0)
  },
  async 'hour-typed-late-and-ignored'() {
    const child = await reported(minutes(200))
    await letPass(seconds(4))
    return urgentWorkflowId(child.id, 0)
  },
  async 'hour-in-trouble'() {
    const child = await reported(minutes(30) - seconds(4))
    await letPass(seconds(2))
    let left = 2
    world.record.failures.set(child.id, () => (left-- > 0 ? ApplicationFailure.nonRetryable('away', 'RecordAway') : undefined))
    await letPass(seconds(100))
    return urgentWorkflowId(child.id, 0)
  },
  async 'case-to-the-plan'() {
    const child = world.newCase()
    const receivedAt = Date.now() - days(5)
    await child.saved('help-request-registered', { ...high(receivedAt), criteria: ['M1'], level: 'medium' }, receivedAt)
    await child.tell('help-request-registered')
    await letPass(seconds(2))
    await child.act('primary-assessment-done', { outcome: 'confirmed', level: 'medium' })
    await letPass(seconds(2))
    await child.act('assessment-finished', { confirmed: 'yes', level: 'medium' })
    await letPass(seconds(2))
    await child.act('plan-signed', { planVersion: 1, measures: [] })
    await child.act('placement-recorded', { placement: 'with-parents' })
    await letPass(seconds(2))
    return caseWorkflowId(child.id)
  },
  async 'case-contacts-late-and-lost'() {
    const child = await takenOver(30)
    await letPass(seconds(2))
    await child.act('contact-made', { by: 'home-visit', childSeen: true }, Date.now() - days(20))
    await letPass(seconds(2))
    await child.saved('contact-made', { by: 'home-visit', childSeen: true }, Date.now() - days(1))
    await child.act('contact-attempted', { by: 'home-visit' })
    await letPass(seconds(2))
    return caseWorkflowId(child.id)
  },
  async 'case-entered-in-error'() {
    const child = await takenOver(30)
    await letPass(seconds(2))
    const visit = await child.saved('contact-made', { by: 'home-visit', childSeen: true }, Date.now() - days(1))
    await child.tell('contact-made')
    await letPass(seconds(2))
    // The contact's deadline opens again with its old due, which has passed.
    await child.act('withdrawn', { act: visit })
    await letPass(seconds(2))
    return caseWorkflowId(child.id)
  },
  async 'case-moved-to-edition'() {
    const child = await takenOver(30)
    await letPass(seconds(2))
    await child.moveTo('another')
    await letPass(seconds(2))
    await child.act('contact-made', { by: 'home-visit', childSeen: true }, Date.now() - days(1))
    await letPass(seconds(2))
    return caseWorkflowId(child.id)
  },
  async 'hour-entered-in-error'() {
    const child = await reported(minutes(30) - seconds(4))
    const at = Date.now()
    const evidence = { hour: 0, measuresAgreedAt: at, lawEnforcementInformedAt: at }
    const informed = await child.saved('urgent-measures-evidenced', evidence)
    await child.tellHour(0, 'urgent-measures-evidenced')
    await child.saved('withdrawn', { act: informed })
    await child.tellHour(0, 'withdrawn')
    await letPass(seconds(7))
    await child.saved('urgent-measures-evidenced', { ...evidence, juvenileInspectionInformedAt: at })
    await child.tellHour(0, 'urgent-measures-evidenced')
    return urgentWorkflowId(child.id, 0)
  },
  async 'case-long'() {
    const child = await takenOver(3)
    for (let n = 0; n < 60; n++) await child.act('noted', { what: 'plan-note' })
    await letPass(seconds(2))
    return caseWorkflowId(child.id)
  },
  async 'case-ended'() {
    const child = await takenOver(20)
    await letPass(seconds(2))
    await child.act('merged-into', { otherCase: child.id })
    await letPass(seconds(2))
    return caseWorkflowId(child.id)
  },
}

// `npm run histories -- <story>…`: those only, so that the saved ones stay as they were recorded.
const asked = process.argv.slice(2)
const told = Object.entries(stories).filter(([name]) => asked.length === 0 || asked.includes(name))
if (told.length === 0) throw new Error(`no such story; there are ${Object.keys(stories).join(', ')}`)

await Promise.all(
  told.map(async ([name, tell]) => {
    await save(name, await tell())
    console.log(`test/histories/${name}.json`)
  }),
)
await world.close()
process.exit(0)
